using Azure.Data.Tables;

namespace ServerlessBlog.Letters;

/// <summary>
/// The store of recipients: partition <c>recipients</c>, by id. The partition <c>addresses</c> has the id of each
/// address by its key (<see cref="AddressKey"/>), <c>suppressed</c> the keys of addresses that want no more letters,
/// and <c>keys</c> the secret of the keys.
/// </summary>
public sealed class RecipientTable(BlogStorage storage, TimeProvider clock)
{
    private const string Recipients = "recipients";
    private const string Addresses = "addresses";
    private const string Suppressed = "suppressed";
    private const string Keys = "keys";
    private const string AddressSecret = "addresses";
    private const string IdProperty = "Id";
    private const string TimeProperty = "Time";
    private const int MaxBatch = 100;

    private readonly TableClient _table = storage.Table(StorageNames.LetterTable);
    private byte[]? _secret;

    /// <summary>Finds a recipient; null when there is none with this id.</summary>
    public Task<Versioned<Recipient>?> FindAsync(string id, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, Recipients, id, LetterJson.Default.Recipient, cancellationToken);

    /// <summary>Finds the recipient with this address; null when there is none.</summary>
    public async Task<Versioned<Recipient>?> FindByMailAsync(string mail, CancellationToken cancellationToken) =>
        await FindIdAsync(await KeyOfAsync(mail, cancellationToken), cancellationToken) is { } id
            ? await FindAsync(id, cancellationToken)
            : null;

