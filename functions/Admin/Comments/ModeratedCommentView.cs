using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>A comment as a moderator sees it.</summary>
public sealed record ModeratedCommentView
{
    /// <summary>What the form says when it is chosen; null when nothing can be done with it.</summary>
    public required string? Item { get; init; }

    /// <summary>The name its writer gave.</summary>
    public required string Author { get; init; }

    /// <summary>The address its writer gave.</summary>
    public required string Email { get; init; }

    /// <summary>The website its writer gave; null for none.</summary>
    public required string? Website { get; init; }

    /// <summary>The post it was written to.</summary>
    public required LinkView Post { get; init; }

    /// <summary>What lists those on this post alone; null where no list is.</summary>
    public required string? PostId { get; init; }

    /// <summary>When it was written, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>What was typed, shown as text.</summary>
    public required string Text { get; init; }

    /// <summary>What its writer has made of it since, which waits to be judged; null for nothing.</summary>
    public required string? NewText { get; init; }

    /// <summary>Why it is in its state, one sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>What can be done with it.</summary>
    public required IReadOnlyList<ActionButtonView> Acts { get; init; }

    /// <summary>Where its history is; null where it stands below.</summary>
    public required string? StoryAddress { get; init; }
}
