using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>The view model of the page on which a writer sees and changes their own comment.</summary>
public sealed record OwnCommentView
{
    /// <summary>The site layout.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>What the writer has just done, in a sentence; null for nothing.</summary>
    public required string? Notice { get; init; }

    /// <summary>Whether the page asks whether to erase the comment, and shows nothing else.</summary>
    public required bool IsErasing { get; init; }

    /// <summary>The state in words, such as "waiting for the moderator".</summary>
    public required string State { get; init; }

    /// <summary>Whether a revision waits to be judged.</summary>
    public required bool IsRevised { get; init; }

    /// <summary>The reasons for the state, one sentence each (<see cref="WriterReasons"/>); may be empty.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The title of the post, or a text that says that the post is gone.</summary>
    public required string PostTitle { get; init; }

    /// <summary>
    /// The link to the comment when it is shown, else to the post's comments; "/" when the post is gone.
    /// </summary>
    public required string PostPath { get; init; }

    /// <summary>When the comment was submitted, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>
    /// The rendered text as sanitized HTML; written without encoding. Shown when <see cref="Text"/> is null.
    /// </summary>
    public required string BodyHtml { get; init; }

    /// <summary>The field for revising the text; null when the comment can no longer be revised.</summary>
    public required FieldView? Text { get; init; }

    /// <summary>Whether the writer has withdrawn the comment.</summary>
    public required bool IsWithdrawn { get; init; }

    /// <summary>Whether the comment has been erased; the page shows only its state then.</summary>
    public required bool IsErased { get; init; }

    /// <summary>The address that the forms post to.</summary>
    public required string ActionAddress { get; init; }

    /// <summary>
    /// Why the revision was refused, when <see cref="Text"/> is null and cannot show it; null for no problem.
    /// </summary>
    public string? Problem { get; init; }
}
