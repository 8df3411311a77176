using Azure;
using Microsoft.Extensions.Caching.Memory;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Finds related posts and caches them per revision of the site: a new comment renders a page again but changes none of
/// them.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class RelatedPostsFinder(PostLists lists, SiteTable site) : IDisposable
{
    /// <summary>The capacity of the cache in posts: entries and the posts that they list.</summary>
    public const int MaxCachedPosts = 10_000;

    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxCachedPosts });

    private sealed record CachedPosts(Revision Site, RelatedPosts Related);

    /// <summary>Returns a post's related posts as of the site's present revision or a later one.</summary>
    /// <exception cref="RequestFailedException">Storage is unavailable.</exception>
    public async Task<RelatedPosts> FindAsync(Post post, CancellationToken cancellationToken)
    {
        // Read before the lists: the revision is raised after they are written.
        var revision = await site.GetRevisionAsync();
        if (_cache.TryGetValue<CachedPosts>(post.Id, out var cached) && cached!.Site == revision)
        {
            return cached.Related;
        }

        var related = await RelatedPosts.ReadAsync(lists, post, cancellationToken);
        _cache.Set(
            post.Id,
            new CachedPosts(revision, related),
            new MemoryCacheEntryOptions { Size = 1 + related.Count }
        );
        return related;
    }

    /// <inheritdoc/>
    public void Dispose() => _cache.Dispose();
}
