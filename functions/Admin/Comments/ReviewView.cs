using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>The view model of the page that a signed link from a mail opens: one comment and one button.</summary>
public sealed record ReviewView
{
    /// <summary>The site layout.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>The action that the link allows, verb first: "Approve", "Mark as spam".</summary>
    public required string Act { get; init; }

    /// <summary>Whether the comment is in the state that the action leads to.</summary>
    public required bool IsDone { get; init; }

    /// <summary>Whether the action is still possible; if not, the page shows the state only.</summary>
    public required bool CanAct { get; init; }

    /// <summary>The state in words; completes "This comment is ...", for example "waiting for moderation".</summary>
    public required string StateInWords { get; init; }

    /// <summary>The title of the post.</summary>
    public required string PostTitle { get; init; }

    /// <summary>The address of the post.</summary>
    public required string PostPath { get; init; }

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

    /// <summary>The action with its object: "Approve this comment", "Mark this comment as spam".</summary>
    public string ActInWords =>
        Act.Split(' ', 2) is [var verb, var rest] ? $"{verb} this comment {rest}" : $"{Act} this comment";
}
