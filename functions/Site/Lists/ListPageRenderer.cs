using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Renders lists of posts: the home page and the pages of a tag, a month and a year.</summary>
public sealed class ListPageRenderer(
    PostLists lists,
    SiteLayoutProvider layouts,
    PostSummaryBuilder summaries,
    BlogSettings settings
)
{
    /// <summary>Number of posts per page.</summary>
    public const int PageSize = PostLists.PageSize;

    /// <summary>Highest page number that is served.</summary>
    public const int MaxPages = 10_000;

    /// <summary>Number of pinned posts on the home page.</summary>
    private const int MaxPinned = 5;

    private delegate Task<IReadOnlyList<ListedPost>> ReadPosts(int skip, int take);

    private delegate string FormatTitle(SiteTexts texts);

    /// <summary>Path of a page of a list.</summary>
    /// <param name="list">Path of the list; empty for the home page.</param>
    /// <param name="number">Page number, from 1.</param>
    public static string LinkTo(string list, int number) =>
        number == 1
            ? (list.Length == 0 ? "/" : list)
            : string.Create(CultureInfo.InvariantCulture, $"{list}/page/{number}");

    /// <summary>
    /// A page of all posts, newest first. Page 1 begins with the pinned posts; it exists even without posts. Null
    /// beyond the last page.
    /// </summary>
    /// <param name="number">Page number, from 1.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage?> HomeAsync(int number, CancellationToken cancellationToken)
    {
        var pinned = await lists.ReadPinnedAsync(MaxPinned, cancellationToken);
        return await RenderAsync(null, "", number, number == 1 ? pinned : [], NewestAsync, cancellationToken);

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

    /// <summary>
    /// A page of the posts with a tag, newest first. The heading spells the tag as the newest post does. Null when the
    /// tag has no posts, and beyond the last page.
    /// </summary>
    /// <param name="tag">The tag.</param>
    /// <param name="number">Page number, from 1.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage?> TagAsync(Tag tag, int number, CancellationToken cancellationToken)
    {
        var newest = await lists.ReadByTagAsync(tag, 0, 1, cancellationToken);
        var spelling = newest.SelectMany(post => post.Tags).FirstOrDefault(name => Tag.Parse(name) == tag);
        return spelling is null
            ? null
            : await RenderAsync(
                texts => texts.Format("list.tag", ("tag", spelling)),
                tag.Link,
                number,
                [],
                (skip, take) => lists.ReadByTagAsync(tag, skip, take, cancellationToken),
                cancellationToken
            );
    }

    /// <summary>
    /// A page of the posts of a month or a year, newest first. Null when there are none, and beyond the last page.
    /// </summary>
    /// <param name="period">The month or year.</param>
    /// <param name="number">Page number, from 1.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public Task<RenderedPage?> PeriodAsync(ArchivePeriod period, int number, CancellationToken cancellationToken)
    {
        var (from, before) = period.ToRange(settings.TimeZone);
        return RenderAsync(
            texts => texts.Format("list.time", ("time", period.Format(texts))),
            period.Link,
            number,
            [],
            (skip, take) => lists.ReadPeriodAsync(from, before, skip, take, cancellationToken),
            cancellationToken
        );
    }

    private async Task<RenderedPage?> RenderAsync(
        FormatTitle? title,
        string list,
        int number,
        IReadOnlyList<ListedPost> pinned,
        ReadPosts read,
        CancellationToken cancellationToken
    )
    {
        var posts = await read((number - 1) * PageSize, PageSize + 1);
        if (posts.Count == 0 && (number > 1 || title is not null))
        {
            return null;
        }

        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var view = new ListView(
            site,
            title?.Invoke(site.Texts),
            LinkTo(list, number),
            [
                .. await summaries.BuildAsync(pinned, site.Texts["list.pinned"], site.Texts, cancellationToken),
                .. await summaries.BuildAsync(posts.Take(PageSize), null, site.Texts, cancellationToken),
            ],
            number > 1 ? LinkTo(list, number - 1) : null,
            posts.Count > PageSize ? LinkTo(list, number + 1) : null,
            number
        );
        return await PageRenderer.RenderAsync(ListPage.Create(view), site, cancellationToken);
    }
}
