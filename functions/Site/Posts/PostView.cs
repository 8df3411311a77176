using ServerlessBlog.Site.Comments;
using ServerlessBlog.Web.Content;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Posts;

/// <summary>A post with its conversation.</summary>
public sealed record PostView
{
    /// <summary>What every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>The post's id, which forms post to; it is not its address.</summary>
    public required string PostId { get; init; }

    /// <summary>The post's address within the blog, for example <c>/posts/welcome</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Whether it is a static page, which has no date and no neighbours.</summary>
    public required bool IsPage { get; init; }

    /// <summary>The post's title, as text.</summary>
    public required string Title { get; init; }

    /// <summary>Who wrote it.</summary>
    public required string AuthorName { get; init; }

    /// <summary>When it was published, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>How long it takes to read.</summary>
    public required int Minutes { get; init; }

    /// <summary>The language it is written in, a BCP 47 tag; null: the blog's.</summary>
    public required string? Language { get; init; }

    /// <summary>
    /// "rtl" for a language written from right to left, "ltr" for any other that is named; null: the blog's.
    /// </summary>
    public required string? Direction { get; init; }

    /// <summary>Since when it is out of date; null when it is not.</summary>
    public required DateTimeOffset? Outdated { get; init; }

    /// <summary>In the order to show; may be empty.</summary>
    public required IReadOnlyList<LinkView> Tags { get; init; }

    /// <summary>The picture above the text; null when there is none.</summary>
    public required PostImage? Image { get; init; }

    /// <summary>Its headings; empty when there is no table of contents.</summary>
    public required IReadOnlyList<TableOfContentsEntry> Contents { get; init; }

    /// <summary>The post's text. Trusted: written as it is.</summary>
    public required string BodyHtml { get; init; }

    /// <summary>The series it is a part of; null for none.</summary>
    public required SeriesView? Series { get; init; }

    /// <summary>The post before it in time; null for none.</summary>
    public required LinkView? Older { get; init; }

    /// <summary>The post after it in time; null for none.</summary>
    public required LinkView? Newer { get; init; }

    /// <summary>Posts that go with it; may be empty.</summary>
    public required IReadOnlyList<LinkView> Related { get; init; }

    /// <summary>The comments that everybody sees.</summary>
    public required ConversationView? Conversation { get; init; }

    /// <summary>The form to leave a comment; null when comments are closed.</summary>
    public required CommentFormView? Form { get; init; }

    /// <summary>What this reader has just sent; null for everybody else.</summary>
    public required ReceiptView? Receipt { get; init; }

    /// <summary>What the frame is told of it.</summary>
    public required LayoutView Layout { get; init; }
}
