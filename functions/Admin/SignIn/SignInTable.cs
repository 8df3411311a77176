using Azure.Data.Tables;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Sessions and sign-in links. The PartitionKey is the author's id. RowKeys: <c>session:{id}</c>; <c>used:{id}</c> for
/// each link that was used; <c>asked</c>, the requests of the last hour.
/// </summary>
public sealed class SignInTable(BlogStorage storage)
{
    /// <summary>Maximum number of links that an author is sent per hour.</summary>
    public const int MaxLinks = 5;

    /// <summary>Maximum number of sessions that are listed.</summary>
    public const int MaxListed = 1000;

    private const string Asked = "asked";
    private const string Sessions = "session:";
    private const string Used = "used:";

    private readonly TableClient _table = storage.Table(StorageNames.AdminTable);

    /// <summary>
    /// Counts a request. False when the author has reached <see cref="MaxLinks"/> in the hour before it. Idempotent: a
    /// request with the same id is counted once.
    /// </summary>
    /// <param name="author">Id of the author.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels the calls to storage.</param>
    public async Task<bool> TryCountAsync(string author, SignInRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await Row.FindAsync(
                _table,
                author,
                Asked,
                SignInJson.Default.IReadOnlyListSignInRequest,
                cancellationToken
            );
            var counted = (read?.Value ?? [])
                .Where(other => other.Asked > request.Asked - TimeSpan.FromHours(1))
                .ToList();
            if (counted.Any(other => other.Id == request.Id) || counted.Count >= MaxLinks)
            {
                return counted.Any(other => other.Id == request.Id);
            }

            IReadOnlyList<SignInRequest> requests = [.. counted, request with { Mail = "", Address = "" }];
            if (
                await Row.TryWriteAsync(
                    _table,
                    Row.Create(author, Asked, requests, SignInJson.Default.IReadOnlyListSignInRequest),
                    read?.Version,
                    cancellationToken
                )
            )
            {
                return true;
            }
        }
    }

    /// <summary>Marks a link as used. False when it was used before.</summary>
    public Task<bool> TryUseAsync(SignInLink link, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(
            _table,
            Row.Create(
                Moderators.ComputeId(link.Author),
                Used + link.Id,
                new AdminSession(link.Id, link.Until),
                SignInJson.Default.AdminSession
            ),
            readVersion: null,
            cancellationToken
        );

    /// <summary>Adds a session, and deletes expired sessions and used links of the author.</summary>
    public async Task AddAsync(
        string author,
        AdminSession session,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await _table.UpsertEntityAsync(
            Row.Create(author, Sessions + session.Id, session, SignInJson.Default.AdminSession),
            TableUpdateMode.Replace,
            cancellationToken
        );
        await foreach (
            var row in RowRange.ReadAsync(_table, author, Sessions, Used + "~", int.MaxValue, cancellationToken)
        )
        {
            if (Row.Read(row, SignInJson.Default.AdminSession).Until < now)
            {
                await _table.DeleteEntityAsync(author, row.RowKey, cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Finds a session. Null when it does not exist or was ended.</summary>
    public Task<Versioned<AdminSession>?> FindAsync(string author, string id, CancellationToken cancellationToken) =>
        Row.FindAsync(_table, author, Sessions + id, SignInJson.Default.AdminSession, cancellationToken);

    /// <summary>
    /// Notes when a session was used last, unless it was ended or another request has noted it meanwhile.
    /// </summary>
    public Task NoteUseAsync(
        string author,
        Versioned<AdminSession> session,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var used = session.Value with { LastUsed = now };
        var row = Row.Create(author, Sessions + used.Id, used, SignInJson.Default.AdminSession);
        return Row.TryWriteAsync(_table, row, session.Version, cancellationToken);
    }

    /// <summary>Lists the sessions of an author, expired ones too, at most <see cref="MaxListed"/>.</summary>
    public async Task<IReadOnlyList<AdminSession>> ListAsync(string author, CancellationToken cancellationToken) =>
        await RowRange
            .ReadAsync(_table, author, Sessions, Sessions + "~", MaxListed, cancellationToken)
            .Select(row => Row.Read(row, SignInJson.Default.AdminSession))
            .ToListAsync(cancellationToken);

    /// <summary>Ends a session. Does nothing when it does not exist.</summary>
    public Task EndAsync(string author, string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(author, Sessions + id, cancellationToken: cancellationToken);

    /// <summary>Ends all sessions of an author.</summary>
    public async Task EndAllAsync(string author, CancellationToken cancellationToken)
    {
        await foreach (var key in RowRange.ReadKeysAsync(_table, author, Sessions, Sessions + "~", cancellationToken))
        {
            await _table.DeleteEntityAsync(author, key, cancellationToken: cancellationToken);
        }
    }
}
