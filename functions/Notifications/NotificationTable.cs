using Azure;
using Azure.Data.Tables;

namespace ServerlessBlog.Notifications;

/// <summary>
/// The store of notifications. Each has a partition of its own: the partition key is the id, the row key <c>notice</c>.
/// </summary>
/// <remarks>
/// The text has a property of its own: in JSON one character may take six, and the text would not fit into one
/// property.
/// </remarks>
public sealed class NotificationTable(BlogStorage storage)
{
    private const string Key = "notice";
    private const string TextProperty = "Text";

    private readonly TableClient _table = storage.Table(StorageNames.NotificationTable);

    /// <summary>
    /// Adds a notification. Returns it with its version; null when there is one with its id, and nothing is changed
    /// then.
    /// </summary>
    /// <exception cref="RequestFailedException">Storage refused or was unreachable; it may have been added.</exception>
    public async Task<Versioned<Notification>?> AddAsync(
        Notification notification,
        CancellationToken cancellationToken
    ) =>
        await Row.TrySubmitAsync(_table, [Row.Write(ToRow(notification), readVersion: null)], cancellationToken)
            is { } version
            ? new Versioned<Notification>(notification, version)
            : null;

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
    ) =>
        await Row.TrySubmitAsync(_table, [Row.Write(ToRow(notification), read.Version)], cancellationToken)
            is { } version
            ? new Versioned<Notification>(notification, version)
            : null;

    /// <summary>Deletes a notification, sent or not. Idempotent.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(id, Key, cancellationToken: cancellationToken);

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
