namespace ServerlessBlog.Posts;

/// <summary>What lists show of a public post.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="Source">The file it came from.</param>
/// <param name="Path">Where it stands.</param>
/// <param name="Title">Its title.</param>
/// <param name="Date">When it was published.</param>
/// <param name="Updated">When its file last became another one.</param>
/// <param name="Author">Null: the blog's first author.</param>
/// <param name="Summary">The author's summary, or the excerpt; null when there is neither.</param>
/// <param name="Tags">In the author's order.</param>
/// <param name="Minutes">How long it takes to read.</param>
/// <param name="Language">A BCP 47 tag; null: the blog's.</param>
/// <param name="Picture">Of a featured post; null for none, and for all others.</param>
/// <param name="Featured">Whether it stands out.</param>
/// <param name="InMenu">Of a page: whether it is in the menu.</param>
public sealed record ListedPost(
    PostId Id,
    string Source,
    SitePath Path,
    string Title,
    DateTimeOffset Date,
    DateTimeOffset Updated,
    string? Author,
    string? Summary,
    IReadOnlyList<string> Tags,
    int Minutes,
    string? Language,
    PostPicture? Picture,
    bool Featured,
    bool InMenu
)
{
    /// <summary>What lists show of this post.</summary>
    public static ListedPost From(Post post) =>
        new(
            post.Id,
            post.Source,
            post.Path,
            post.Head.Title,
            post.Date,
            post.Updated,
            post.Head.Author,
            post.Head.Summary ?? post.Digest.Excerpt,
            post.Head.Tags,
            post.Digest.Minutes,
            post.Head.Language,
            post.Head.Featured ? post.Head.Picture : null,
            post.Head.Featured,
            post.Head.InMenu
        );
}
