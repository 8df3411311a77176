namespace ServerlessBlog.Feeds;

/// <summary>The newest posts with full texts, independent of the feed format. All addresses are absolute.</summary>
/// <param name="Title">Title of the blog.</param>
/// <param name="Link">Address of the home page.</param>
/// <param name="Items">The posts, newest first.</param>
public sealed record Feed(string Title, string Link, IReadOnlyList<FeedItem> Items);

/// <summary>A post in a feed.</summary>
public sealed record FeedItem
{
    /// <summary>
    /// Id of the post. It does not change with the post's address, so that feed readers do not show the post twice.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>Absolute address of the post's page.</summary>
    public required string Link { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the author.</summary>
    public required string Author { get; init; }

    /// <summary>Date of the post.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>Time when the post's file last changed.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Tags in the order of the front matter.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Summary, plain text; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>Full text as HTML, with absolute addresses.</summary>
    public required string Html { get; init; }
}
