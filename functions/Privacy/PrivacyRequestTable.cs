using Azure.Data.Tables;

namespace ServerlessBlog.Privacy;

/// <summary>The store of privacy requests: partition <c>privacy</c> of the table of letters.</summary>
public sealed class PrivacyRequestTable(BlogStorage storage)
{
    private const string Partition = "privacy";

    private readonly TableClient _table = storage.Table(StorageNames.LetterTable);

    /// <summary>Finds a request; null when there is none.</summary>
    public async Task<PrivacyRequest?> FindAsync(string id, CancellationToken cancellationToken) =>
        (await Row.FindAsync(_table, Partition, id, PrivacyJson.Default.PrivacyRequest, cancellationToken))?.Value;

    /// <summary>Adds a request.</summary>
    public Task AddAsync(PrivacyRequest request, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(
            _table,
            Row.Create(Partition, request.Id, request, PrivacyJson.Default.PrivacyRequest),
            readVersion: null,
            cancellationToken
        );

    /// <summary>Deletes a request. Idempotent.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Partition, id, cancellationToken: cancellationToken);

    /// <summary>Reads all requests; there are those of a day or two.</summary>
    public IAsyncEnumerable<PrivacyRequest> ReadAsync(CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(_table, Partition, "", "~", int.MaxValue, cancellationToken)
            .Select(row => Row.Read(row, PrivacyJson.Default.PrivacyRequest));
}
