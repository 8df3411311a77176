using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Notifications;

/// <summary>
/// The store of notifications. Each has a partition of its own: the partition key is the id, the row key <c>notice</c>.
/// The partitions <c>unsent:</c> and <c>failed:</c>, which are no ids, have a row for each one that is neither sent nor
/// failed, and for each that failed.
/// </summary>
/// <remarks>
/// The text has a property of its own: in JSON one character may take six, and the text would not fit into one
/// property.
/// </remarks>
public sealed class NotificationTable(BlogStorage storage)
{
    private const string Key = "notice";
    private const string TextProperty = "Text";
    private const string UnsentPartition = "unsent:";
    private const string FailedPartition = "failed:";
    private const string CreatedProperty = "Created";
    private const string IdProperty = "Id";

    private readonly TableClient _table = storage.Table(StorageNames.NotificationTable);

    /// <summary>
    /// Adds a notification, after its row among those that are not sent. Returns it with its version; null when there
    /// is one with its id, which is not changed then.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage refused or was unreachable; it may have been added.</exception>
    public async Task<Versioned<Notification>?> AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        await _table.UpsertEntityAsync(
            new TableEntity(UnsentPartition, notification.Id) { [CreatedProperty] = notification.Created },
            TableUpdateMode.Replace,
            cancellationToken
        );
        return await WriteAsync(notification, readVersion: null, cancellationToken);
    }

    /// <summary>Finds a notification. Returns null when there is none with this id.</summary>
    /// <exception cref="RequestFailedException">Storage refused or was unreachable.</exception>
    public async Task<Versioned<Notification>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(id, Key, cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<Notification>(FromRow(found.Value!), found.Value!.ETag.ToString()) : null;
    }

    /// <summary>
    /// Replaces a notification unless it has changed since it was read. Returns it with its new version; null when it
    /// has changed.
    /// </summary>
    /// <remarks>
    /// Also returns null when this write succeeded, but its response was lost and the client's retry got 412.
    /// </remarks>
    /// <exception cref="RequestFailedException">
    /// Storage refused or was unreachable; it may have been replaced.
    /// </exception>
    public async Task<Versioned<Notification>?> ReplaceAsync(
        Versioned<Notification> read,
        Notification notification,
        CancellationToken cancellationToken
    )
    {
        var written = await WriteAsync(notification, read.Version, cancellationToken);
        if (written is { Value.IsSettled: true })
        {
            if (notification.State == NotificationState.Failed)
            {
                var row = new TableEntity(FailedPartition, FailedKeyOf(notification))
                {
                    [IdProperty] = notification.Id,
                };
                await _table.UpsertEntityAsync(row, TableUpdateMode.Replace, cancellationToken);
            }

            await RemoveUnsentAsync(notification.Id, cancellationToken);
        }

        return written;
    }

    /// <summary>Deletes a notification, sent or not. Idempotent.</summary>
    public async Task RemoveAsync(string id, CancellationToken cancellationToken)
    {
        await _table.DeleteEntityAsync(id, Key, cancellationToken: cancellationToken);
        await RemoveUnsentAsync(id, cancellationToken);
    }

    /// <summary>Reads all notifications.</summary>
    public IAsyncEnumerable<Notification> ReadAsync(CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>($"RowKey eq '{Key}'", cancellationToken: cancellationToken).Select(FromRow);

    /// <summary>
    /// Reads all notifications to a mail address, and all about a comment or another thing whose id is in theirs: reads
    /// the whole table, for the rare case that somebody asks what is kept of them.
    /// </summary>
    /// <param name="mail">The mail address.</param>
    /// <param name="about">Parts of ids, such as those of comments.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<Notification> ReadAboutAsync(
        string mail,
        IReadOnlyCollection<string> about,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(cancellationToken)
            .Where(notification =>
                notification.To.Any(person => string.Equals(person.Mail, mail, StringComparison.OrdinalIgnoreCase))
                || notification.Id.Split('-').Concat(notification.About ?? []).Any(about.Contains)
            );

    /// <summary>
    /// Reads which notifications are not sent. Some may be sent or deleted, when a process was killed before it removed
    /// the row; those of earlier versions have none.
    /// </summary>
    public IAsyncEnumerable<UnsentNotification> ReadUnsentAsync(CancellationToken cancellationToken) =>
        RowRange
            .ReadAsync(_table, UnsentPartition, "", "~", int.MaxValue, cancellationToken)
            .Select(row => new UnsentNotification(row.RowKey, row.GetDateTimeOffset(CreatedProperty)!.Value));

    /// <summary>Removes the row of <see cref="ReadUnsentAsync"/>. Idempotent.</summary>
    public Task RemoveUnsentAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(UnsentPartition, id, cancellationToken: cancellationToken);

    /// <summary>Reads those that failed, the newest first.</summary>
    /// <param name="most">The maximum number.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<Notification>> ReadFailedAsync(int most, CancellationToken cancellationToken)
    {
        var rows = await RowRange
            .ReadAsync(_table, FailedPartition, "", "~", most, cancellationToken)
            .Take(most)
            .ToListAsync(cancellationToken);
        var found = await Task.WhenAll(rows.Select(row => FindAsync(row.GetString(IdProperty), cancellationToken)));
        return [.. found.OfType<Versioned<Notification>>().Select(read => read.Value)]; // others were erased
    }

    /// <summary>Removes the row of <see cref="ReadFailedAsync"/>. Idempotent.</summary>
    public Task RemoveFailedAsync(Notification notification, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(FailedPartition, FailedKeyOf(notification), cancellationToken: cancellationToken);

    private static string FailedKeyOf(Notification notification) =>
        $"{RowRange.NewestFirst(notification.Created)}-{notification.Id}";

    private async Task<Versioned<Notification>?> WriteAsync(
        Notification notification,
        string? readVersion,
        CancellationToken cancellationToken
    ) =>
        await Row.TrySubmitAsync(_table, [Row.Write(ToRow(notification), readVersion)], cancellationToken)
            is { } version
            ? new Versioned<Notification>(notification, version)
            : null;

    private static Notification FromRow(TableEntity row) =>
        Row.Read(row, NotificationJson.Default.Notification) with
        {
            Text = row.GetString(TextProperty),
        };

    private static TableEntity ToRow(Notification notification)
    {
        var row = Row.Create(notification.Id, Key, notification, NotificationJson.Default.Notification);
        row[TextProperty] = notification.Text;
        return row;
    }
}

/// <summary>A notification that is not sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Created">When it was created.</param>
public sealed record UnsentNotification(string Id, DateTimeOffset Created);
