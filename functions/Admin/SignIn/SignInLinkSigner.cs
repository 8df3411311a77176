namespace ServerlessBlog.Admin.SignIn;

/// <summary>Creates sign-in links, and signs and verifies their tokens.</summary>
public sealed class SignInLinkSigner(BlogSettings settings, Moderators moderators, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "desk-sign-in");

    /// <summary>Absolute address of a link.</summary>
    public string AddressOf(SignInLink link) => settings.BaseUrl + PathOf(link);

    /// <summary>Path of a link, with the leading slash.</summary>
    public string PathOf(SignInLink link) =>
        AdminPaths.SignIn(_signature.Sign($"{Moderators.ComputeId(link.Author)}.{link.Id}", link.Until));

    /// <summary>Creates a link for an author that is valid from now.</summary>
    public SignInLink CreateLink(Person author) =>
        new(author, SignInLink.NewId(), clock.GetUtcNow() + SignInLink.Lifetime);

    /// <summary>
    /// Verifies a token. Null when it is not signed by this blog, has expired, or names no author of this blog; never
    /// throws.
    /// </summary>
    public SignInLink? Read(string? token) =>
        _signature.TryRead(token, clock.GetUtcNow(), out var parts, out var until)
        && parts is [var authorId, var id]
        && moderators.FindById(authorId) is { } author
            ? new SignInLink(author, id, until)
            : null;
}

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
