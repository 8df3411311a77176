using System.Collections.Concurrent;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Does what a moderator wants done with comments, however many.</summary>
public sealed class BulkModeration(CommentTable comments, CommentModeration moderation)
{
    /// <summary>The most comments of one act.</summary>
    public const int MaxItems = 100;

    private const int AtOnce = 8;

    /// <summary>Does it to each that is still as the moderator saw it.</summary>
    /// <param name="action">What.</param>
    /// <param name="items">To which; those beyond <see cref="MaxItems"/> are left.</param>
    /// <param name="who">Goes into the audit.</param>
    /// <param name="cancellationToken">The moderator has gone; some are done, some not.</param>
    public async Task<BulkResult> DoAsync(
        ModeratorAction action,
        IReadOnlyList<CommentVersion> items,
        Person who,
        CancellationToken cancellationToken
    )
    {
        var changed = new ConcurrentBag<CommentVersion>();
        await Parallel.ForEachAsync(
            items.Take(MaxItems),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (version, stop) =>
            {
                var state = await StateAfterAsync(action, version, stop);
                var decision = await moderation.DecideAsync(
                    version.Comment,
                    state,
                    AuditName(who),
                    stop,
                    version.Version,
                    restorable: state == CommentState.Trash
                );
                if (decision is { Before: { } before, Now: var now })
                {
                    changed.Add(new CommentVersion(now.Key, now.Version, before.State));
                }
            }
        );
        return new BulkResult(action, [.. changed], items.Count - changed.Count);
    }

    /// <summary>How the audit names somebody who decides here.</summary>
    internal static string AuditName(Person who) => $"{who.Name} in the admin area";

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
            ModeratorAction.Undo when version.Back is { } back and not CommentState.Waiting => back,
            ModeratorAction.Restore
                when (await comments.AuditAsync(version.Comment, cancellationToken)).LastOrDefault(entry =>
                    entry.From != entry.To
                )
                    is { From: var before and not CommentState.Waiting } => before,
            _ => CommentState.Held,
        };
}
