using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Feeds;

/// <summary>Makes the ids of posts and comments in formats that want an IRI which no other feed has (RFC 4287, 4.2.6).</summary>
internal static class FeedIds
{
    /// <summary>
    /// Returns the <c>guid</c> of the front matter if it is an absolute IRI; else a URN made of it, or of the post's
    /// id, and of the id of the blog. It does not change with the address of the post or of the blog.
    /// </summary>
    public static string IriOf(Post post, Guid blog) =>
        IsIri(post.Metadata.FeedId)
            ? post.Metadata.FeedId
            : $"urn:uuid:{Create(blog, post.Metadata.FeedId ?? $"{post.Id}")}";

    /// <summary>
    /// Returns a URN made of the ids of post and comment, and of the id of the blog. It does not change with the address
    /// of the post or of the blog, nor with the text.
    /// </summary>
    public static string IriOf(CommentKey comment, Guid blog) => $"urn:uuid:{Create(blog, $"{comment}")}";

    private static bool IsIri([NotNullWhen(true)] string? text) =>
        text is not ['/', ..] && Uri.TryCreate(text, UriKind.Absolute, out _);

    /// <summary>A UUID of version 8 (RFC 9562, 5.8): the first bits of a SHA-256 hash.</summary>
    private static Guid Create(Guid blog, string name)
    {
        var bytes = SHA256.HashData([.. blog.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)])[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
