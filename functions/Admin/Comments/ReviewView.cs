using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// The view model of the page that a signed link from a mail opens: one comment and the actions on it.
/// </summary>
public sealed record ReviewView
{
    /// <summary>The site layout, with the texts of the blog.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>True when the comment is decided: the page shows the outcome, and Undo.</summary>
    public required bool IsDecided { get; init; }

    /// <summary>The outcome as a sentence, for example "Approved. It is on the page."</summary>
    public required string Outcome { get; init; }

    /// <summary>Why an action was refused; null for none.</summary>
    public required string? Problem { get; init; }

    /// <summary>The address of the comment on the page of its post; null when readers do not see it.</summary>
    public required string? ShownAt { get; init; }

    /// <summary>Whether the decision can be undone.</summary>
    public required bool CanUndo { get; init; }

    /// <summary>The actions on the comment.</summary>
    public required IReadOnlyList<ActionButtonView> Actions { get; init; }

    /// <summary>How many comments wait, in words; text of the link to them.</summary>
    public required string Waiting { get; init; }

    /// <summary>The state in words, for example "waiting for the moderator".</summary>
    public required string State { get; init; }

    /// <summary>The post.</summary>
    public required LinkView Post { get; init; }

    /// <summary>The writer's name.</summary>
    public required string Author { get; init; }

    /// <summary>The writer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The writer's website; null when none was given.</summary>
    public required string? Website { get; init; }

    /// <summary>When the comment was submitted, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The Markdown text as typed, shown as plain text with its white space.</summary>
    public required string Text { get; init; }

    /// <summary>The reasons for the state, one sentence each; may be empty.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>
    /// The version of the comment that is shown and that the action applies to, see
    /// <see cref="ServerlessBlog.Comments.Comment.Version"/>.
    /// </summary>
    public required int Version { get; init; }

    /// <summary>The address that the form posts to.</summary>
    public required string ActionAddress { get; init; }
}
