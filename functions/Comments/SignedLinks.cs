using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Comments;

/// <summary>Links that carry a right: one act on one comment, until a time, signed with <c>Blog__Secret</c>.</summary>
/// <remarks>What <c>Blog__PreviousSecret</c> signed is accepted too, so that a change of the secret ends no link that somebody has.</remarks>
public sealed class SignedLinks(BlogSettings settings, TimeProvider clock)
{
    /// <summary>How long a link lasts, from when the comment came: 30 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>The token of an act on a comment: A-Z, a-z, 0-9, hyphen, underscore and dot. The same each time it is made.</summary>
    public string Sign(LinkAct act, Comment comment)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"{act}.{comment.Key}.{(comment.Created + Lifetime).ToUnixTimeSeconds()}");
        return $"{words}.{MacOf(words, settings.Secret)}";
    }

    /// <summary>Reads a token from outside. False when it was not made here, was changed, or has expired; never throws.</summary>
    public bool TryRead(string? token, out LinkAct act, out CommentKey comment)
    {
        (act, comment) = (default, default);
        if (token is not { Length: < 200 } || token.LastIndexOf('.') is not (var end and > 0))
        {
            return false;
        }

        var words = token[..end];
        return IsSigned(words, token[(end + 1)..])
            && words.Split('.') is [var actText, var key, var expires]
            && Enum.TryParse(actText, out act)
            && CommentKey.TryParse(key, out comment)
            && long.Parse(expires, CultureInfo.InvariantCulture) > clock.GetUtcNow().ToUnixTimeSeconds();
    }

    private bool IsSigned(string words, string mac)
    {
        // Both are always compared: how long it takes does not say which secret it was.
        var isNow = IsSignedWith(settings.Secret, words, mac);
        var wasBefore = IsSignedWith(settings.PreviousSecret.IsEmpty ? settings.Secret : settings.PreviousSecret, words, mac);
        return isNow | wasBefore;
    }

    private static bool IsSignedWith(ReadOnlyMemory<byte> secret, string words, string mac) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(MacOf(words, secret)), Encoding.UTF8.GetBytes(mac));

    private static string MacOf(string words, ReadOnlyMemory<byte> secret) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(secret.Span, Encoding.UTF8.GetBytes("comment-link." + words)).AsSpan(0, 18));
}
