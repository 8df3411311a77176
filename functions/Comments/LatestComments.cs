using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Comments;

/// <summary>Reads the comments that were approved last, for feeds. What it costs does not grow with the blog.</summary>
public sealed class LatestComments(
    CommentTable comments,
    CommentLists lists,
    PostTable posts,
    PublicCommentFactory factory
)
{
    /// <summary>The maximum number of comments: 50.</summary>
    public const int MaxComments = 50;

    /// <summary>
    /// The maximum number of comments that are read, however few of them are shown: 200. Of a post that got more spam
    /// than that since, older comments are missing.
    /// </summary>
    private const int MaxRead = 200;

    /// <summary>Reads the comments of a post that were approved last, the latest first.</summary>
    public async Task<IReadOnlyList<CommentOnPost>> ReadAsync(Post post, CancellationToken cancellationToken) =>
        await ReadAsync(
            await comments.ReadLatestKeysAsync(post.Id, MaxRead, cancellationToken),
            _ => Task.FromResult<Post?>(post),
            cancellationToken
        );

    /// <summary>Reads the comments of all public posts that were approved last, the latest first.</summary>
    public async Task<IReadOnlyList<CommentOnPost>> ReadAsync(CancellationToken cancellationToken) =>
        await ReadAsync(
            (await lists.ReadForReaderAsync(CommentState.Approved, MaxRead, cancellationToken)).Select(entry =>
                entry.Comment
            ),
            async id =>
                await posts.FindAsync(id, cancellationToken) is { Value: { State: PostState.Published } post }
                    ? post
                    : null,
            cancellationToken
        );

    private async Task<IReadOnlyList<CommentOnPost>> ReadAsync(
        IEnumerable<CommentKey> keys,
        Func<PostId, Task<Post?>> findPost,
        CancellationToken cancellationToken
    )
    {
        var (found, postsById) = (new List<Comment>(), new Dictionary<PostId, Post?>());
        foreach (var chunk in keys.Where(key => key != default).Distinct().Chunk(MaxComments))
        {
            var approved = (await FindAsync(chunk, cancellationToken))
                .Where(comment => comment.State == CommentState.Approved)
                .ToList();
            var newPosts = approved.Select(comment => comment.Key.Post).Distinct().Except(postsById.Keys).ToList();
            foreach (var (id, post) in newPosts.Zip(await Task.WhenAll(newPosts.Select(findPost))))
            {
                postsById[id] = post;
            }

            found.AddRange(approved.Where(comment => postsById[comment.Key.Post] is not null));
            if (found.Count >= MaxComments)
            {
                break;
            }
        }

        var latest = found.Take(MaxComments).ToList();
        var known = found.ToDictionary(comment => comment.Key);
        var parents = latest.Select(ParentOf).OfType<CommentKey>().Distinct().Where(key => !known.ContainsKey(key));
        foreach (var parent in await FindAsync(parents, cancellationToken))
        {
            known[parent.Key] = parent;
        }

        return await Task.WhenAll(
            latest.Select(async comment =>
            {
                var post = postsById[comment.Key.Post]!;
                var parent = ParentOf(comment) is { } key ? known.GetValueOrDefault(key) : null;
                if (parent is not { State: CommentState.Approved } && comment.Position?.GetParent() is { } above)
                {
                    parent = await comments.FindAtAsync(post.Id, above, cancellationToken);
                }

                return new CommentOnPost(post, factory.Create(comment, parent, post.Path));
            })
        );
    }

    private async Task<IEnumerable<Comment>> FindAsync(IEnumerable<CommentKey> keys, CancellationToken stop) =>
        (await Task.WhenAll(keys.Select(key => comments.FindAsync(key, stop))))
            .OfType<Versioned<Comment>>()
            .Select(read => read.Value);

    private static CommentKey? ParentOf(Comment comment) =>
        comment.ReplyTo is { } parent ? new CommentKey(comment.Key.Post, parent) : null;
}

/// <summary>A comment with its post.</summary>
/// <param name="Post">The post.</param>
/// <param name="Comment">The comment.</param>
public sealed record CommentOnPost(Post Post, PublicComment Comment);
