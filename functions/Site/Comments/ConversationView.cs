namespace ServerlessBlog.Site.Comments;

/// <summary>View of a page of the public comments of a post.</summary>
public sealed record ConversationView
{
    /// <summary>Threads of this page, in the order of their approval.</summary>
    public required IReadOnlyList<CommentView> Threads { get; init; }

    /// <summary>Number of public comments on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>Page number, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Number of pages, at least 1.</summary>
    public required int Pages { get; init; }

    /// <summary>Range of threads on this page; null when there is one page.</summary>
    public required ThreadRange? Range { get; init; }

    /// <summary>Address of the page with earlier comments; null on page 1.</summary>
    public required string? EarlierAddress { get; init; }

    /// <summary>Address of the page with later comments; null on the last.</summary>
    public required string? LaterAddress { get; init; }

    /// <summary>True when readers can reply to comments: the maximum depth is more than 1.</summary>
    public required bool HasReplies { get; init; }

    /// <summary>True when the rules hold the first comment of a writer until a moderator approves it.</summary>
    public required bool HoldsFirstComments { get; init; }
}

/// <summary>Range of the threads on a page of comments.</summary>
/// <param name="First">Number of the first thread, from 1.</param>
/// <param name="Last">Number of the last thread.</param>
/// <param name="All">Number of threads on all pages.</param>
public sealed record ThreadRange(int First, int Last, int All);
