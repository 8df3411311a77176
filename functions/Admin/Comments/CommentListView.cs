using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>A page of the comments in one state, and what can be done with them.</summary>
public sealed record CommentListView
{
    /// <summary>What every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Who is signed in.</summary>
    public required string Name { get; init; }

    /// <summary>All states, with where their lists are.</summary>
    public required IReadOnlyList<StateTabView> States { get; init; }

    /// <summary>The one that is shown.</summary>
    public required StateTabView State { get; init; }

    /// <summary>What is searched; empty for nothing.</summary>
    public required string Search { get; init; }

    /// <summary>The one post whose comments are shown; null for all.</summary>
    public required CommentedPostView? Post { get; init; }

    /// <summary>The comments.</summary>
    public required IReadOnlyList<ModeratedCommentView> Comments { get; init; }

    /// <summary>What can be done with those that are chosen.</summary>
    public required IReadOnlyList<ActionButtonView> Acts { get; init; }

    /// <summary>This page's own, which its form posts to.</summary>
    public required string Address { get; init; }

    /// <summary>Where the list goes on; null when it does not.</summary>
    public required string? NextAddress { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public required BulkResultView? Done { get; init; }
}
