using Azure;
using Microsoft.Extensions.Caching.Memory;

namespace ServerlessBlog.Posts.Storage;

/// <summary>The neighbourhoods of posts, each read once for a state of the site: comments, for which a page is made anew, change none.</summary>
/// <remarks>May be used by any number of threads.</remarks>
public sealed class Neighbourhoods(PostLists lists, SiteTable site) : IDisposable
{
    /// <summary>The most posts that are remembered, with those beside them.</summary>
    public const int MaxRemembered = 10_000;

    private readonly MemoryCache _read = new(new MemoryCacheOptions { SizeLimit = MaxRemembered });

    private sealed record Known(Revision Site, Neighbourhood Neighbourhood);

    /// <summary>A post's neighbourhood, of the site's revision as it is, or a later one.</summary>
    /// <exception cref="RequestFailedException">Storage does not answer.</exception>
    public async Task<Neighbourhood> OfAsync(Post post, CancellationToken cancellationToken)
    {
        var revision = await site.CurrentAsync(); // before the lists are read: it is raised after they are written
        if (_read.TryGetValue<Known>(post.Id, out var known) && known!.Site == revision)
        {
            return known.Neighbourhood;
        }

        var neighbourhood = await Neighbourhood.ReadAsync(lists, post, cancellationToken);
        _read.Set(post.Id, new Known(revision, neighbourhood), new MemoryCacheEntryOptions { Size = 1 + neighbourhood.Count });
        return neighbourhood;
    }

    /// <inheritdoc/>
    public void Dispose() => _read.Dispose();
}
