namespace ServerlessBlog.Admin.SignIn;

/// <summary>A credential with which an author signs in. Stored as JSON.</summary>
/// <param name="Id">The id that the authenticator gave it, in base64url.</param>
/// <param name="PublicKey">The public key as SubjectPublicKeyInfo (RFC 5280, 4.1), in base64url.</param>
/// <param name="Counter">
/// The counter of signatures at the last use; stays 0 for authenticators that count none, such as synchronized ones.
/// </param>
/// <param name="UserAgent">What the browser said about itself when the passkey was added, cut.</param>
/// <param name="Added">When it was added.</param>
/// <param name="LastUsed">When it was last used to sign in; null before.</param>
public sealed record Passkey(
    string Id,
    string PublicKey,
    uint Counter,
    string UserAgent,
    DateTimeOffset Added,
    DateTimeOffset? LastUsed
);
