using Azure.Data.Tables;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Passkeys. The PartitionKey is the author's id, the RowKey <c>passkey:{hash of the credential's id}</c>: an id may
/// have 1,023 bytes, which is too long for a key.
/// </summary>
public sealed class PasskeyTable(BlogStorage storage)
{
    /// <summary>Maximum number of passkeys of an author.</summary>
    public const int MaxPasskeys = 20;

    private const string Prefix = "passkey:";

    private readonly TableClient _table = storage.Table(StorageNames.AdminTable);

    /// <summary>Lists the passkeys of an author, at most <see cref="MaxPasskeys"/>.</summary>
    public async Task<IReadOnlyList<Passkey>> ListAsync(string author, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(_table, author, Prefix, Prefix + "~", MaxPasskeys, cancellationToken)
            .Select(row => Row.Read(row, SignInJson.Default.Passkey))
            .ToListAsync(cancellationToken);

    /// <summary>Finds a passkey by the id of its credential. Null when the author has none such.</summary>
    public Task<Versioned<Passkey>?> FindAsync(string author, string id, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, author, KeyFor(id), SignInJson.Default.Passkey, cancellationToken);

    /// <summary>
    /// Adds a passkey, or replaces the version that was read. False when it is there already, or has changed or was
    /// removed meanwhile.
    /// </summary>
    public Task<bool> TryWriteAsync(
        string author,
        Passkey passkey,
        string? readVersion,
        CancellationToken cancellationToken
    ) =>
        Row.TryWriteAsync(
            _table,
            Row.Create(author, KeyFor(passkey.Id), passkey, SignInJson.Default.Passkey),
            readVersion,
            cancellationToken
        );

    /// <summary>Removes a passkey. Does nothing when the author has none such.</summary>
    public Task RemoveAsync(string author, string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(author, KeyFor(id), cancellationToken: cancellationToken);

    private static string KeyFor(string id) => Prefix + ShortHash.Hash(id);
}
