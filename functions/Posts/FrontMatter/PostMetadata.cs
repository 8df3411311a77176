namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A post's front matter, parsed and validated. Stored as part of the post.</summary>
public sealed record PostMetadata
{
    /// <summary>The title: 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The last segment of the default path.</summary>
    public required Slug Slug { get; init; }

    /// <summary>
    /// Whether the front matter has the slug; false when it is derived from the file's name, and in rows of versions
    /// that did not store it.
    /// </summary>
    public bool IsSlugGiven { get; init; }

    /// <summary>
    /// The name of the file that this one takes the place of (<c>id</c>): the post keeps its id, and so its comments.
    /// Null when the id comes from the file's own name.
    /// </summary>
    public string? IdFile { get; init; }

    /// <summary>Whether this is a static page, which has the path /{slug} and is in no list of posts.</summary>
    public bool IsPage { get; init; }

    /// <summary>
    /// The position of a static page in the menu, 0 to 1,000,000, lowest first; null to come after the pages with a
    /// weight.
    /// </summary>
    public int? Weight { get; init; }

    /// <summary>Whether a static page is in the menu; always false for posts.</summary>
    public bool InMenu { get; init; }

    /// <summary>
    /// The path that overrides the default path: for posts the pattern of <c>Blog__Permalink</c>, for static pages
    /// /{slug}. Null for the default.
    /// </summary>
    public SitePath? Url { get; init; }

    /// <summary>
    /// The id of the post in feeds (<c>guid</c>), at most 500 characters: that of another blog from which it was moved;
    /// null for one of its own.
    /// </summary>
    public string? FeedId { get; init; }

    /// <summary>Old paths that redirect to the post, at most 30.</summary>
    public IReadOnlyList<SitePath> Aliases { get; init; } = [];

    /// <summary>
    /// The time of publication, from the front matter or the file's name; null to use the time of the upload.
    /// </summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The time of the last change (<c>lastmod</c>); null to use that of the last upload.</summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>The time from which the post is no longer public (<c>expiryDate</c>); null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The time from which readers see a note that the post is outdated; null for never.</summary>
    public DateTimeOffset? Outdated { get; init; }

    /// <summary>The tags, at most 20 of at most 50 characters each.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The first of the categories, for addresses; null for none.</summary>
    public string? Category { get; init; }

    /// <summary>The name of the series that the post is part of, at most 100 characters; null for none.</summary>
    public string? Series { get; init; }

    /// <summary>
    /// What a post and its translations have in common (<c>translationKey</c>), at most 100 characters; null for none.
    /// </summary>
    public string? TranslationKey { get; init; }

    /// <summary>A summary for lists, at most 1,000 characters; null to use the excerpt.</summary>
    public string? Summary { get; init; }

    /// <summary>Whether the post is a draft, which is never public.</summary>
    public bool Draft { get; init; }

    /// <summary>Whether lists emphasise the post and show its picture.</summary>
    public bool Featured { get; init; }

    /// <summary>Whether the post stays at the top of the home page.</summary>
    public bool Pinned { get; init; }

    /// <summary>
    /// Whether the post has a table of contents (<c>toc</c>); null to show one from three headings on.
    /// </summary>
    public bool? Contents { get; init; }

    /// <summary>The language of the text (<c>lang</c>), a BCP 47 tag; null for the blog's language.</summary>
    public string? Language { get; init; }

    /// <summary>The author's name, at most 100 characters; null for the blog's first author.</summary>
    public string? Author { get; init; }

    /// <summary>The picture under the title (<c>image</c>); null for none.</summary>
    public PostPicture? Picture { get; init; }

    /// <summary>
    /// Whether comments are accepted. The front matter's default is true for posts and false for static pages.
    /// </summary>
    public bool Comments { get; init; } = true;
}
