using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>Makes the pages that lead to lists: all tags, all months. Counted once for each state of the site.</summary>
public sealed class IndexPages(PostLists lists, Frames frames, BlogSettings settings)
{
    /// <summary>All tags with their numbers of posts, by name.</summary>
    public async Task<Rendered?> TagsAsync(CancellationToken cancellationToken)
    {
        var tags = await lists.TagsAsync(cancellationToken);
        IReadOnlyList<(LinkView, int)> links = [.. tags.OrderBy(tag => tag.Tag.Key, StringComparer.Ordinal).Select(tag => (new LinkView(tag.Tag.Key, tag.Tag.Link), tag.Count))];
        var frame = (await frames.CurrentAsync(cancellationToken)).Frame;
        return await RenderAsync(new IndexView(frame, frame.Texts["tags.title"], "/tags", links.Count == 0 ? [] : [new IndexGroup(null, links)], frame.Texts["tags.none"]));
    }

    /// <summary>All months with their numbers of posts, newest first, by year.</summary>
    public async Task<Rendered?> MonthsAsync(CancellationToken cancellationToken)
    {
        var months = await lists.MonthsAsync(settings.TimeZone, cancellationToken);
        var frame = (await frames.CurrentAsync(cancellationToken)).Frame;
        var years = months.GroupBy(month => month.Month.Year).Select(year => new IndexGroup(
            LinkTo(new ArchiveSpan(year.Key, null)),
            [.. year.Select(month => (LinkTo(new ArchiveSpan(year.Key, month.Month.Month)), month.Count))]));
        return await RenderAsync(new IndexView(frame, frame.Texts["archive.title"], "/archive", [.. years], frame.Texts["list.none"]));

        LinkView LinkTo(ArchiveSpan span) => new(span.WordsIn(frame.Texts), span.Link);
    }

    private static async Task<Rendered?> RenderAsync(IndexView view) => await Html.RenderAsync(IndexPage.Create(view), view.Frame, CancellationToken.None);
}
