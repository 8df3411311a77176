using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// Renders the archive and its years: titles with dates under months. Beyond 500 titles, months show the number of
/// their posts only, so that the page of a large blog stays small.
/// </summary>
public sealed class ArchivePageRenderer(PostLists lists, SiteLayoutProvider layouts, BlogSettings settings)
{
    /// <summary>Maximum number of titles on a page: about 13 KB when compressed.</summary>
    public const int MaxTitles = 500;

    /// <summary>All years, newest first, folded except for the first.</summary>
    public async Task<RenderedPage?> AllYearsAsync(CancellationToken cancellationToken)
    {
        var months = lists.CountMonthsAsync(settings.TimeZone, cancellationToken);
        var posts = await lists.ReadNewestAsync(0, MaxTitles, cancellationToken);
        return await RenderAsync(null, await months, posts, cancellationToken);
    }

    /// <summary>One year; null when it has no posts.</summary>
    public async Task<RenderedPage?> YearAsync(ArchivePeriod year, CancellationToken cancellationToken)
    {
        var (from, before) = year.ToRange(settings.TimeZone);
        var posts = await lists.ReadPeriodAsync(from, before, 0, MaxTitles, cancellationToken);
        var months = await lists.CountMonthsAsync(settings.TimeZone, cancellationToken);
        return posts.Count == 0
            ? null
            : await RenderAsync(
                year,
                [.. months.Where(month => month.Month.Year == year.Year)],
                posts,
                cancellationToken
            );
    }

    private async Task<RenderedPage?> RenderAsync(
        ArchivePeriod? year,
        IReadOnlyList<(DateOnly Month, int Count)> months,
        IReadOnlyList<ListedPost> posts,
        CancellationToken cancellationToken
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var titles = posts
            .Select(post => new ArchivedPost(
                new LinkView(post.Title, post.Path.Link),
                settings.ToLocalTime(post.Date),
                post.Language
            ))
            .ToLookup(post => new DateOnly(post.Date.Year, post.Date.Month, 1));
        var years = months.GroupBy(month => month.Month.Year).Select(group => CreateYear(group, titles, site));
        var title = year is null
            ? site.Texts["archive.title"]
            : site.Texts.Format("list.time", ("time", year.Format(site.Texts)));
        var view = new ArchiveView(site, title, year?.Link ?? "/archive", [.. years]);
        return await PageRenderer.RenderAsync(ArchivePage.Create(view), site, cancellationToken);
    }

    private static ArchivedYear CreateYear(
        IGrouping<int, (DateOnly Month, int Count)> year,
        ILookup<DateOnly, ArchivedPost> titles,
        SiteLayout site
    )
    {
        var months = year.Select(month => new ArchivedMonth(
            LinkTo(new ArchivePeriod(year.Key, month.Month.Month)),
            month.Count,
            titles[month.Month].Count() == month.Count ? [.. titles[month.Month]] : []
        ));
        return new ArchivedYear(LinkTo(new ArchivePeriod(year.Key, null)), year.Sum(month => month.Count), [.. months]);

        LinkView LinkTo(ArchivePeriod period) => new(period.Format(site.Texts), period.Link);
    }
}
