namespace ServerlessBlog.Pages;

/// <summary>A post with its conversation.</summary>
/// <param name="Frame">What every page shows.</param>
/// <param name="PostId">The post's id, which forms post to; it is not its address.</param>
/// <param name="Path">The post's address within the blog, for example <c>/posts/welcome</c>.</param>
/// <param name="IsPage">Whether it is a static page, which has no date and no neighbours.</param>
/// <param name="Title">The post's title, as text.</param>
/// <param name="AuthorName">Who wrote it.</param>
/// <param name="Date">When it was published, in the blog's time zone.</param>
/// <param name="Minutes">How long it takes to read.</param>
/// <param name="Language">The language it is written in, a BCP 47 tag; null: the blog's.</param>
/// <param name="Direction">"rtl" for a language written from right to left, "ltr" for any other that is named; null: the blog's.</param>
/// <param name="Outdated">Since when it is out of date; null when it is not.</param>
/// <param name="Tags">In the order to show; may be empty.</param>
/// <param name="Image">The picture above the text; null when there is none.</param>
/// <param name="Contents">Its headings; empty when there is no table of contents.</param>
/// <param name="BodyHtml">The post's text. Trusted: written as it is.</param>
/// <param name="Series">The series it is a part of; null for none.</param>
/// <param name="Older">The post before it in time; null for none.</param>
/// <param name="Newer">The post after it in time; null for none.</param>
/// <param name="Related">Posts that go with it; may be empty.</param>
/// <param name="Conversation">The comments that everybody sees.</param>
/// <param name="Form">The form to leave a comment; null when comments are closed.</param>
/// <param name="Receipt">What this reader has just sent; null for everybody else.</param>
/// <param name="Layout">What the frame is told of it.</param>
public sealed record PostView(
    Frame Frame,
    string PostId,
    string Path,
    bool IsPage,
    string Title,
    string AuthorName,
    DateTimeOffset Date,
    int Minutes,
    string? Language,
    string? Direction,
    DateTimeOffset? Outdated,
    IReadOnlyList<LinkView> Tags,
    PostImage? Image,
    IReadOnlyList<ContentsEntry> Contents,
    string BodyHtml,
    SeriesView? Series,
    LinkView? Older,
    LinkView? Newer,
    IReadOnlyList<LinkView> Related,
    ConversationView? Conversation,
    CommentFormView? Form,
    ReceiptView? Receipt,
    LayoutView Layout);
