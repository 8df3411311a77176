using System.Runtime.CompilerServices;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Import;

/// <summary>
/// Imports comments as they were decided elsewhere: no rule judges them, nobody gets a mail. Idempotent, so an import
/// that was stopped is run again.
/// </summary>
internal sealed class CommentImport(ImportedCommentRows stored, RaiseQueueClient raises, TimeProvider clock)
{
    /// <summary>Up to so many posts are read one by one: 20.</summary>
    private const int FewPosts = 20;

    /// <summary>Imports comments post by post and returns what became of each.</summary>
    /// <param name="read">The comments; posts and comments in any order.</param>
    /// <param name="isDryRun">Whether to write nothing.</param>
    /// <param name="cancellationToken">Stops the import; comments imported by then stay.</param>
    public async IAsyncEnumerable<ImportedRecord> ImportAsync(
        IReadOnlyList<ReadComment> read,
        bool isDryRun,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var refused in read.Where(one => one.Problem is not null))
        {
            yield return new ImportedRecord(
                refused.Place,
                refused.IsNotNeeded ? ImportOutcome.NotNeeded : ImportOutcome.LeftOut,
                [refused.Problem!]
            );
        }

        var posts = read.Where(one => one.Comment is not null).GroupBy(one => one.Comment!.Key.Post).ToList();
        if (posts.Count > FewPosts)
        {
            await stored.LoadAsync(cancellationToken);
        }

        foreach (var post in posts)
        {
            foreach (var record in await ImportAsync(post.Key, [.. post], isDryRun, cancellationToken))
            {
                yield return record;
            }
        }
    }

    private async Task<List<ImportedRecord>> ImportAsync(
        PostId post,
        IReadOnlyList<ReadComment> read,
        bool isDryRun,
        CancellationToken cancellationToken
    )
    {
        var there = await stored.ReadAsync(post, cancellationToken);
        var known = there.Keys.ToHashSet();
        List<ImportedRecord> records = [];
        List<Comment> added = [];
        foreach (var one in Sort(read))
        {
            var comment = one.Comment!;
            var isNew = known.Add(comment.Key.Comment);
            var hasParent =
                !isNew
                || comment.ReplyTo is not { } parent
                || (parent != comment.Key.Comment && known.Contains(parent));
            if (isNew)
            {
                added.Add(hasParent ? comment : comment with { ReplyTo = null });
            }

            records.Add(
                new ImportedRecord(
                    one.Place,
                    isNew ? ImportOutcome.Imported : ImportOutcome.Unchanged,
                    hasParent ? one.Notes : [.. one.Notes, "what it replies to is not there, so it begins a thread"]
                )
            );
        }

        if (!isDryRun)
        {
            await StoreAsync(post, added, there, read, cancellationToken);
        }

        return records;
    }

    private async Task StoreAsync(
        PostId post,
        List<Comment> added,
        IReadOnlyDictionary<CommentId, Comment> there,
        IReadOnlyList<ReadComment> read,
        CancellationToken cancellationToken
    )
    {
        if (added.Count > 0)
        {
            await raises.RaiseAfterAsync(
                post,
                () => stored.AddAsync(post, added, CreateEntry, cancellationToken),
                cancellationToken
            );
        }

        var before = read.Select(one => there.GetValueOrDefault(one.Comment!.Key.Comment)).OfType<Comment>().ToList();
        if (before.Count > 0)
        {
            await stored.CompleteAsync(before, cancellationToken);
        }
    }

    private AuditEntry CreateEntry(Comment comment) =>
        new(clock.GetUtcNow(), "by import", CommentState.Waiting, comment.State, comment.Reasons);

    /// <summary>
    /// Sorts the comments of a post: by the numbers that they had, then by time, but each after the one that it replies
    /// to. Of a circle of replies, the first begins a thread.
    /// </summary>
    private static List<ReadComment> Sort(IEnumerable<ReadComment> ofPost)
    {
        var wanted = ofPost.OrderBy(one => one.Order).ThenBy(one => one.Comment!.Created).ToList();
        var byId = wanted.DistinctBy(one => one.Comment!.Key).ToDictionary(one => one.Comment!.Key.Comment);
        var (sorted, done) = (new List<ReadComment>(), new HashSet<ReadComment>());
        foreach (var one in wanted)
        {
            var chain = new Stack<ReadComment>();
            for (var next = one; next is not null && done.Add(next); next = ParentOf(next))
            {
                chain.Push(next);
            }

            sorted.AddRange(chain);
        }

        return sorted;

        ReadComment? ParentOf(ReadComment one) =>
            one.Comment!.ReplyTo is { } parent ? byId.GetValueOrDefault(parent) : null;
    }
}
