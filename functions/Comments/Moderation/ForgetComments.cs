using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>Once a day: deletes for good what has been spam, or in the trash, for as long as the owner keeps it. What waits for a decision is kept until somebody decides.</summary>
public sealed class ForgetComments(
    CommentTable comments,
    CommentLists lists,
    CommentModeration moderation,
    BlogSettings settings,
    TimeProvider clock
)
{
    private static readonly CommentState[] Kept = [CommentState.Spam, CommentState.Trash];

    /// <param name="timer">The host's clock.</param>
    /// <param name="cancellationToken">Stops the work; what is left is done the next day.</param>
    [Function(nameof(ForgetComments))]
    public async Task RunAsync([TimerTrigger("0 20 0 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        if (settings.Comments.KeepDays == 0)
        {
            return;
        }

        var before = clock.GetUtcNow().AddDays(-settings.Comments.KeepDays);
        foreach (var state in Kept)
        {
            foreach (var entry in await lists.BeforeAsync(state, before, cancellationToken))
            {
                await ForgetAsync(state, entry, cancellationToken);
            }
        }
    }

    /// <summary>A place whose comment has gone elsewhere is left to the desk, which puts lists right.</summary>
    private async Task ForgetAsync(CommentState state, StateListEntry entry, CancellationToken cancellationToken)
    {
        if (await comments.FindPatientlyAsync(entry.Comment, cancellationToken) is { } read)
        {
            if (!CommentLists.IsAt(state, entry, read.Value))
            {
                return;
            }

            await moderation.ForgetAsync(read.Value, read.Value.Decisions, cancellationToken);
            if (!await comments.DeleteAsync(read, cancellationToken))
            {
                return;
            }
        }

        await lists.RemoveAsync(state, entry.Place, cancellationToken);
    }
}
