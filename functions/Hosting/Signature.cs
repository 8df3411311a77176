using System.Buffers.Text;

namespace ServerlessBlog.Hosting;

/// <summary>
/// Signs texts with <c>Blog__Secret</c> for one purpose. A signature made for one purpose is invalid for every other.
/// </summary>
/// <remarks>
/// Signatures made with <c>Blog__PreviousSecret</c> are accepted too, so that links sent before a change of the secret
/// stay valid. Safe for any number of threads.
/// </remarks>
internal sealed class Signature(BlogSettings settings, string purpose)
{
    /// <summary>
    /// Appends a dot and the signature to a text. The signature is 24 base64url characters: A-Z, a-z, 0-9, hyphen and
    /// underscore.
    /// </summary>
    public string Sign(string text) => $"{text}.{ComputeMac(text, settings.Secret)}";

    /// <summary>
    /// Returns the text that <see cref="Sign(string)"/> signed; null when the signature is invalid or the whole has 200
    /// or more characters.
    /// </summary>
    public string? Read(string? signed) =>
        signed is { Length: < 200 }
        && signed.LastIndexOf('.') is > 0 and var end
        && IsSigned(signed[..end], signed[(end + 1)..])
            ? signed[..end]
            : null;

    /// <summary>Signs a text with an expiry, to the second.</summary>
    public string Sign(string text, DateTimeOffset until) =>
        Sign(string.Create(CultureInfo.InvariantCulture, $"{text}.{until.ToUnixTimeSeconds()}"));

    /// <summary>
    /// Reads what <see cref="Sign(string, DateTimeOffset)"/> returned. Returns false for an invalid signature and after
    /// the expiry; never throws.
    /// </summary>
    /// <param name="signed">The signed text, from outside.</param>
    /// <param name="now">The current time.</param>
    /// <param name="parts">The parts of the text, split at its dots; also set when expired.</param>
    /// <param name="until">The expiry; also set when it is over.</param>
    public bool TryRead(
        string? signed,
        DateTimeOffset now,
        [NotNullWhen(true)] out string[]? parts,
        out DateTimeOffset until
    )
    {
        (parts, until) = (null, default);
        if (Read(signed)?.Split('.') is not [.. var text, var expires])
        {
            return false;
        }

        (parts, until) = (text, DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture)));
        return until.ToUnixTimeSeconds() > now.ToUnixTimeSeconds();
    }

    private bool IsSigned(string text, string mac)
    {
        // Always compares with both secrets, so that the time taken does not reveal which one signed.
        var isCurrent = IsSignedWith(settings.Secret, text, mac);
        var isPrevious = IsSignedWith(
            settings.PreviousSecret.IsEmpty ? settings.Secret : settings.PreviousSecret,
            text,
            mac
        );
        return isCurrent | isPrevious;
    }

    private bool IsSignedWith(ReadOnlyMemory<byte> secret, string text, string mac) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(ComputeMac(text, secret)),
            Encoding.UTF8.GetBytes(mac)
        );

    private string ComputeMac(string text, ReadOnlyMemory<byte> secret) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes($"{purpose}.{text}")).AsSpan(0, 18)
        );
}
