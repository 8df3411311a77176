using Azure.Data.Tables;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>
/// The store of mailings: partition <c>mailings</c>, by key. The partition <c>again:{key}</c> has the ids of recipients
/// whom the mail server could not take for the moment.
/// </summary>
public sealed class MailingTable(BlogStorage storage)
{
    private const string Mailings = "mailings";

    private readonly TableClient _table = storage.Table(StorageNames.LetterTable);

    /// <summary>Finds a mailing; null when there is none.</summary>
    public Task<Versioned<Mailing>?> FindAsync(string key, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, Mailings, key, MailingJson.Default.Mailing, cancellationToken);

    /// <summary>Adds a mailing. Returns false when there is one with its key.</summary>
    public async Task<bool> AddAsync(Mailing mailing, CancellationToken cancellationToken) =>
        await Row.TryWriteAsync(_table, ToRow(mailing), readVersion: null, cancellationToken);

    /// <summary>
    /// Replaces a mailing unless it has changed since it was read. Returns it with its new version; null when it has
    /// changed.
    /// </summary>
    public async Task<Versioned<Mailing>?> ReplaceAsync(
        Versioned<Mailing> read,
        Mailing mailing,
        CancellationToken cancellationToken
    ) =>
        await Row.TrySubmitAsync(_table, [Row.Write(ToRow(mailing), read.Version)], cancellationToken) is { } version
            ? new Versioned<Mailing>(mailing, version)
            : null;

    /// <summary>Reads all mailings, for the admin area and the hourly check.</summary>
    public IAsyncEnumerable<Mailing> ReadAsync(CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(_table, Mailings, "", "~", int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, MailingJson.Default.Mailing));

    /// <summary>Notes that a recipient is to be tried again. Idempotent.</summary>
    public Task PostponeAsync(string key, string recipient, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            new TableEntity(AgainPartition(key), recipient),
            TableUpdateMode.Replace,
            cancellationToken
        );

    /// <summary>Reads the recipients who are to be tried again.</summary>
    public async Task<IReadOnlyList<string>> ReadPostponedAsync(string key, CancellationToken cancellationToken) =>
        await RowRange
            .ReadKeysAsync(_table, AgainPartition(key), "", "~", cancellationToken)
            .ToListAsync(cancellationToken);

    /// <summary>Removes a recipient who is not to be tried again. Idempotent.</summary>
    public Task RemovePostponedAsync(string key, string recipient, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(AgainPartition(key), recipient, cancellationToken: cancellationToken);

    private static string AgainPartition(string key) => $"again:{key}";

    private static TableEntity ToRow(Mailing mailing) =>
        Row.Create(Mailings, mailing.Key, mailing, MailingJson.Default.Mailing);
}
