using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>What a moderator sees who follows a link from a mail: a comment and one button.</summary>
public sealed record ReviewView
{
    /// <summary>What every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>What the link allows, verb first: "Approve", "Mark as spam".</summary>
    public required string Act { get; init; }

    /// <summary>False when there is nothing left to do; only the state is shown then.</summary>
    public required bool CanAct { get; init; }

    /// <summary>Completes "This comment is ...", for example "waiting for moderation".</summary>
    public required string StateInWords { get; init; }

    /// <summary>The title of the post it was written to.</summary>
    public required string PostTitle { get; init; }

    /// <summary>The address of that post.</summary>
    public required string PostPath { get; init; }

    /// <summary>The name its writer gave.</summary>
    public required string Author { get; init; }

    /// <summary>The e-mail address its writer gave.</summary>
    public required string Email { get; init; }

    /// <summary>The website its writer gave; null for none.</summary>
    public required string? Website { get; init; }

    /// <summary>When it was written, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>What was typed, shown as text with its white space.</summary>
    public required string Text { get; init; }

    /// <summary>Why it is in its state, one sentence each; may be empty.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>The comment's version, see <see cref="ServerlessBlog.Comments.Comment.Version"/>: the act is for that.</summary>
    public required int Version { get; init; }

    /// <summary>Where the button posts to.</summary>
    public required string ActionAddress { get; init; }

    /// <summary>The act with its object: "Approve this comment", "Mark this comment as spam".</summary>
    public string ActInWords =>
        Act.Split(' ', 2) is [var verb, var rest] ? $"{verb} this comment {rest}" : $"{Act} this comment";
}
