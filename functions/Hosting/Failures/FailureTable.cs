using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>
/// Records why queue messages failed, because the Functions host keeps only the message. One row per message whose last
/// attempt failed: the partition is the queue, the key a hash of the message text, so that the row can be found from a
/// message in the poison queue.
/// </summary>
public sealed class FailureTable(BlogStorage storage, TimeProvider clock)
{
    /// <summary>The maximum number of attempts kept per message; the latest are kept.</summary>
    public const int MaxAttempts = 20;

    /// <summary>The maximum length of a reason in characters; longer ones are cut.</summary>
    public const int MaxReason = 1000;

    private readonly TableClient _table = storage.Table(StorageNames.FailureTable);

    /// <summary>Adds a failed attempt, or the remark of a manual retry, to the history of a message.</summary>
    /// <exception cref="RequestFailedException">
    /// Storage refused or did not respond; the entry may have been written.
    /// </exception>
    public async Task AddAsync(string queue, string message, string reason, CancellationToken cancellationToken)
    {
        var entry = new FailedAttempt(clock.GetUtcNow(), reason.Length > MaxReason ? reason[..MaxReason] : reason);
        while (true)
        {
            var read = await ReadAsync(queue, message, cancellationToken);
            IReadOnlyList<FailedAttempt> attempts = [.. (read?.Value ?? []).TakeLast(MaxAttempts - 1), entry];
            if (
                await Row.TryWriteAsync(
                    _table,
                    Row.Create(queue, RowKeyFor(message), attempts, HostingJson.Default.IReadOnlyListFailedAttempt),
                    read?.Version,
                    cancellationToken
                )
            )
            {
                return;
            }
        }
    }

    /// <summary>The history of a message, oldest entry first; empty when nothing is recorded.</summary>
    public async Task<IReadOnlyList<FailedAttempt>> GetHistoryAsync(
        string queue,
        string message,
        CancellationToken cancellationToken
    ) => (await ReadAsync(queue, message, cancellationToken))?.Value ?? [];

    /// <summary>Deletes the history of a message, after a retry succeeded. Does nothing when there is none.</summary>
    public Task DeleteAsync(string queue, string message, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(queue, RowKeyFor(message), ETag.All, cancellationToken);

    private Task<Versioned<IReadOnlyList<FailedAttempt>>?> ReadAsync(
        string queue,
        string message,
        CancellationToken cancellationToken
    ) =>
        Row.FindAsync(
            _table,
            queue,
            RowKeyFor(message),
            HostingJson.Default.IReadOnlyListFailedAttempt,
            cancellationToken
        );

    private static string RowKeyFor(string message) => ShortHash.Hash(message);
}

/// <summary>An entry in the history of a message: a failed attempt or a manual retry.</summary>
/// <param name="Time">When it happened.</param>
/// <param name="Reason">The failure, or the remark of the retry; 1 to 1,000 characters.</param>
public sealed record FailedAttempt(DateTimeOffset Time, string Reason);
