using ServerlessBlog.Comments.Storage;

namespace ServerlessBlog.Comments.Moderation;

/// <summary>
/// Waits a moment for the rules' verdict about a comment that was just stored, so that its writer reads the outcome at
/// once. Thread-safe.
/// </summary>
public sealed class VerdictWaiter(
    CommentTable comments,
    VerdictWaitTimes times,
    StorageCircuit circuit,
    TimeProvider clock
)
{
    /// <summary>
    /// Maximum number of requests that wait at the same time: 16. When more comments come at once, the verdicts take
    /// longer than anybody waits, and reading rows would only slow them down.
    /// </summary>
    private const int MaxWaiting = 16;

    private int _waiting;

    /// <summary>
    /// Reads the comment until the rules have judged it and its revision, at most once for each of
    /// <see cref="VerdictWaitTimes.Pauses"/>. Returns the comment as last read; the given one when nothing is to be
    /// waited for, or storage fails.
    /// </summary>
    public async Task<Comment> WaitAsync(Comment comment, CancellationToken cancellationToken)
    {
        if (!IsWaiting(comment))
        {
            return comment;
        }

        try
        {
            return Interlocked.Increment(ref _waiting) <= MaxWaiting
                ? await PollAsync(comment, cancellationToken)
                : comment;
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem); // the comment is stored: its receipt says that it is being checked
            return comment;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<Comment> PollAsync(Comment comment, CancellationToken cancellationToken)
    {
        foreach (var pause in times.Pauses)
        {
            await Task.Delay(pause, clock, cancellationToken);
            comment = (await comments.FindAsync(comment.Key, cancellationToken))?.Value ?? comment;
            if (!IsWaiting(comment))
            {
                break;
            }
        }

        return comment;
    }

    private static bool IsWaiting(Comment comment) =>
        comment is { State: CommentState.Waiting } or { NewText: not null, IsWithdrawn: false };
}

/// <summary>How long a request waits for a verdict.</summary>
/// <param name="Pauses">The pauses before each read of the comment; empty not to wait.</param>
public sealed record VerdictWaitTimes(IReadOnlyList<TimeSpan> Pauses)
{
    /// <summary>Five reads within 700 ms; on an instance that runs, the first or second finds the verdict.</summary>
    public static VerdictWaitTimes Default { get; } =
        new([.. new[] { 50, 100, 150, 200, 200 }.Select(pause => TimeSpan.FromMilliseconds(pause))]);

    /// <summary>No wait.</summary>
    public static VerdictWaitTimes None { get; } = new([]);
}
