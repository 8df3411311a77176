using System.Collections.Concurrent;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Applies one action of a moderator to several comments.</summary>
public sealed class BulkModeration(CommentTable comments, CommentModeration moderation)
{
    /// <summary>Maximum number of comments per request.</summary>
    public const int MaxItems = 100;

    private const int MaxParallelPosts = 8;

    /// <summary>
    /// Applies the action to each comment that still has the version that the moderator saw. Those of one post are
    /// decided one after the other, the oldest first, so that their numbers follow the time of writing.
    /// </summary>
    /// <param name="action">The action.</param>
    /// <param name="items">The comments; those beyond <see cref="MaxItems"/> are skipped.</param>
    /// <param name="author">The moderator, for the audit.</param>
    /// <param name="cancellationToken">
    /// Cancelled when the client disconnects; comments decided by then stay decided.
    /// </param>
    public async Task<BulkResult> ApplyAsync(
        ModeratorAction action,
        IReadOnlyList<CommentVersion> items,
        Person author,
        CancellationToken cancellationToken
    )
    {
        var changed = new ConcurrentBag<CommentVersion>();
        await Parallel.ForEachAsync(
            items.Take(MaxItems).GroupBy(version => version.Comment.Post),
            new ParallelOptions { MaxDegreeOfParallelism = MaxParallelPosts, CancellationToken = cancellationToken },
            async (ofPost, stop) =>
            {
                foreach (var version in await SortByAgeAsync(ofPost, stop))
                {
                    if (await DecideAsync(action, version, author, stop) is { Before: { } before, Now: var now })
                    {
                        changed.Add(new CommentVersion(now.Key, now.Version, before.State));
                    }
                }
            }
        );
        return new BulkResult(action, [.. changed], items.Count - changed.Count);
    }

    /// <summary>Name of a moderator in the audit, for decisions in the admin area.</summary>
    internal static string AuditName(Person author) => $"{author.Name} in the admin area";

    private async Task<IEnumerable<CommentVersion>> SortByAgeAsync(
        IEnumerable<CommentVersion> versions,
        CancellationToken cancellationToken
    )
    {
        var found = await Task.WhenAll(
            versions.Select(async version =>
                (Version: version, Comment: await comments.FindPatientlyAsync(version.Comment, cancellationToken))
            )
        );
        return found.OrderBy(item => item.Comment?.Value.Created).Select(item => item.Version);
    }

    private async Task<Decision?> DecideAsync(
        ModeratorAction action,
        CommentVersion version,
        Person author,
        CancellationToken cancellationToken
    )
    {
        var state = await StateAfterAsync(action, version, cancellationToken);
        return await moderation.DecideAsync(
            version.Comment,
            state,
            AuditName(author),
            cancellationToken,
            version.Version,
            restorable: state == CommentState.Trash
        );
    }

    private async Task<CommentState> StateAfterAsync(
        ModeratorAction action,
        CommentVersion version,
        CancellationToken cancellationToken
    ) =>
        action switch
        {
            ModeratorAction.Approve => CommentState.Approved,
            ModeratorAction.Spam => CommentState.Spam,
            ModeratorAction.Trash => CommentState.Trash,
            ModeratorAction.Undo when version.PreviousState is { } previous and not CommentState.Waiting => previous,
            ModeratorAction.Restore
                when (await comments.ReadAuditAsync(version.Comment, cancellationToken)).LastOrDefault(entry =>
                    entry.From != entry.To
                )
                    is { From: var before and not CommentState.Waiting } => before,
            _ => CommentState.Held,
        };
}

/// <summary>Result of a bulk action.</summary>
/// <param name="Action">The action.</param>
/// <param name="Changed">The comments that it changed, with their new version and the state before, for Undo.</param>
/// <param name="Skipped">
/// Number of comments that were not changed: beyond <see cref="BulkModeration.MaxItems"/>, already in the state,
/// decided by somebody else meanwhile, changed or withdrawn by their writer.
/// </param>
public sealed record BulkResult(ModeratorAction Action, IReadOnlyList<CommentVersion> Changed, int Skipped);
