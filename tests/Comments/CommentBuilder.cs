using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Comments;

/// <summary>Builds comments with ordinary values for everything that a test does not set. Nothing is stored.</summary>
internal static class CommentBuilder
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    public static PostId Post { get; } = PostId.FromBlobName("a-post.md");

    public static Comment With(
        string text = "Well said.",
        string author = "Grace",
        string email = "grace@example.com",
        string? website = null,
        PostId? post = null,
        DateTimeOffset? created = null
    ) =>
        new()
        {
            Key = new CommentKey(post ?? Post, CommentId.Create(Key, post ?? Post, email, author, text)),
            Author = author,
            Email = email,
            Website = website,
            Text = text,
            Created = created ?? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        };
}
