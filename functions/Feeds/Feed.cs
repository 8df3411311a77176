namespace ServerlessBlog.Feeds;

/// <summary>
/// The newest posts of a list, or the newest comments, independent of the feed format. Links are absolute.
/// </summary>
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

    /// <summary>When what the feed is about began; the time of the latest change while it has no items.</summary>
    public DateTimeOffset Since { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>The posts or comments, newest first.</summary>
    public required IReadOnlyList<FeedItem> Items { get; init; }

    /// <summary>Time of the latest change of an item; <see cref="Since"/> for a feed without items.</summary>
    public DateTimeOffset Updated => Items.Select(item => item.Updated).DefaultIfEmpty(Since).Max();
}

/// <summary>A post or a comment in a feed.</summary>
public sealed record FeedItem
{
    /// <summary>
    /// Id of the item. It does not change with the post's address, so that feed readers do not show the post twice.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>
    /// The id as an IRI that no other blog has: that of the front matter if it is one, else a URN. Null in a format
    /// that has no use for it.
    /// </summary>
    public required string? Iri { get; init; }

    /// <summary>Absolute address of the post's page, or of the comment on it.</summary>
    public required string Link { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Name of the author.</summary>
    public required string Author { get; init; }

    /// <summary>Website of the author; null for none.</summary>
    public string? AuthorAddress { get; init; }

    /// <summary>Language of the post, a BCP 47 tag; null for a comment, whose language nobody knows.</summary>
    public string? Language { get; init; }

    /// <summary>Date of the post or comment.</summary>
    public required DateTimeOffset Published { get; init; }

    /// <summary>Time of the last change; not before <see cref="Published"/>.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Tags in the order of the front matter.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Summary, plain text; null when there is none.</summary>
    public string? Summary { get; init; }

    /// <summary>Absolute address of the lead picture; null for none.</summary>
    public string? Picture { get; init; }

    /// <summary>
    /// Lead picture and full text as HTML without scripts, with absolute addresses; null in a feed of excerpts.
    /// </summary>
    public required string? Html { get; init; }

    /// <summary>The comments of a post; null in a format that does not show them, and for a comment.</summary>
    public FeedReplies? Replies { get; init; }

    /// <summary>The post or comment that a comment is about; null for a post.</summary>
    public FeedReference? InReplyTo { get; init; }
}

/// <summary>The comments of a post in a feed.</summary>
/// <param name="Page">Absolute address of the comments on the post's page.</param>
/// <param name="Feed">Absolute address of their feed.</param>
/// <param name="Count">Their number.</param>
public sealed record FeedReplies(string Page, string Feed, int Count);

/// <summary>Another item that an item refers to.</summary>
/// <param name="Iri">Its id, see <see cref="FeedItem.Iri"/>.</param>
/// <param name="Link">Absolute address of its page.</param>
public sealed record FeedReference(string Iri, string Link);