    /// <summary>
    /// Finds the recipient with this address, or adds one who has confirmed nothing. Null when the address wants no
    /// letters.
    /// </summary>
    public async Task<Versioned<Recipient>?> GetOrAddAsync(string mail, CancellationToken cancellationToken)
    {
        var key = await KeyOfAsync(mail, cancellationToken);
        if (await IsKeySuppressedAsync(key, cancellationToken))
        {
            return null;
        }

        while (true)
        {
            if (await FindIdAsync(key, cancellationToken) is { } id)
            {
                if (await FindAsync(id, cancellationToken) is { } found)
                {
                    return found;
                }

                // Its recipient was being deleted.
                await _table.DeleteEntityAsync(Addresses, key, cancellationToken: cancellationToken);
            }

            // First the recipient: an id of none would never be looked up again. One that is left over after a crash
            // or a race is unconfirmed, and such are deleted.
            var added = Recipient.Create(mail, clock.GetUtcNow());
            await WriteAsync(added, readVersion: null, cancellationToken);
            var address = new TableEntity(Addresses, key) { [IdProperty] = added.Id };
            if (await Row.TryWriteAsync(_table, address, readVersion: null, cancellationToken))
            {
                return await FindAsync(added.Id, cancellationToken);
            }

            await _table.DeleteEntityAsync(Recipients, added.Id, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Replaces a recipient. Returns false when it has changed since it was read: read it again.</summary>
    public Task<bool> ReplaceAsync(
        Versioned<Recipient> read,
        Recipient recipient,
        CancellationToken cancellationToken
    ) => WriteAsync(recipient, read.Version, cancellationToken);

    /// <summary>
    /// Changes a recipient, however often somebody else changes it meanwhile. Returns null when it is gone, or
    /// <paramref name="change"/> does.
    /// </summary>
    public async Task<Recipient?> ChangeAsync(
        string id,
        Func<Recipient, Recipient?> change,
        CancellationToken cancellationToken
    )
    {
        while (await FindAsync(id, cancellationToken) is { } read)
        {
            if (change(read.Value) is not { } changed)
            {
                return null;
            }

            if (changed == read.Value || await ReplaceAsync(read, changed, cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Deletes a recipient with their address. Idempotent.</summary>
    public async Task DeleteAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        var key = await KeyOfAsync(recipient.Mail, cancellationToken);
        if (await FindIdAsync(key, cancellationToken) == recipient.Id)
        {
            await _table.DeleteEntityAsync(Addresses, key, cancellationToken: cancellationToken);
        }

        await _table.DeleteEntityAsync(Recipients, recipient.Id, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Deletes a recipient and remembers that nothing is to be sent to the address: by its key, which does not tell it.
    /// </summary>
    public async Task SuppressAsync(Recipient recipient, CancellationToken cancellationToken)
    {
        var key = await KeyOfAsync(recipient.Mail, cancellationToken);
        var row = new TableEntity(Suppressed, key) { [TimeProperty] = clock.GetUtcNow() };
        await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
        await DeleteAsync(recipient, cancellationToken);
    }

    /// <summary>Whether the address wants no letters.</summary>
    public async Task<bool> IsSuppressedAsync(string mail, CancellationToken cancellationToken) =>
        await IsKeySuppressedAsync(await KeyOfAsync(mail, cancellationToken), cancellationToken);

    /// <summary>Forgets that the address wants no letters. Idempotent.</summary>
    public async Task LiftSuppressionAsync(string mail, CancellationToken cancellationToken) =>
        await _table.DeleteEntityAsync(
            Suppressed,
            await KeyOfAsync(mail, cancellationToken),
            cancellationToken: cancellationToken
        );

    /// <summary>
    /// Adds recipients whose addresses have none, in batches. Returns those that were not added, since somebody else
    /// added one of their batch meanwhile.
    /// </summary>
    public async Task<IReadOnlyList<Recipient>> AddAllAsync(
        IEnumerable<Recipient> recipients,
        CancellationToken cancellationToken
    )
    {
        var left = new List<Recipient>();
        foreach (var batch in recipients.Chunk(MaxBatch))
        {
            // First the recipients, as in GetOrAddAsync.
            var rows = batch.Select(one => Row.Write(ToRow(one), readVersion: null));
            await Row.TryTransactionAsync(_table, [.. rows], cancellationToken);
            var addresses = new List<TableTransactionAction>();
            foreach (var recipient in batch)
            {
                var key = await KeyOfAsync(recipient.Mail, cancellationToken);
                addresses.Add(
                    Row.Write(new TableEntity(Addresses, key) { [IdProperty] = recipient.Id }, readVersion: null)
                );
            }

            if (!await Row.TryTransactionAsync(_table, addresses, cancellationToken))
            {
                left.AddRange(batch);
                foreach (var recipient in batch)
                {
                    await _table.DeleteEntityAsync(Recipients, recipient.Id, cancellationToken: cancellationToken);
                }
            }
        }

        return left;
    }

    /// <summary>Tells apart addresses that have a recipient, that want no letters, and all others.</summary>
    public async Task<AddressLookup> ReadAddressesAsync(CancellationToken cancellationToken)
    {
        var secret = await ReadSecretAsync(cancellationToken);
        return new AddressLookup(
            mail => AddressKey.Create(secret, mail),
            await RowRange
                .ReadColumnAsync(_table, Addresses, "", "~", IdProperty, cancellationToken)
                .ToDictionaryAsync(row => row.Key, row => row.Value ?? "", cancellationToken: cancellationToken),
            await RowRange
                .ReadKeysAsync(_table, Suppressed, "", "~", cancellationToken)
                .ToHashSetAsync(cancellationToken: cancellationToken)
        );
    }

    /// <summary>Reads all recipients in the order of their ids, the oldest first.</summary>
    /// <param name="after">The id after which to begin; empty for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<Versioned<Recipient>> ReadAsync(string after, CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(_table, Recipients, after, "~", int.MaxValue, cancellationToken)
            .Where(row => string.CompareOrdinal(row.RowKey, after) > 0)
            .Select(row => new Versioned<Recipient>(Row.Read(row, LetterJson.Default.Recipient), row.ETag.ToString()));

    private Task<bool> WriteAsync(Recipient recipient, string? readVersion, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(_table, ToRow(recipient), readVersion, cancellationToken);

    private static TableEntity ToRow(Recipient recipient) =>
        Row.Create(Recipients, recipient.Id, recipient, LetterJson.Default.Recipient);

    private async Task<string?> FindIdAsync(string key, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(
            Addresses,
            key,
            cancellationToken: cancellationToken
        );
        return found.HasValue ? found.Value!.GetString(IdProperty) : null;
    }

    private async Task<bool> IsKeySuppressedAsync(string key, CancellationToken cancellationToken) =>
        (
            await _table.GetEntityIfExistsAsync<TableEntity>(Suppressed, key, cancellationToken: cancellationToken)
        ).HasValue;

    private async Task<string> KeyOfAsync(string mail, CancellationToken cancellationToken) =>
        AddressKey.Create(await ReadSecretAsync(cancellationToken), mail);

    private async Task<byte[]> ReadSecretAsync(CancellationToken cancellationToken) =>
        _secret ??= await Row.GetOrCreateKeyAsync(_table, Keys, AddressSecret, cancellationToken);
}
