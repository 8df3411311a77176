using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Who signed in how. An author's partition holds <c>session:{id}</c>, <c>used:{id}</c> for each link that was used, and <c>asked</c>, the links of the last hour.
/// </summary>
public sealed class SignInTable(BlogStorage storage)
{
    /// <summary>The most links that an author is sent in an hour.</summary>
    public const int MaxLinks = 5;

    private const string Asked = "asked";
    private const string Sessions = "session:";
    private const string Used = "used:";

    private readonly TableClient _table = storage.Table(StorageNames.DeskTable);

    /// <summary>Counts a wish of an author. False when there were too many in the hour before it; the same wish again is counted once.</summary>
    public async Task<bool> CountAsync(string author, SignInRequest request, CancellationToken cancellationToken)
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
            var before = (read?.Value ?? [])
                .Where(other => other.Asked > request.Asked - TimeSpan.FromHours(1))
                .ToList();
            if (before.Any(other => other.Id == request.Id) || before.Count >= MaxLinks)
            {
                return before.Any(other => other.Id == request.Id);
            }

            IReadOnlyList<SignInRequest> now = [.. before, request with { Mail = "" }];
            if (
                await Row.TryWriteAsync(
                    _table,
                    Row.Create(author, Asked, now, SignInJson.Default.IReadOnlyListSignInRequest),
                    read?.Version,
                    cancellationToken
                )
            )
            {
                return true;
            }
        }
    }

    /// <summary>Uses a link up. False when it was used before.</summary>
    public Task<bool> UseAsync(string author, SignInLink link, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(
            _table,
            Row.Create(author, Used + link.Id, new AdminSession(link.Id, link.Until), SignInJson.Default.AdminSession),
            readVersion: null,
            cancellationToken
        );

    /// <summary>Keeps a session, and throws away what has expired of the author's others.</summary>
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
        await foreach (var row in Row.RangeAsync(_table, author, Sessions, Used + "~", int.MaxValue, cancellationToken))
        {
            if (Row.Read(row, SignInJson.Default.AdminSession).Until < now)
            {
                await _table.DeleteEntityAsync(author, row.RowKey, cancellationToken: cancellationToken);
            }
        }
    }

    /// <summary>Finds a session. Null when it was ended, or never was.</summary>
    public async Task<AdminSession?> FindAsync(string author, string id, CancellationToken cancellationToken) =>
        (await Row.FindAsync(_table, author, Sessions + id, SignInJson.Default.AdminSession, cancellationToken))?.Value;

    /// <summary>Ends a session.</summary>
    public Task EndAsync(string author, string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(author, Sessions + id, cancellationToken: cancellationToken);

    /// <summary>Ends all of an author's sessions.</summary>
    public async Task EndAllAsync(string author, CancellationToken cancellationToken)
    {
        await foreach (var key in Row.KeysAsync(_table, author, Sessions, Sessions + "~", cancellationToken))
        {
            await _table.DeleteEntityAsync(author, key, cancellationToken: cancellationToken);
        }
    }
}
