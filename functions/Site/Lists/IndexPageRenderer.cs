using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// Renders the index pages: all tags and all months. Posts are counted once per revision of the site, because the pages
/// are cached.
/// </summary>
public sealed class IndexPageRenderer(PostLists lists, SiteLayoutProvider layouts, BlogSettings settings)
{
    /// <summary>All tags with their numbers of posts, in ordinal order of the tag keys.</summary>
    public async Task<RenderedPage?> TagsAsync(CancellationToken cancellationToken)
    {
        var tags = await lists.CountTagsAsync(cancellationToken);
        IReadOnlyList<(LinkView, int)> links =
        [
            .. tags.OrderBy(tag => tag.Tag.Key, StringComparer.Ordinal)
                .Select(tag => (new LinkView(tag.Spelling, tag.Tag.Link), tag.Count)),
        ];
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        return await RenderAsync(
            new IndexView(
                site,
                site.Texts["tags.title"],
                "/tags",
                links.Count == 0 ? [] : [new IndexGroup(null, links)],
                site.Texts["tags.none"]
            )
        );
    }

    /// <summary>All months with their numbers of posts, newest first, grouped by year.</summary>
    public async Task<RenderedPage?> MonthsAsync(CancellationToken cancellationToken)
    {
        var months = await lists.CountMonthsAsync(settings.TimeZone, cancellationToken);
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var years = months
            .GroupBy(month => month.Month.Year)
            .Select(year => new IndexGroup(
                LinkTo(new ArchivePeriod(year.Key, null)),
                [.. year.Select(month => (LinkTo(new ArchivePeriod(year.Key, month.Month.Month)), month.Count))]
            ));
        return await RenderAsync(
            new IndexView(site, site.Texts["archive.title"], "/archive", [.. years], site.Texts["list.none"])
        );

        LinkView LinkTo(ArchivePeriod period) => new(period.Format(site.Texts), period.Link);
    }

    private static async Task<RenderedPage?> RenderAsync(IndexView view) =>
        await PageRenderer.RenderAsync(IndexPage.Create(view), view.Site, CancellationToken.None);
}
