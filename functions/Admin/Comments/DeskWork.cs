using System.Collections.Concurrent;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.Comments;

/// <summary>Does what a moderator wants done with comments, however many.</summary>
public sealed class DeskWork(CommentTable comments, CommentModeration moderation)
{
    /// <summary>The most comments of one act.</summary>
    public const int MaxItems = 100;

    private const int AtOnce = 8;

    /// <summary>Does it to each that is still as the moderator saw it.</summary>
    /// <param name="act">What.</param>
    /// <param name="items">To which; those beyond <see cref="MaxItems"/> are left.</param>
    /// <param name="who">Goes into the audit.</param>
    /// <param name="cancellationToken">The moderator has gone; some are done, some not.</param>
    public async Task<DeskDone> DoAsync(DeskAct act, IReadOnlyList<DeskItem> items, Person who, CancellationToken cancellationToken)
    {
        var changed = new ConcurrentBag<DeskItem>();
        await Parallel.ForEachAsync(
            items.Take(MaxItems),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (item, stop) =>
            {
                var state = await StateAfterAsync(act, item, stop);
                var ruling = await moderation.RuleAsync(item.Comment, state, AtDesk(who), stop, item.Version, restorable: state == CommentState.Trash);
                if (ruling is { Before: { } before, Now: var now })
                {
                    changed.Add(new DeskItem(now.Key, now.Version, before.State));
                }
            });
        return new DeskDone(act, [.. changed], items.Count - changed.Count);
    }

    /// <summary>How the audit names somebody who decides here.</summary>
    internal static string AtDesk(Person who) => $"{who.Name} at the desk";

    private async Task<CommentState> StateAfterAsync(DeskAct act, DeskItem item, CancellationToken cancellationToken) => act switch
    {
        DeskAct.Approve => CommentState.Approved,
        DeskAct.Spam => CommentState.Spam,
        DeskAct.Trash => CommentState.Trash,
        DeskAct.Undo when item.Back is { } back and not CommentState.Waiting => back,
        DeskAct.Restore when (await comments.AuditAsync(item.Comment, cancellationToken)).LastOrDefault(entry => entry.From != entry.To) is { From: var before and not CommentState.Waiting } => before,
        _ => CommentState.Held,
    };
}
