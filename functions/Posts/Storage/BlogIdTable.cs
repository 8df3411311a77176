using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// The random id of the blog, which makes ids in its feeds unique among all blogs. It is created when it is first asked
/// for, and never changes. Thread-safe.
/// </summary>
public sealed class BlogIdTable(BlogStorage storage)
{
    private const string Partition = "site";
    private const string Key = "id";
    private const string Property = "Id";

    private readonly TableClient _forReaders = storage.TableForReaders(StorageNames.PostTable);
    private readonly TableClient _table = storage.Table(StorageNames.PostTable);
    private Guid? _id;

    /// <summary>Returns the id, after the first call from memory.</summary>
    /// <exception cref="RequestFailedException">Storage refused or did not respond.</exception>
    public async ValueTask<Guid> GetAsync(CancellationToken cancellationToken) =>
        _id ??= await FindAsync(cancellationToken) ?? await CreateAsync(cancellationToken);

    private async Task<Guid?> FindAsync(CancellationToken cancellationToken)
    {
        var row = await _forReaders.GetEntityIfExistsAsync<TableEntity>(
            Partition,
            Key,
            cancellationToken: cancellationToken
        );
        return row.HasValue ? row.Value!.GetGuid(Property) : null;
    }

    /// <summary>Of two instances that create the id at once, both return that of the first.</summary>
    private async Task<Guid> CreateAsync(CancellationToken cancellationToken)
    {
        var row = new TableEntity(Partition, Key) { [Property] = Guid.NewGuid() };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken);
            return row.GetGuid(Property)!.Value;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return (await FindAsync(cancellationToken))!.Value;
        }
    }
}
