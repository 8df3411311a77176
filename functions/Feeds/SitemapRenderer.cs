using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Feeds;

/// <summary>
/// Renders the sitemap and robots.txt. A blog with more than <see cref="MaxPages"/> pages has several sitemaps, oldest
/// posts first, and <c>/sitemap.xml</c> is their index.
/// </summary>
public sealed class SitemapRenderer(
    PublicPageLists pages,
    PostLists lists,
    SiteLayoutProvider layouts,
    BlogSettings settings
)
{
    /// <summary>The maximum number of pages in a sitemap, without the home page.</summary>
    internal int MaxPages { get; init; } = Sitemap.MaxPages;

    /// <summary>The path of a sitemap in the index.</summary>
    /// <param name="number">Its number, from 1.</param>
    public static string LinkTo(int number) => string.Create(CultureInfo.InvariantCulture, $"/sitemap-{number}.xml");

    /// <summary>
    /// The sitemap: the home page, static pages, and posts, newest first; or the index of the sitemaps. The home page
    /// has the latest change of the posts on it.
    /// </summary>
    public async Task<RenderedPage?> SitemapAsync(CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var staticPages = lists.ReadStaticPagesAsync(MaxPages + 1, cancellationToken);
        var posts = await pages
            .ReadNewestFirstAsync(cancellationToken)
            .Take(MaxPages + 1)
            .Select(MapPage.From)
            .ToListAsync(cancellationToken);
        List<MapPage> found = [.. (await staticPages).Select(MapPage.From), .. posts];
        if (found.Count > MaxPages)
        {
            return new RenderedPage(await WriteIndexAsync(site, cancellationToken), Policy: null);
        }

        var newest = posts.Take(site.Profile.PostsPerPage).Max(post => (DateTimeOffset?)post.Changed);
        return await RenderAsync(site, [new SitemapEntry("/", newest, [])], found, [], cancellationToken);
    }

    /// <summary>A sitemap of the index; null when the index has none of this number.</summary>
    /// <param name="number">Its number, from 1.</param>
    /// <param name="cancellationToken">Cancels the rendering.</param>
    public async Task<RenderedPage?> PartAsync(int number, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var found = await pages
            .ReadOldestFirstAsync((number - 1) * MaxPages, cancellationToken)
            .Take(MaxPages + 1)
            .Select(MapPage.From)
            .ToListAsync(cancellationToken);
        if (found.Count == 0)
        {
            return null;
        }

        // The home page changes with the newest post, which is in the last one.
        var isLast = found.Count <= MaxPages;
        var home = isLast ? [await HomeAsync(site, cancellationToken)] : Array.Empty<SitemapEntry>();
        return await RenderAsync(site, [], found[..Math.Min(found.Count, MaxPages)], home, cancellationToken);
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

    private async Task<RenderedPage> RenderAsync(
        SiteLayout site,
        IEnumerable<SitemapEntry> before,
        IReadOnlyList<MapPage> found,
        IEnumerable<SitemapEntry> after,
        CancellationToken cancellationToken
    )
    {
        var language = site.Texts.Language;
        var translations = await FindTranslationsAsync(found, language, cancellationToken);
        var entries = found.Select(page => new SitemapEntry(
            page.Link,
            page.Changed,
            page.TranslationKey is { } key && translations.TryGetValue(key, out var all)
                ? Translation.SelectFor(page.Id, all)
                : []
        ));
        return new RenderedPage(
            Sitemap.Write(settings.BaseUrl, language, [.. before, .. entries, .. after]),
            Policy: null
        );
    }

    /// <summary>
    /// Reads the translations of pages, by their key. Reads all that the blog has in one go, when a page has any.
    /// </summary>
    private async Task<Dictionary<string, List<Translation>>> FindTranslationsAsync(
        IReadOnlyList<MapPage> found,
        string language,
        CancellationToken cancellationToken
    )
    {
        var translations = new Dictionary<string, List<Translation>>(StringComparer.OrdinalIgnoreCase);
        foreach (var page in found)
        {
            if (page.TranslationKey is { } key)
            {
                translations[key] = [];
            }
        }

        if (translations.Count == 0)
        {
            return translations;
        }

        await foreach (var post in pages.ReadTranslationsAsync(cancellationToken))
        {
            if (
                translations.TryGetValue(post.TranslationKey!, out var group)
                && group.Count < PostLists.MaxTranslations
            )
            {
                group.Add(Translation.From(post, language));
            }
        }

        return translations;
    }

    private async Task<SitemapEntry> HomeAsync(SiteLayout site, CancellationToken cancellationToken)
    {
        var newest = await lists.ReadNewestAsync(0, site.Profile.PostsPerPage, cancellationToken);
        return new SitemapEntry("/", newest.Max(post => (DateTimeOffset?)post.Changed), []);
    }

    private async Task<byte[]> WriteIndexAsync(SiteLayout site, CancellationToken cancellationToken)
    {
        var (sitemaps, count) = (new List<DateTimeOffset?>(), 0);
        await foreach (var changed in pages.ReadChangesAsync(cancellationToken))
        {
            if (count++ % MaxPages == 0)
            {
                sitemaps.Add(changed);
            }
            else
            {
                sitemaps[^1] = Later(sitemaps[^1], changed);
            }
        }

        sitemaps[^1] = Later(sitemaps[^1], (await HomeAsync(site, cancellationToken)).Changed);
        return Sitemap.WriteIndex(sitemaps.Select((changed, index) => (settings.BaseUrl + LinkTo(index + 1), changed)));
    }

    /// <summary>The later of two times; unknown when one of them is.</summary>
    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other is null ? null
        : one > other ? one
        : other;

    /// <summary>What a sitemap needs of a page.</summary>
    private sealed record MapPage(PostId Id, string Link, DateTimeOffset Changed, string? TranslationKey)
    {
        public static MapPage From(ListedPost post) => new(post.Id, post.Path.Link, post.Changed, post.TranslationKey);
    }
}
