using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>A sign-in link. It can be used once.</summary>
/// <param name="Author">Author whom it signs in.</param>
/// <param name="Id">Unique id, 32 hexadecimal digits.</param>
/// <param name="Until">Expiry.</param>
public sealed record SignInLink(Person Author, string Id, DateTimeOffset Until)
{
    /// <summary>Lifetime of a link, from the request for it: 15 minutes.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Creates an id of 128 random bits for a link or a session.</summary>
    public static string NewId() =>
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
