using ServerlessBlog.Posts;

namespace ServerlessBlog.Feeds;

/// <summary>The newest posts of a list, independent of the feed format. Links are absolute.</summary>
public sealed record Feed
{
    /// <summary>Title: that of the blog, after that of the list.</summary>
    public required string Title { get; init; }

    /// <summary>Description of the blog, plain text; its title when there is none.</summary>
    public required string Description { get; init; }

    /// <summary>Address of the page that has the same posts.</summary>
    public required string Link { get; init; }

    /// <summary>Address of the feed itself.</summary>
    public required string Self { get; init; }

    /// <summary>Language of the blog, a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>Name of the blog's first author.</summary>
    public required string Author { get; init; }

    /// <summary>Address of the icon for home screens.</summary>
    public required string Icon { get; init; }

    /// <summary>Path of the stylesheet with which browsers show the feed.</summary>
    public required string StyleAddress { get; init; }

    /// <summary>The posts, newest first.</summary>
    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>Time of the latest change of a post; the start of 1970 for a feed without posts.</summary>
    public DateTimeOffset Updated => Items.Select(item => item.Updated).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();
}

/// <summary>A post in a feed.</summary>
public sealed record FeedItem
{
    /// <summary>
    /// Id of the post. It does not change with the post's address, so that feed readers do not show the post twice.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>
    /// The id as an IRI that no other blog has: that of the front matter if it is one, else a URN. Null in a format
    /// that has no use for it.
    /// </summary>
    public required string? Iri { get; init; }

    /// <summary>Absolute address of the post's page.</summary>
    public required string Link { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the author.</summary>
    public required string Author { get; init; }

    /// <summary>Language of the post, a BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>Date of the post.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>Time of the last change, see <see cref="Post.Updated"/>; not before <see cref="Published"/>.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Tags in the order of the front matter.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Summary, plain text; null when there is none.</summary>
    public required string? Summary { get; init; }

    /// <summary>Absolute address of the lead picture; null for none.</summary>
    public required string? Picture { get; init; }

    /// <summary>
    /// Lead picture and full text as HTML without scripts, with absolute addresses; null in a feed of excerpts.
    /// </summary>
    public required string? Html { get; init; }
}
