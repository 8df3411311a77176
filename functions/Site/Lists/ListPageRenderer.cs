using ServerlessBlog.Feeds;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// Renders lists of posts, newest first: the home page, all posts, and those of a tag, an author and a month. Each
/// method returns null for a list without posts, except the home page, and beyond the last page. Pages are numbered
/// from 1.
/// </summary>
public sealed class ListPageRenderer(
    PostLists lists,
    SiteLayoutProvider layouts,
    PostSummaryBuilder summaries,
    WholePosts wholePosts,
    BlogSettings settings
)
{
    /// <summary>Highest page number that is served.</summary>
    public const int MaxPages = 10_000;

    /// <summary>Path of the list of all posts.</summary>
    public const string AllPosts = "/posts";

    /// <summary>Number of pinned posts on the home page.</summary>
    private const int MaxPinned = 5;

    /// <summary>A list of posts.</summary>
    /// <param name="Path">Path of page 1; empty for the home page.</param>
    /// <param name="Title">Formats the heading; null on the home page.</param>
    /// <param name="Read">Reads posts: how many to skip, and the maximum number.</param>
    private sealed record PostList(
        string Path,
        Func<SiteTexts, string>? Title,
        Func<int, int, Task<IReadOnlyList<ListedPost>>> Read
    )
    {
        /// <summary>Whether the list has a feed of its own.</summary>
        public bool HasFeed { get; init; }
    }

    /// <summary>Path of a page of a list.</summary>
    /// <param name="list">Path of the list; empty for the home page.</param>
    /// <param name="number">Page number, from 1.</param>
    public static string LinkTo(string list, int number) =>
        number == 1
            ? (list.Length == 0 ? "/" : list)
            : string.Create(CultureInfo.InvariantCulture, $"{list}/page/{number}");

    /// <summary>
    /// A page of the newest posts. Page 1 begins with the pinned posts; it exists even without posts.
    /// </summary>
    public async Task<RenderedPage?> HomeAsync(int number, CancellationToken cancellationToken)
    {
        var pinned = await lists.ReadPinnedAsync(MaxPinned, cancellationToken);
        var list = new PostList("", null, NewestAsync);
        return await RenderAsync(list, number, number == 1 ? pinned : [], cancellationToken);

        async Task<IReadOnlyList<ListedPost>> NewestAsync(int skip, int take) =>
            pinned.Count == 0
                ? await lists.ReadNewestAsync(skip, take, cancellationToken)
                :
                [
                    .. (await lists.ReadNewestAsync(0, skip + take + pinned.Count, cancellationToken))
                        .ExceptBy(pinned.Select(post => post.Id), post => post.Id)
                        .Skip(skip)
                        .Take(take),
                ];
    }

    /// <summary>A page of all posts, whether pinned or not.</summary>
    public Task<RenderedPage?> AllAsync(int number, CancellationToken cancellationToken) =>
        RenderAsync(
            new PostList(
                AllPosts,
                texts => texts["layout.posts"],
                (skip, take) => lists.ReadNewestAsync(skip, take, cancellationToken)
            ),
            number,
            [],
            cancellationToken
        );

    /// <summary>A page of the posts with a tag. The heading spells the tag as the newest post does.</summary>
    public async Task<RenderedPage?> TagAsync(Tag tag, int number, CancellationToken cancellationToken)
    {
        var newest = await lists.ReadByTagAsync(tag, 0, 1, cancellationToken);
        var spelling = newest.SelectMany(post => post.Tags).FirstOrDefault(name => Tag.Parse(name) == tag);
        var list = new PostList(
            tag.Link,
            texts => texts.Format("list.tag", ("tag", spelling!)),
            (skip, take) => lists.ReadByTagAsync(tag, skip, take, cancellationToken)
        )
        {
            HasFeed = true,
        };
        return spelling is null ? null : await RenderAsync(list, number, [], cancellationToken);
    }

    /// <summary>
    /// A page of the posts of an author. The heading spells the name as the newest post does. Null when the blog has
    /// one author.
    /// </summary>
    public async Task<RenderedPage?> AuthorAsync(Author author, int number, CancellationToken cancellationToken)
    {
        var newest = await ReadAsync(0, 1);
        var list = new PostList(
            author.Link,
            texts => texts.Format("list.author", ("author", newest[0].Author ?? settings.DefaultAuthor)),
            ReadAsync
        )
        {
            HasFeed = true,
        };
        return newest.Count > 0 && (await layouts.CurrentAsync(cancellationToken)).Layout.HasAuthorPages
            ? await RenderAsync(list, number, [], cancellationToken)
            : null;

        Task<IReadOnlyList<ListedPost>> ReadAsync(int skip, int take) =>
            lists.ReadByAuthorAsync(author, settings.DefaultAuthor, skip, take, cancellationToken);
    }

    /// <summary>A page of the posts of a month.</summary>
    public Task<RenderedPage?> MonthAsync(ArchivePeriod month, int number, CancellationToken cancellationToken)
    {
        var (from, before) = month.ToRange(settings.TimeZone);
        return RenderAsync(
            new PostList(
                month.Link,
                texts => texts.Format("list.time", ("time", month.Format(texts))),
                (skip, take) => lists.ReadPeriodAsync(from, before, skip, take, cancellationToken)
            ),
            number,
            [],
            cancellationToken
        );
    }

    private async Task<RenderedPage?> RenderAsync(
        PostList list,
        int number,
        IReadOnlyList<ListedPost> pinned,
        CancellationToken cancellationToken
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var size = site.Profile.PostsPerPage;
        var posts = await list.Read((number - 1) * size, size + 1);
        if (posts.Count == 0 && (number > 1 || list.Title is not null))
        {
            return null;
        }

        var view = new ListView(
            site,
            list.Title?.Invoke(site.Texts),
            LinkTo(list.Path, number),
            [
                .. await SummarizeAsync(list, pinned, site.Texts["list.pinned"], site, cancellationToken),
                .. await SummarizeAsync(list, [.. posts.Take(size)], null, site, cancellationToken),
            ],
            number > 1 ? LinkTo(list.Path, number - 1) : null,
            posts.Count > size ? LinkTo(list.Path, number + 1) : null,
            number
        )
        {
            FeedPath = list.HasFeed ? $"{list.Path}/{FeedFormat.Atom.File}" : null,
        };
        return await PageRenderer.RenderAsync(ListPage.Create(view), site, cancellationToken);
    }

    /// <summary>The views of posts, on the home page with their texts where the blog shows whole posts.</summary>
    private async Task<IReadOnlyList<PostSummary>> SummarizeAsync(
        PostList list,
        IReadOnlyList<ListedPost> posts,
        string? label,
        SiteLayout site,
        CancellationToken cancellationToken
    )
    {
        var views = await summaries.BuildAsync(posts, label, site, cancellationToken);
        return site.Profile.WholePosts && list.Title is null
            ? await wholePosts.ShowAsync(posts, views, cancellationToken)
            : views;
    }
}
