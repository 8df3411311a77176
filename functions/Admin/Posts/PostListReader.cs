using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Reads a page of the list of posts. Its cost depends on what it shows, not on the number of posts.</summary>
public sealed class PostListReader(
    PostStatusLists lists,
    StatusListFill fill,
    PostTable posts,
    ReportFiles reports,
    CommentTable comments
)
{
    /// <summary>The number of posts on a page: 20.</summary>
    public const int PageSize = 20;

    /// <summary>Counting stops here, which is one storage call: "999+" is enough.</summary>
    public const int MaxCount = 1000;

    /// <summary>Reads a page with the numbers of all tabs.</summary>
    public async Task<PostListResult> ReadAsync(PostQuery query, CancellationToken cancellationToken)
    {
        var isComplete = await fill.RunAtOpeningAsync(cancellationToken);
        var countTasks = PostTab
            .Tabs.Where(tab => tab.List is not null)
            .Select(async tab => (tab, Count: await lists.CountAsync(tab.List!.Value, MaxCount, cancellationToken)))
            .ToList();
        var page = query.Tab.List is { } list ? ReadPageAsync(list, query, cancellationToken) : null;
        var refused = await reports.ListRefusedPostsAsync(cancellationToken);
        var counts = (await Task.WhenAll(countTasks)).ToDictionary(count => count.tab, count => count.Count);
        counts[PostTab.Refused] = refused.Count;
        var (shown, next) = page is null ? ([], null) : await page;
        return new PostListResult(counts, shown, next, refused, isComplete);
    }

    private async Task<(IReadOnlyList<PostWithComments> Posts, string? Next)> ReadPageAsync(
        StatusList list,
        PostQuery query,
        CancellationToken cancellationToken
    )
    {
        var page = await (
            query.Search.Length > 0
                ? lists.SearchAsync(list, query.After, query.Search, PageSize, cancellationToken)
                : lists.ReadAsync(list, query.After, PageSize, cancellationToken)
        );
        var shown = await Task.WhenAll(page.Entries.Select(entry => ReadPostAsync(entry, cancellationToken)));
        return ([.. shown.OfType<PostWithComments>()], page.Next);
    }

    /// <summary>
    /// Reads what an entry names. Null when the post is elsewhere now: then the entry, which a program without these
    /// lists has left behind, is removed.
    /// </summary>
    private async Task<PostWithComments?> ReadPostAsync(StatusListEntry entry, CancellationToken cancellationToken)
    {
        var counts = comments.ReadCountsAsync(entry.Post, cancellationToken);
        var post = (await posts.FindAsync(entry.Post, cancellationToken))?.Value;
        if (entry.IsOf(post))
        {
            return new PostWithComments(post!, (await counts).Shown);
        }

        await counts;
        await lists.RemoveAsync(entry, cancellationToken);
        return null;
    }
}

/// <summary>A page of the list of posts.</summary>
/// <param name="Counts">The number of posts of each tab, up to <see cref="PostListReader.MaxCount"/>.</param>
/// <param name="Posts">The posts of the page, newest first; none on the tab of refused files.</param>
/// <param name="Next">The place to go on after; null on the last page.</param>
/// <param name="Refused">All files whose last upload was refused, newest first.</param>
/// <param name="IsComplete">False when posts of an earlier version of the program are still to be added.</param>
public sealed record PostListResult(
    IReadOnlyDictionary<PostTab, int> Counts,
    IReadOnlyList<PostWithComments> Posts,
    string? Next,
    IReadOnlyList<RefusedUpload> Refused,
    bool IsComplete
);

/// <summary>A post with the number of its approved comments.</summary>
/// <param name="Post">The post.</param>
/// <param name="Comments">The number of comments that readers see, or would see.</param>
public sealed record PostWithComments(Post Post, int Comments);
