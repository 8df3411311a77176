using Azure;
using Microsoft.Extensions.Caching.Memory;

namespace ServerlessBlog.Posts.Storage;

/// <summary>The neighbourhoods of posts, each read once for a state of the site: comments, for which a page is made anew, change none.</summary>
/// <remarks>May be used by any number of threads.</remarks>
public sealed class RelatedPostsFinder(PostLists lists, SiteTable site) : IDisposable
{
    /// <summary>The most posts that are remembered, with those beside them.</summary>
    public const int MaxRemembered = 10_000;

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    private sealed record Known(Revision Site, RelatedPosts Neighbourhood);

    /// <summary>A post's neighbourhood, of the site's revision as it is, or a later one.</summary>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async Task<RelatedPosts> FindAsync(Post post, CancellationToken cancellationToken)
    {
        var revision = await site.CurrentAsync(); // before the lists are read: it is raised after they are written
        if (_read.TryGetValue<Known>(post.Id, out var known) && known!.Site == revision)
        {
            return known.Neighbourhood;
        }

        var related = await RelatedPosts.ReadAsync(lists, post, cancellationToken);
        _read.Set(post.Id, new Known(revision, related), new MemoryCacheEntryOptions { Size = 1 + related.Count });
        return related;
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Dispose();
}
