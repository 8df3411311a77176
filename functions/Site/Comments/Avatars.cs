using System.Buffers.Binary;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Site.Comments;

/// <summary>
/// Creates avatars without an external service. The colour is an HMAC of the e-mail address: equal for all comments of
/// a person, and it reveals nothing about the address.
/// </summary>
public sealed class Avatars(BlogSettings settings)
{
    private const int Hues = 360;

    private readonly byte[] _key = HMACSHA256.HashData(settings.Secret.Span, "faces"u8);

    /// <summary>Creates the avatar of a comment's writer.</summary>
    public AvatarView ForWriter(Comment comment)
    {
        // Without an address, which may have been deleted by its age, the name tells writers apart.
        var writer = comment.Email.Length > 0 ? comment.Email : comment.Author;
        var hash = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(writer.ToUpperInvariant()));
        return new AvatarView(
            StringInfo.GetNextTextElement(comment.Author).ToUpperInvariant(),
            BinaryPrimitives.ReadUInt16LittleEndian(hash) % Hues
        );
    }
}

/// <summary>Avatar beside a commenter's name: a letter on a colour.</summary>
/// <param name="Letter">First letter of the name, in upper case.</param>
/// <param name="Hue">Hue of the background, 0 to 359 degrees.</param>
public sealed record AvatarView(string Letter, int Hue);
