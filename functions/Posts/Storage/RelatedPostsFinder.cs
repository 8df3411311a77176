using Azure;
using ServerlessBlog.Hosting.Caching;

namespace ServerlessBlog.Posts.Storage;

/// <summary>Finds related posts, once per revision of the site.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class RelatedPostsFinder(PostLists lists, SiteTable site) : IDisposable
{
    private readonly BoundedCache<(PostId Post, Revision Site), RelatedPosts> _found = new(
        CacheLimits.RelatedPosts,
        (_, related) => 1 + related.Count
    );

    /// <summary>Returns a post's related posts as of the site's present revision or a later one.</summary>
    /// <exception cref="RequestFailedException">Storage is unavailable.</exception>
    public async Task<RelatedPosts> FindAsync(Post post, CancellationToken cancellationToken) =>
        // The revision is read before the lists: it is raised after they are written.
        await _found.GetOrCreateAsync(
            (post.Id, await site.GetRevisionAsync()),
            _ => RelatedPosts.ReadAsync(lists, post, CancellationToken.None),
            cancellationToken
        );

    /// <inheritdoc/>
    public void Dispose() => _found.Dispose();
}
