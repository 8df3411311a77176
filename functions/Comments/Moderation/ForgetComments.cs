using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Daily: deletes comments that have been spam or in the trash for longer than
/// <see cref="CommentSettings.KeepDays"/>; 0 keeps them. Comments that wait for a moderator are never deleted.
/// </summary>
public sealed class ForgetComments(
    CommentTable comments,
    CommentLists lists,
    CommentRemoval removal,
    BlogSettings settings,
    TimeProvider clock
) : IDailyTask
{
    private static readonly CommentState[] DeletedStates = [CommentState.Spam, CommentState.Trash];

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.Comments.KeepDays == 0)
        {
            return;
        }

        var before = clock.GetUtcNow().AddDays(-settings.Comments.KeepDays);
        foreach (var state in DeletedStates)
        {
            foreach (var entry in await lists.ReadBeforeAsync(state, before, cancellationToken))
            {
                await DeleteAsync(state, entry, cancellationToken);
            }
        }
    }

    /// <summary>
    /// Deletes the comment of a list entry, then the entry. An entry whose comment has left the state stays: the admin
    /// area removes it when it shows the list.
    /// </summary>
    private async Task DeleteAsync(CommentState state, StateListEntry entry, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(entry.Comment, cancellationToken) is { } read)
        {
            if (!CommentLists.IsAt(state, entry, read.Value))
            {
                return;
            }

            if (!await removal.DeleteAsync(read, cancellationToken))
            {
                return;
            }
        }

        await lists.RemoveAsync(state, entry.Place, cancellationToken);
    }
}
