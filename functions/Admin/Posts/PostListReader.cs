using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Admin.Posts;

/// <summary>Reads a page of the list of posts. Its cost depends on what it shows, not on the number of posts.</summary>
public sealed class PostListReader(
    PostStatusLists lists,
    StatusListFill fill,
    PostTable posts,
    SearchIndex index,
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
        var page =
            query.Tab.List is not { } list ? null
            : query.Search.Length > 0 ? SearchAsync(list, query, cancellationToken)
            : ReadPageAsync(list, query.After, cancellationToken);
        var refused = await reports.ListRefusedPostsAsync(cancellationToken);
        var counts = (await Task.WhenAll(countTasks)).ToDictionary(count => count.tab, count => count.Count);
        counts[PostTab.Refused] = refused.Count;
        var (shown, next) = page is null ? ([], null) : await page;
        return new PostListResult(counts, shown ?? [], next, refused, isComplete) { IsSearchable = shown is not null };
    }

    private async Task<(IReadOnlyList<PostWithComments>? Posts, string? Next)> ReadPageAsync(
        StatusList list,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var page = await lists.ReadAsync(list, after, PageSize, cancellationToken);
        var shown = await Task.WhenAll(page.Entries.Select(entry => ReadPostAsync(entry, cancellationToken)));
        return ([.. shown.OfType<PostWithComments>()], page.Next);
    }

    /// <summary>
    /// Reads what a search finds, the best first. The place to go on after is the number of hits that were looked at.
    /// No posts: null when there is no index yet.
    /// </summary>
    private async Task<(IReadOnlyList<PostWithComments>? Posts, string? Next)> SearchAsync(
        StatusList list,
        PostQuery query,
        CancellationToken cancellationToken
    )
    {
        if (!SearchQuery.TryParse(query.Search, out var words))
        {
            return ([], null);
        }

        if (await index.FindAsync(words, isForReaders: false, cancellationToken) is not { } hits)
        {
            return (null, null);
        }

        _ = int.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var position);
        var shown = new List<PostWithComments>();
        foreach (var part in hits.Posts.Skip(position).Chunk(PageSize))
        {
            var read = await Task.WhenAll(part.Select(id => ReadPostAsync(id, list, cancellationToken)));
            foreach (var post in read)
            {
                position++;
                if (post is not null)
                {
                    shown.Add(post);
                }

                if (shown.Count == PageSize)
                {
                    var next = position < hits.Posts.Count ? position.ToString(CultureInfo.InvariantCulture) : null;
                    return (shown, next);
                }
            }
        }

        return (shown, null);
    }

    /// <summary>Reads a post that a search has found; null when it is not in the list.</summary>
    private async Task<PostWithComments?> ReadPostAsync(
        PostId id,
        StatusList list,
        CancellationToken cancellationToken
    ) =>
        (await posts.FindAsync(id, cancellationToken))?.Value is { } post && PostStatusRows.ListsOf(post).Contains(list)
            ? new PostWithComments(post, (await comments.ReadCountsAsync(id, cancellationToken)).Shown)
            : null;

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
)
{
    /// <summary>False when somebody searches and there is no index for it yet.</summary>
    public bool IsSearchable { get; init; } = true;
}

/// <summary>A post with the number of its approved comments.</summary>
/// <param name="Post">The post.</param>
/// <param name="Comments">The number of comments that readers see, or would see.</param>
public sealed record PostWithComments(Post Post, int Comments);
