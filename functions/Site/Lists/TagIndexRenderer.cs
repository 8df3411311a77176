using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// Renders the index of all tags. Posts are counted once per revision of the site, because the page is cached.
/// </summary>
public sealed class TagIndexRenderer(PostLists lists, SiteLayoutProvider layouts)
{
    /// <summary>All tags with their numbers of posts, in ordinal order of the tag keys.</summary>
    public async Task<RenderedPage?> RenderAsync(CancellationToken cancellationToken)
    {
        var tags = await lists.CountTagsAsync(cancellationToken);
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var view = new TagIndexView(
            site,
            [
                .. tags.OrderBy(tag => tag.Tag.Key, StringComparer.Ordinal)
                    .Select(tag => (new LinkView(tag.Spelling, tag.Tag.Link), tag.Count)),
            ]
        );
        return await PageRenderer.RenderAsync(TagIndexPage.Create(view), site, cancellationToken);
    }
}
