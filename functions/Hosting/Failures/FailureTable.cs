using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>
/// Why messages failed: the Functions host keeps only the message. A row for each message that failed when it was tried last, by queue and a hash
/// of its text, so that it is found again from the poison queue.
/// </summary>
public sealed class FailureTable(BlogStorage storage, TimeProvider clock)
{
    /// <summary>How many tries are kept: the last ones.</summary>
    public const int MaxTries = 20;

    /// <summary>How many characters of a reason are kept: the first ones.</summary>
    public const int MaxReason = 1000;

    private readonly TableClient _table = storage.Table(StorageNames.FailureTable);

    /// <summary>Notes what went wrong with a message, or that it is tried again.</summary>
    /// <exception cref="RequestFailedException">Storage refused or was not reached; it may have been noted.</exception>
    public async Task NoteAsync(string queue, string message, string reason, CancellationToken cancellationToken)
    {
        var entry = new FailedAttempt(clock.GetUtcNow(), reason.Length > MaxReason ? reason[..MaxReason] : reason);
        while (true)
        {
            var read = await ReadAsync(queue, message, cancellationToken);
            IReadOnlyList<FailedAttempt> tries = [.. (read?.Value ?? []).TakeLast(MaxTries - 1), entry];
            if (
                await Row.TryWriteAsync(
                    _table,
                    Row.Create(queue, KeyOf(message), tries, HostingJson.Default.IReadOnlyListFailedAttempt),
                    read?.Version,
                    cancellationToken
                )
            )
            {
                return;
            }
        }
    }

    /// <summary>What went wrong with a message, oldest first; empty when nothing is known.</summary>
    public async Task<IReadOnlyList<FailedAttempt>> HistoryAsync(
        string queue,
        string message,
        CancellationToken cancellationToken
    ) => (await ReadAsync(queue, message, cancellationToken))?.Value ?? [];

    /// <summary>Forgets a message that has gone well after all.</summary>
    public Task ForgetAsync(string queue, string message, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(queue, KeyOf(message), ETag.All, cancellationToken);

    private Task<Versioned<IReadOnlyList<FailedAttempt>>?> ReadAsync(
        string queue,
        string message,
        CancellationToken cancellationToken
    ) =>
        Row.FindAsync(_table, queue, KeyOf(message), HostingJson.Default.IReadOnlyListFailedAttempt, cancellationToken);

    private static string KeyOf(string message) => ShortHash.Hash(message);
}
