using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Search;

/// <summary>
/// Reads the posts that a search has found as they are now, with their texts. Kept in memory by the site's revision,
/// which every change of a public post raises.
/// </summary>
public sealed class FoundPosts(PostTable posts, AcceptedFiles accepted, SiteTable site) : IDisposable
{
    /// <summary>The size that an entry has besides its text, in characters.</summary>
    private const int EntrySize = 500;

    private readonly BoundedCache<(PostId, Revision), FoundPost?> _found = new(CacheLimits.FoundCharacters, (_, post) =>
        EntrySize + (post?.Text.Length ?? 0)
    );

    /// <summary>Reads posts in the order of their ids, without those that readers no longer see.</summary>
    public async Task<IReadOnlyList<FoundPost>> ReadAsync(IEnumerable<PostId> ids, CancellationToken cancellationToken)
    {
        var revision = await site.GetRevisionAsync();
        var found = await Task.WhenAll(
            ids.Select(id =>
                _found.GetOrCreateAsync((id, revision), key => ReadAsync(key.Item1), cancellationToken).AsTask()
            )
        );
        return [.. found.OfType<FoundPost>()];
    }

    /// <inheritdoc/>
    public void Dispose() => _found.Dispose();

    private async Task<FoundPost?> ReadAsync(PostId id) =>
        (await posts.FindAsync(id, CancellationToken.None))?.Value is { State: PostState.Published } post
            ? new FoundPost(
                ListedPost.From(post),
                PlainPost.Parse(post, await accepted.ReadAsync(post, CancellationToken.None)).Text
            )
            : null;
}

/// <summary>A post that a search has found.</summary>
/// <param name="Post">What lists show of it.</param>
/// <param name="Text">Its plain text.</param>
public sealed record FoundPost(ListedPost Post, string Text);
