using Azure.Data.Tables;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// The actions of a transaction, within what the service takes: 100 actions, each on another row, and 4 MiB
/// (https://learn.microsoft.com/rest/api/storageservices/performing-entity-group-transactions). Sizes are counted as
/// they are sent, with room for the headers of each action.
/// </summary>
internal sealed class TransactionBatch
{
    /// <summary>The maximum number of actions.</summary>
    public const int MaxActions = 100;

    private const long MaxBytes = 3_500_000;
    private const int BytesOfHeaders = 1_000;

    private readonly OrderedDictionary<string, TableTransactionAction> _actions = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Whether nothing was added.</summary>
    public bool IsEmpty => _actions.Count == 0;

    /// <summary>The actions, each on another row.</summary>
    public IEnumerable<TableTransactionAction> Actions => _actions.Values;

    /// <summary>
    /// Adds actions, all or none. Of two on the same row the later one is kept. Returns false when they do not fit.
    /// </summary>
    /// <param name="actions">The actions.</param>
    /// <param name="reserved">The number of actions to keep room for.</param>
    public bool TryAdd(IReadOnlyCollection<TableTransactionAction> actions, int reserved = 0)
    {
        var added = actions.Count(action => !_actions.ContainsKey(action.Entity.RowKey));
        var bytes = actions.Sum(SizeOf);
        if (_actions.Count + added + reserved > MaxActions || _bytes + bytes > MaxBytes)
        {
            return false;
        }

        _bytes += bytes;
        foreach (var action in actions)
        {
            _actions[action.Entity.RowKey] = action;
        }

        return true;
    }

    private static long SizeOf(TableTransactionAction action) =>
        BytesOfHeaders
        + ((TableEntity)action.Entity)
            .Select(property => property.Value)
            .OfType<string>()
            .Sum(text => (long)JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length);
}
