using System.Globalization;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Makes the pages that list posts: the home page, and those of a tag, a month and a year.</summary>
public sealed class ListPageRenderer(
    PostLists lists,
    SiteLayoutProvider layouts,
    PostSummaryBuilder summaries,
    BlogSettings settings
)
{
    /// <summary>How many posts stand on a page.</summary>
    public const int PageSize = PostLists.PageSize;

    /// <summary>The highest page number that is looked for.</summary>
    public const int MaxNumber = 10_000;

    private const int MaxPinned = 5;

    private delegate Task<IReadOnlyList<ListedPost>> Read(int skip, int take);

    private delegate string Title(SiteTexts texts);

    /// <summary>The link to a page of a list.</summary>
    /// <param name="list">The link to the list; "" for the home page's.</param>
    /// <param name="number">From 1.</param>
    public static string LinkTo(string list, int number) =>
        number == 1
            ? (list.Length == 0 ? "/" : list)
            : string.Create(CultureInfo.InvariantCulture, $"{list}/page/{number}");

    /// <summary>All posts, newest first, on the first page after those that are pinned. Null when the list does not go so far; the first page is always there.</summary>
    public async Task<RenderedPage?> HomeAsync(int number, CancellationToken cancellationToken)
    {
        var pinned = await lists.PinnedAsync(MaxPinned, cancellationToken);
        return await RenderAsync(null, "", number, number == 1 ? pinned : [], NewestAsync, cancellationToken);

        async Task<IReadOnlyList<ListedPost>> NewestAsync(int skip, int take) =>
            pinned.Count == 0
                ? await lists.NewestAsync(skip, take, cancellationToken)
                :
                [
                    .. (await lists.NewestAsync(0, skip + take + pinned.Count, cancellationToken))
                        .ExceptBy(pinned.Select(post => post.Id), post => post.Id)
                        .Skip(skip)
                        .Take(take),
                ];
    }

    /// <summary>The posts of a tag, newest first. Null when there are none.</summary>
    public async Task<RenderedPage?> TagAsync(Tag tag, int number, CancellationToken cancellationToken)
    {
        var newest = await lists.OfTagAsync(tag, 0, 1, cancellationToken);
        var spelled = newest.SelectMany(post => post.Tags).FirstOrDefault(name => Tag.Parse(name) == tag);
        return spelled is null
            ? null
            : await RenderAsync(
                texts => texts.Format("list.tag", ("tag", spelled)),
                tag.Link,
                number,
                [],
                (skip, take) => lists.OfTagAsync(tag, skip, take, cancellationToken),
                cancellationToken
            );
    }

    /// <summary>The posts of a month or a year, newest first. Null when there are none.</summary>
    public Task<RenderedPage?> SpanAsync(ArchivePeriod period, int number, CancellationToken cancellationToken)
    {
        var (from, before) = period.In(settings.TimeZone);
        return RenderAsync(
            texts => texts.Format("list.time", ("time", period.WordsIn(texts))),
            period.Link,
            number,
            [],
            (skip, take) => lists.BetweenAsync(from, before, skip, take, cancellationToken),
            cancellationToken
        );
    }

    private async Task<RenderedPage?> RenderAsync(
        Title? title,
        string list,
        int number,
        IReadOnlyList<ListedPost> first,
        Read read,
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
                .. await summaries.BuildAsync(first, site.Texts["list.pinned"], site.Texts, cancellationToken),
                .. await summaries.BuildAsync(posts.Take(PageSize), null, site.Texts, cancellationToken),
            ],
            number > 1 ? LinkTo(list, number - 1) : null,
            posts.Count > PageSize ? LinkTo(list, number + 1) : null,
            number
        );
        return await PageRenderer.RenderAsync(ListPage.Create(view), site, cancellationToken);
    }
}
