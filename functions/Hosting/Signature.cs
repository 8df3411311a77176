using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting;

/// <summary>Signs words with <c>Blog__Secret</c>, for one purpose: what is signed for one is not good for another.</summary>
/// <remarks>What <c>Blog__PreviousSecret</c> signed is accepted too, so that a change of the secret ends nothing that somebody has.</remarks>
internal sealed class Signature(BlogSettings settings, string purpose)
{
    /// <summary>The words, a dot and their signature: what stands in the words, and A-Z, a-z, 0-9, hyphen and underscore.</summary>
    public string Sign(string words) => $"{words}.{MacOf(words, settings.Secret)}";

    /// <summary>The words of what <see cref="Sign(string)"/> made; null for anything else.</summary>
    public string? Read(string? signed) =>
        signed is { Length: < 200 }
        && signed.LastIndexOf('.') is > 0 and var end
        && IsSigned(signed[..end], signed[(end + 1)..])
            ? signed[..end]
            : null;

    /// <summary>Signs words that hold until a time, to the second.</summary>
    public string Sign(string words, DateTimeOffset until) =>
        Sign(string.Create(CultureInfo.InvariantCulture, $"{words}.{until.ToUnixTimeSeconds()}"));

    /// <summary>Reads what <see cref="Sign(string, DateTimeOffset)"/> made. False for anything else, and when its time is over; never throws.</summary>
    /// <param name="signed">From outside.</param>
    /// <param name="now">The time.</param>
    /// <param name="parts">What stood between dots in the words.</param>
    /// <param name="until">Until when they hold.</param>
    public bool TryRead(
        string? signed,
        DateTimeOffset now,
        [NotNullWhen(true)] out string[]? parts,
        out DateTimeOffset until
    )
    {
        (parts, until) = (null, default);
        if (Read(signed)?.Split('.') is not [.. var words, var expires])
        {
            return false;
        }

        (parts, until) = (words, DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture)));
        return until.ToUnixTimeSeconds() > now.ToUnixTimeSeconds();
    }

    private bool IsSigned(string words, string mac)
    {
        // Both are always compared: how long it takes does not say which secret it was.
        var isNow = IsSignedWith(settings.Secret, words, mac);
        var wasBefore = IsSignedWith(
            settings.PreviousSecret.IsEmpty ? settings.Secret : settings.PreviousSecret,
            words,
            mac
        );
        return isNow | wasBefore;
    }

    private bool IsSignedWith(ReadOnlyMemory<byte> secret, string words, string mac) =>
        CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(MacOf(words, secret)),
            Encoding.UTF8.GetBytes(mac)
        );

    private string MacOf(string words, ReadOnlyMemory<byte> secret) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes($"{purpose}.{words}")).AsSpan(0, 18)
        );
}
