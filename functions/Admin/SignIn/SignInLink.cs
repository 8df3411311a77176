using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>A link that signs somebody in, once.</summary>
/// <param name="Who">The author it is for.</param>
/// <param name="Id">32 hexadecimal digits that no other link has.</param>
/// <param name="Until">When it ends.</param>
public sealed record SignInLink(Person Author, string Id, DateTimeOffset Until)
{
    /// <summary>How long a link lasts, from when it was asked for: 15 minutes.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>An id for a link, and for anything else that nobody may guess.</summary>
    public static string NewId() =>
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
