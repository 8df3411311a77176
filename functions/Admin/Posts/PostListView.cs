using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>View of a page of the list of posts.</summary>
public sealed record PostListView
{
    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Word of the tab that is shown, see <see cref="PostTab.Word"/>.</summary>
    public required string State { get; init; }

    /// <summary>Tabs with the number of their posts; without those that are empty, except all posts.</summary>
    public required IReadOnlyList<LinkView> Tabs { get; init; }

    /// <summary>Address of the tab that is shown.</summary>
    public required string TabAddress { get; init; }

    /// <summary>Words that are searched for; empty for none.</summary>
    public required string Search { get; init; }

    /// <summary>Posts or files of the page.</summary>
    public required IReadOnlyList<PostRowView> Posts { get; init; }

    /// <summary>Address of the next page; null on the last.</summary>
    public required string? NextAddress { get; init; }

    /// <summary>False when posts of an earlier version of the program are still to be added.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>False when somebody searches and there is no index for it yet.</summary>
    public required bool IsSearchable { get; init; }
}

/// <summary>View of a row of the list of posts.</summary>
public sealed record PostRowView
{
    /// <summary>Title, or the name of a file that was never accepted, with the address of its page.</summary>
    public required LinkView Title { get; init; }

    /// <summary>State and, if there are any, "Refused" and the number of warnings.</summary>
    public required IReadOnlyList<string> Badges { get; init; }

    /// <summary>Date of publication in the blog's time zone; of a refused file the time of its report.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Tags, or the reason why the file was refused.</summary>
    public required string Details { get; init; }

    /// <summary>Number of comments with the address of their list; null for none.</summary>
    public LinkView? Comments { get; init; }

    /// <summary>Address of the editor; null when the file is deleted.</summary>
    public required string? EditAddress { get; init; }

    /// <summary>Address of the post for readers; null when they do not see it.</summary>
    public string? ViewAddress { get; init; }
}
