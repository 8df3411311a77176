using ServerlessBlog.Posts;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>View of the page of a post or static page, with its comments.</summary>
public sealed record PostView
{
    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>
    /// Id of the post, for the address that the comment form posts to. It is not part of the page's address.
    /// </summary>
    public required string PostId { get; init; }

    /// <summary>Path of the page, for example <c>/posts/welcome</c>.</summary>
    public required string Path { get; init; }

    /// <summary>True for a static page, which shows no byline and no links to older and newer posts.</summary>
    public required bool IsPage { get; init; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; init; }

    /// <summary>Date, author, reading time and number of comments.</summary>
    public required BylineView Byline { get; init; }

    /// <summary>Language of the post, a BCP 47 tag; null for the language of the blog.</summary>
    public required string? Language { get; init; }

    /// <summary>
    /// Text direction of <see cref="Language"/>, "rtl" or "ltr"; null for the direction of the blog's language.
    /// </summary>
    public required string? Direction { get; init; }

    /// <summary>Date since which the post is out of date, in the blog's time zone; null when it is not.</summary>
    public required DateTimeOffset? Outdated { get; init; }

    /// <summary>Links to the tags, in the order of the front matter; empty for a static page.</summary>
    public required IReadOnlyList<LinkView> Tags { get; init; }

    /// <summary>Lead picture above the text; null for none.</summary>
    public required PostImage? Image { get; init; }

    /// <summary>Table of contents; empty for none.</summary>
    public required IReadOnlyList<TableOfContentsEntry> Contents { get; init; }

    /// <summary>HTML of the text, written without encoding.</summary>
    public required string BodyHtml { get; init; }

    /// <summary>Series of the post; null for none.</summary>
    public required SeriesView? Series { get; init; }

    /// <summary>Links to the post in other languages; empty for none.</summary>
    public required IReadOnlyList<TranslationView> Translations { get; init; }

    /// <summary>Link to the next older post; null for none.</summary>
    public required LinkView? Older { get; init; }

    /// <summary>Link to the next newer post; null for none.</summary>
    public required LinkView? Newer { get; init; }

    /// <summary>Links to related posts; may be empty.</summary>
    public required IReadOnlyList<LinkView> Related { get; init; }

    /// <summary>Public comments; null for a static page that takes no comments and has none.</summary>
    public required ConversationView? Conversation { get; init; }

    /// <summary>Comment form; null when comments are closed.</summary>
    public required CommentFormView? Form { get; init; }

    /// <summary>The visitor's own comment; null on the public page.</summary>
    public required ReceiptView? Receipt { get; init; }

    /// <summary>Links to the pages above this one, the home page first, and last this one.</summary>
    public IReadOnlyList<LinkView> Breadcrumb =>
        [
            new LinkView(Site.Texts["post.home"], "/"),
            .. IsPage ? Array.Empty<LinkView>() : [new LinkView(Site.Texts["post.blog"], ListPageRenderer.AllPosts)],
            new LinkView(Title, Path),
        ];

    /// <summary>Values for the page layout.</summary>
    public required LayoutView Layout { get; init; }
}

/// <summary>View of the series that a post is part of.</summary>
/// <param name="Name">Name of the series.</param>
/// <param name="Number">Number of this part, from 1.</param>
/// <param name="Parts">Links to all parts, in their order.</param>
public sealed record SeriesView(string Name, int Number, IReadOnlyList<LinkView> Parts);

/// <summary>Link to a post in another language.</summary>
/// <param name="Name">Name of the language in itself, for example "Deutsch".</param>
/// <param name="Language">Language, a BCP 47 tag.</param>
/// <param name="Address">Path of the post.</param>
public sealed record TranslationView(string Name, string Language, string Address)
{
    /// <summary>Creates the link to a translation.</summary>
    public static TranslationView From(Translation translation) =>
        new(LanguageNames.NameOf(translation.Language), translation.Language, translation.Link);
}

/// <summary>Heading in a table of contents.</summary>
/// <param name="Text">Text of the heading, plain text.</param>
/// <param name="Address">Link to the heading, for example <c>#setup</c>.</param>
/// <param name="Children">Headings nested below it.</param>
public sealed record TableOfContentsEntry(string Text, string Address, IReadOnlyList<TableOfContentsEntry> Children);

/// <summary>View of the byline of a post: date, author, reading time and number of comments.</summary>
/// <param name="Text">Interface texts of the blog.</param>
public sealed record BylineView(SiteTexts Text)
{
    /// <summary>Date of the post, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Name of the author, with the address of their posts; an empty address for no link.</summary>
    public required LinkView Author { get; init; }

    /// <summary>
    /// Absolute address of the home page, which stands for an author without a page of their posts; null to leave it
    /// out.
    /// </summary>
    public string? Home { get; init; }

    /// <summary>Reading time in minutes.</summary>
    public required int Minutes { get; init; }

    /// <summary>
    /// Date of the last change that the author names, in the blog's time zone; null to show none.
    /// </summary>
    public DateTimeOffset? Updated { get; init; }

    /// <summary>Link to the comments, with their number; null for none.</summary>
    public required LinkView? Comments { get; init; }
}
