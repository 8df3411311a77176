using ServerlessBlog.Posts;

namespace ServerlessBlog.Web.Layout;

/// <summary>
/// The view model of <c>PageLayout.cshtml</c>: the parts of the layout that depend on the page inside it.
/// </summary>
/// <param name="Site">The parts that every page shows.</param>
/// <param name="Title">The title of the page; null on the home page, whose title is the blog's.</param>
/// <param name="CanonicalPath">The permanent path of the page; null when it has none.</param>
/// <param name="Description">One or two sentences for search engines and link previews; null to leave them out.</param>
/// <param name="IsPrivate">
/// True for a page that search engines must not index and whose address must not be sent as a referrer to other sites.
/// </param>
/// <param name="IsHome">True when the title of the blog is the heading of the page.</param>
/// <param name="Article">Metadata of a post for link previews; null for any other page.</param>
/// <param name="HasScript">True when the page loads <c>blog.js</c>.</param>
/// <param name="IsAdmin">
/// True in the admin area, whose forms must send their origin: the referrer policy is then same-origin.
/// </param>
/// <param name="Section">
/// In the admin area, the address of the menu item that the page belongs to; null for none.
/// </param>
/// <param name="FeedPath">The path of the page's own feed, as Atom; null when it has none.</param>
/// <param name="CommentFeedPath">The path of the feed of the comments on the page; null when it has none.</param>
/// <param name="Microformat">
/// What the main part of the page is (https://microformats.org/wiki/microformats2): h-entry or h-feed; null for neither.
/// </param>
public sealed record LayoutView(
    SiteLayout Site,
    string? Title,
    string? CanonicalPath = null,
    string? Description = null,
    bool IsPrivate = false,
    bool IsHome = false,
    ArticleMeta? Article = null,
    bool HasScript = false,
    bool IsAdmin = false,
    string? Section = null,
    string? FeedPath = null,
    string? CommentFeedPath = null,
    string? Microformat = null
)
{
    /// <summary>The picture for link previews; null for the card of the blog.</summary>
    public PreviewPicture? Picture { get; init; }

    /// <summary>The author, with the path of their posts; an empty address for none. Null for no author.</summary>
    public LinkView? Author { get; init; }

    /// <summary>The language of the content, a BCP 47 tag; null for that of the blog.</summary>
    public string? Language { get; init; }

    /// <summary>The page in all its languages, itself included; empty when there is one.</summary>
    public IReadOnlyList<Translation> Translations { get; init; } = [];

    /// <summary>The translation for readers of any other language; null when there is one language.</summary>
    public Translation? DefaultTranslation =>
        Translations.Count == 0 ? null : Translation.SelectDefault(Translations, Site.Texts.Language);

    /// <summary><see cref="Description"/>, or on public pages what the owner says about the blog.</summary>
    public string? Summary => Description ?? (IsPrivate ? null : Site.Profile.Summary);
}

/// <summary>Metadata of a post for link previews (https://ogp.me/).</summary>
/// <param name="Published">When the post was published.</param>
/// <param name="Modified">When the post last changed.</param>
/// <param name="Tags">The tags of the post; may be empty.</param>
public sealed record ArticleMeta(DateTimeOffset Published, DateTimeOffset Modified, IReadOnlyList<string> Tags);
