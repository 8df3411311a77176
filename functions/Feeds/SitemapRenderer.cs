using System.Text;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Feeds;

/// <summary>Makes what search engines read.</summary>
public sealed class SitemapRenderer(PostLists lists, BlogSettings settings)
{
    private const int MaxPages = 1_000;

    /// <summary>The home page, static pages and posts, newest first, each with when it last changed.</summary>
    public async Task<RenderedPage?> SitemapAsync(CancellationToken cancellationToken)
    {
        var pages = lists.PagesAsync(MaxPages, cancellationToken);
        var posts = await lists.NewestAsync(0, Sitemap.MaxAddresses, cancellationToken);
        (string, DateTimeOffset?) home = ("/", posts.Count == 0 ? null : posts.Take(PostLists.PageSize).Max(ChangeOf));
        return new RenderedPage(
            Sitemap.Write(
                settings.BaseUrl,
                [home, .. (await pages).Concat(posts).Select(post => (post.Path.Link, (DateTimeOffset?)ChangeOf(post)))]
            ),
            Policy: null
        );
    }

    /// <summary>Everything may be read but what is private; the rest is in the map.</summary>
    public Task<RenderedPage?> RobotsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<RenderedPage?>(
            new RenderedPage(
                Encoding.UTF8.GetBytes(
                    $"User-agent: *\nDisallow: {AdminPaths.Home}/\nSitemap: {settings.BaseUrl}/sitemap.xml\n"
                ),
                Policy: null
            )
        );

    private static DateTimeOffset ChangeOf(ListedPost post) => post.Updated > post.Date ? post.Updated : post.Date;
}
