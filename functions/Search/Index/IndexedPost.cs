using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Search.Index;

/// <summary>What the index holds of a post.</summary>
/// <param name="Id">The post.</param>
/// <param name="IsPublic">Whether readers find it; authors find all posts.</param>
/// <param name="Year">The year of its date in the blog's time zone.</param>
/// <param name="Date">Its date, by which posts with equal ranks are sorted.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Title">Its title.</param>
/// <param name="Headings">Its headings, one a line.</param>
/// <param name="Text">Its plain text.</param>
/// <param name="FileName">The name of its file, which only authors search.</param>
public sealed record IndexedPost(
    PostId Id,
    bool IsPublic,
    int Year,
    DateTimeOffset Date,
    IReadOnlyList<string> Tags,
    string Title,
    string Headings,
    string Text,
    string FileName
)
{
    /// <summary>Takes from a post what is searched.</summary>
    /// <param name="post">The post.</param>
    /// <param name="copy">The accepted copy of its file.</param>
    /// <param name="zone">The blog's time zone.</param>
    public static IndexedPost From(Post post, byte[] copy, TimeZoneInfo zone)
    {
        var document = PlainPost.Parse(post, copy);
        return new IndexedPost(
            post.Id,
            post.State == PostState.Published,
            TimeZoneInfo.ConvertTime(post.Date, zone).Year,
            post.Date,
            post.Metadata.Tags,
            post.Metadata.Title,
            document.Headings,
            post.Metadata.Summary is { } summary ? $"{document.Text}\n{summary}" : document.Text,
            post.Source
        );
    }
}
