using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Finds rows in lists, claims on addresses and records of addresses that are not as the rows of their posts say. Reads
/// both tables once, and holds a fingerprint of each row.
/// </summary>
internal sealed class DeviatingPostRows(BlogStorage storage, PostTable posts, AddressTable addresses)
{
    /// <summary>The beginnings of the keys of rows that are derived from a post's own row.</summary>
    private static readonly string[] Derived =
    [
        "list:",
        "old:",
        "pin:",
        "tag:",
        "author:",
        "series:",
        "translation:",
        "page:",
        "due:",
        "text:",
        "name:",
        "status:",
    ];

    private readonly TableClient _table = storage.Table(StorageNames.PostTable);

    private readonly Dictionary<string, (ETag Version, string Fingerprint)> _stored = new(StringComparer.Ordinal);
    private readonly List<Post> _posts = [];

    /// <summary>The posts, after <see cref="FindAsync"/>.</summary>
    public IReadOnlyList<Post> Posts => _posts;

    /// <summary>Finds what deviates.</summary>
    public async IAsyncEnumerable<Deviation> FindAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        var expected = new HashSet<string>(StringComparer.Ordinal);
        foreach (var post in _posts)
        {
            var wrong = WrongRowsOf(post, expected);
            if (wrong.Count > 0)
            {
                yield return new Deviation(
                    post.Source,
                    $"{wrong.Count} of its rows are missing or not as it is now: {Kinds(wrong)}",
                    stop => MendAsync(post.Id, stop)
                );
            }
        }

        foreach (var (key, row) in _stored.Where(row => IsDerived(row.Key) && !expected.Contains(row.Key)))
        {
            yield return new Deviation($"row {key}", "it belongs to no post", stop =>
                DeleteAsync(key, row.Version, stop)
            );
        }

        await foreach (var deviation in FindAddressesAsync(cancellationToken))
        {
            yield return deviation;
        }
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (
            var row in RowRange.ReadAsync(_table, PostRows.Partition, "", "~", int.MaxValue, cancellationToken)
        )
        {
            if (row.RowKey.StartsWith("post:", StringComparison.Ordinal))
            {
                _posts.Add(Row.Read(row, PostJson.Default.Post));
            }
            else if (IsDerived(row.RowKey) || row.RowKey.StartsWith("path:", StringComparison.Ordinal))
            {
                _stored.Add(row.RowKey, (row.ETag, FingerprintOf(row)));
            }
        }
    }

    private List<TableEntity> WrongRowsOf(Post post, HashSet<string> expected)
    {
        var wrong = new List<TableEntity>();
        foreach (var row in PostRows.DerivedRows(post))
        {
            expected.Add(row.RowKey);
            if (!_stored.TryGetValue(row.RowKey, out var stored) || stored.Fingerprint != FingerprintOf(row))
            {
                wrong.Add(row);
            }
        }

        wrong.AddRange(PostRows.ClaimsOf(post).Where(claim => !_stored.ContainsKey(claim.RowKey)));
        return wrong;
    }

    /// <summary>
    /// The data of a row as this version writes it, or the name that a row without data holds. Earlier versions left
    /// out fields, which then have no effect.
    /// </summary>
    private static string FingerprintOf(TableEntity row) =>
        row.GetString("Data") is null
            ? row.GetString("Post") ?? row.GetString("Source") ?? ""
            : JsonSerializer.Serialize(Row.Read(row, PostJson.Default.ListedPost), PostJson.Default.ListedPost);

    private static bool IsDerived(string key) =>
        Derived.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    private static string Kinds(IEnumerable<TableEntity> rows) =>
        string.Join(", ", rows.Select(row => row.RowKey.Split(':')[0]).Distinct());

    /// <summary>
    /// Writes the rows of a post as it is now. False when it was changed meanwhile, or an address has gone to another.
    /// </summary>
    private async Task<bool> MendAsync(PostId id, CancellationToken cancellationToken)
    {
        if (await posts.FindForWriteAsync(id, cancellationToken) is not { Value: var post, Version: var version })
        {
            return false;
        }

        var claims = PostRows.ClaimsOf(post).Where(claim => !_stored.ContainsKey(claim.RowKey));
        return await Row.TryTransactionAsync(
            _table,
            [
                Row.Write(PostTable.RowOf(post), version),
                PostRows.NoteChange(id),
                .. claims.Select(claim => Row.Write(claim, readVersion: null)),
                .. PostRows
                    .DerivedRows(post)
                    .Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
            ],
            cancellationToken
        );
    }

    private async Task<bool> DeleteAsync(string key, ETag version, CancellationToken cancellationToken) =>
        await Row.TryTransactionAsync(
            _table,
            [new(TableTransactionActionType.Delete, new TableEntity(PostRows.Partition, key), version)],
            cancellationToken
        );

    private async IAsyncEnumerable<Deviation> FindAddressesAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var records = await addresses
            .ReadAllAsync(cancellationToken)
            .ToDictionaryAsync(record => record.Hash, record => record.Address, cancellationToken: cancellationToken);
        foreach (var post in _posts.Where(post => post.WasPublic))
        {
            foreach (var path in post.HeldPaths.Concat(post.FormerPaths).Where(path => IsHolder(post, path)))
            {
                var record = records.GetValueOrDefault(ShortHash.Hash(path.Key));
                if (!IsRecordOf(record, post, path))
                {
                    yield return new Deviation(
                        path.Text,
                        record is null
                            ? $"the address of {post.Source} leads nowhere"
                            : $"the address of {post.Source} does not lead to it as it is now",
                        stop => ReconcileAsync(path, stop)
                    );
                }
            }
        }
    }

    private static bool IsRecordOf(Address? record, Post post, SitePath path) =>
        record?.Post == post.Id
        && record.Kind switch
        {
            AddressKind.Gone => post.State == PostState.Withdrawn,
            AddressKind.Post => post.State == PostState.Published
                && path.Key == post.Path.Key
                && record.Path.Text == post.Path.Text,
            _ => post.State == PostState.Published && path.Key != post.Path.Key && record.Path.Text == post.Path.Text,
        };

    /// <summary>Whether a post is the last one that claimed a path.</summary>
    private bool IsHolder(Post post, SitePath path) =>
        _stored.TryGetValue(PostRows.KeyFor(path), out var claim) && claim.Fingerprint == post.Id.ToString();

    private async Task<bool> ReconcileAsync(SitePath path, CancellationToken cancellationToken)
    {
        await addresses.ReconcileAsync(path, stop => posts.ResolveAddressAsync(path, stop), cancellationToken);
        return true;
    }
}
