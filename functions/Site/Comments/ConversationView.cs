namespace ServerlessBlog.Site.Comments;

/// <summary>A page of the comments that everybody sees.</summary>
public sealed record ConversationView
{
    /// <summary>Those of this page, in the order they were shown.</summary>
    public required IReadOnlyList<CommentView> Threads { get; init; }

    /// <summary>How many comments there are on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Which page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>How many pages there are, at least 1.</summary>
    public required int Pages { get; init; }

    /// <summary>Which threads are on this page; null when it has all of them.</summary>
    public required ThreadRange? Span { get; init; }

    /// <summary>The page before this one; null on the first.</summary>
    public required string? EarlierAddress { get; init; }

    /// <summary>The page after this one; null on the last.</summary>
    public required string? LaterAddress { get; init; }

    /// <summary>Whether comments can be answered.</summary>
    public required bool HasReplies { get; init; }

    /// <summary>True when the rules hold the first comment of a writer until a moderator approves it.</summary>
    public required bool HoldsFirstComments { get; init; }
}
