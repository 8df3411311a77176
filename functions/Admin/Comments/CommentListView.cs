using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>View of a page of comments in one state.</summary>
public sealed record CommentListView
{
    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Name of the signed-in moderator.</summary>
    public required string Name { get; init; }

    /// <summary>Tabs of all states.</summary>
    public required IReadOnlyList<StateTabView> States { get; init; }

    /// <summary>Tab of the state that is shown.</summary>
    public required StateTabView State { get; init; }

    /// <summary>Search text; empty for none.</summary>
    public required string Search { get; init; }

    /// <summary>Post that the list is limited to; null for all posts.</summary>
    public required CommentedPostView? Post { get; init; }

    /// <summary>Comments of the page, in the order of the list.</summary>
    public required IReadOnlyList<ModeratedCommentView> Comments { get; init; }

    /// <summary>Actions on the chosen comments.</summary>
    public required IReadOnlyList<ActionButtonView> Actions { get; init; }

    /// <summary>Number of comments of the page that an action is possible on.</summary>
    public int Choosable => Comments.Count(comment => comment.Item is not null);

    /// <summary>Address of this page with all comments ticked.</summary>
    public required string CheckAllAddress { get; init; }

    /// <summary>Address of this page, which its forms post to.</summary>
    public required string Address { get; init; }

    /// <summary>Address of the next page; null on the last.</summary>
    public required string? NextAddress { get; init; }

    /// <summary>Result of the last action; null for none.</summary>
    public required BulkResultView? Confirmation { get; init; }
}

/// <summary>Tab of a state of comments.</summary>
/// <param name="Name">Name of the state, for example "Held".</param>
/// <param name="Address">Address of the list.</param>
/// <param name="Count">Number of comments as text, for example "12" or "99+".</param>
/// <param name="EmptyText">Sentence shown when the list is empty.</param>
public sealed record StateTabView(string Name, string Address, string Count, string EmptyText);

/// <summary>Post that a list of comments is limited to.</summary>
/// <param name="Id">The post's id, as the query string has it.</param>
/// <param name="Title">The post's title.</param>
public sealed record CommentedPostView(string Id, string Title);

/// <summary>Result of the last bulk action.</summary>
/// <param name="Sentence">Result as a sentence.</param>
/// <param name="Undo">Form value of each changed comment, which Undo sends; empty when it cannot be undone.</param>
public sealed record BulkResultView(string Sentence, IReadOnlyList<string> Undo);
