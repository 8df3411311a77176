using ServerlessBlog.Hosting;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Signs links to sign in with, and reads them again.</summary>
public sealed class SignInLinkSigner(BlogSettings settings, Moderators moderators, TimeProvider clock)
{
    private readonly Signature _signature = new(settings, "desk-sign-in");

    /// <summary>The link's address.</summary>
    public string AddressOf(SignInLink link) => settings.BaseUrl + PathOf(link);

    /// <summary>The path of the link's address, from the slash after the host.</summary>
    public string PathOf(SignInLink link) =>
        AdminPaths.SignIn(_signature.Sign($"{Moderators.IdOf(link.Author)}.{link.Id}", link.Until));

    /// <summary>A link for an author, made now.</summary>
    public SignInLink For(Person author) => new(author, SignInLink.NewId(), clock.GetUtcNow() + SignInLink.Lifetime);

    /// <summary>Reads a token from outside. Null when it was not made here, was changed, has expired, or its author is none any more; never throws.</summary>
    public SignInLink? Read(string? token) =>
        _signature.TryRead(token, clock.GetUtcNow(), out var parts, out var until)
        && parts is [var author, var id]
        && moderators.WithId(author) is { } who
            ? new SignInLink(who, id, until)
            : null;
}
