using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Feeds;

/// <summary>Renders the sitemap and robots.txt.</summary>
public sealed class SitemapRenderer(PostLists lists, BlogSettings settings)
{
    private const int MaxPages = 1_000;

    /// <summary>
    /// The sitemap: the home page, static pages, and posts, newest first. The home page has the latest change of the
    /// posts on it.
    /// </summary>
    public async Task<RenderedPage?> SitemapAsync(CancellationToken cancellationToken)
    {
        var pages = lists.ReadStaticPagesAsync(MaxPages, cancellationToken);
        var posts = await lists.ReadNewestAsync(0, Sitemap.MaxAddresses, cancellationToken);
        (string, DateTimeOffset?) home = (
            "/",
            posts.Count == 0 ? null : posts.Take(PostLists.PageSize).Max(LastModified)
        );
        return new RenderedPage(
            Sitemap.Write(
                settings.BaseUrl,
                [
                    home,
                    .. (await pages)
                        .Concat(posts)
                        .Select(post => (post.Path.Link, (DateTimeOffset?)LastModified(post))),
                ]
            ),
            Policy: null
        );
    }

    /// <summary>robots.txt: disallows the admin area and searches, and names the sitemap.</summary>
    public Task<RenderedPage?> RobotsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<RenderedPage?>(
            new RenderedPage(
                Encoding.UTF8.GetBytes(
                    $"User-agent: *\nDisallow: {AdminPaths.Home}/\nDisallow: /search\nSitemap: {settings.BaseUrl}/sitemap.xml\n"
                ),
                Policy: null
            )
        );

    private static DateTimeOffset LastModified(ListedPost post) => post.Updated > post.Date ? post.Updated : post.Date;
}
