using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Makes the pages that lead to lists: all tags, all months. Counted once for each state of the site.</summary>
public sealed class IndexPages(PostLists lists, Frames frames, BlogSettings settings)
{
    /// <summary>All tags with their numbers of posts, by name.</summary>
    public async Task<Rendered?> TagsAsync(CancellationToken cancellationToken)
    {
        var tags = await lists.TagsAsync(cancellationToken);
        IReadOnlyList<(LinkView, int)> links = [.. tags.OrderBy(tag => tag.Tag.Key, StringComparer.Ordinal).Select(tag => (new LinkView(tag.Tag.Key, tag.Tag.Link), tag.Count))];
        return await RenderAsync("Tags", "/tags", links.Count == 0 ? [] : [new IndexGroup(null, links)], "No post has a tag yet.", cancellationToken);
    }

    /// <summary>All months with their numbers of posts, newest first, by year.</summary>
    public async Task<Rendered?> MonthsAsync(CancellationToken cancellationToken)
    {
        var months = await lists.MonthsAsync(settings.TimeZone, cancellationToken);
        var years = months.GroupBy(month => month.Month.Year).Select(year => new IndexGroup(
            LinkTo(new ArchiveSpan(year.Key, null)),
            [.. year.Select(month => (LinkTo(new ArchiveSpan(year.Key, month.Month.Month)), month.Count))]));
        return await RenderAsync("Archive", "/archive", [.. years], "Nothing has been published yet.", cancellationToken);
    }

    private static LinkView LinkTo(ArchiveSpan span) => new(span.Words, span.Link);

    private async Task<Rendered?> RenderAsync(string title, string path, IReadOnlyList<IndexGroup> groups, string nothing, CancellationToken cancellationToken)
    {
        var frame = (await frames.CurrentAsync(cancellationToken)).Frame;
        return await Html.RenderAsync(IndexPage.Create(new IndexView(frame, title, path, groups, nothing)), frame, cancellationToken);
    }
}
