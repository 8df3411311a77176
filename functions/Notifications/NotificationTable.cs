using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Notifications;

/// <summary>All notices, each in a partition of its own: partition key is the id, row key <c>notice</c>.</summary>
/// <remarks>The text has a property of its own: as JSON, any character of it may take six, and then a property would not hold it.</remarks>
public sealed class NotificationTable(BlogStorage storage)
{
    private const string Key = "notice";
    private const string TextProperty = "Text";

    private readonly TableClient _table = storage.Table(StorageNames.NoticeTable);

    /// <summary>Adds a notice. False when one with its id is there already: nothing was changed.</summary>
    /// <exception cref="RequestFailedException">Storage refused or was not reached; it may have been added.</exception>
    public async Task<bool> AddAsync(Notification notification, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(RowOf(notification), cancellationToken);
            return true;
        }
        catch (RequestFailedException problem) when (problem.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Finds a notice. Null when there is none with this id.</summary>
    /// <exception cref="RequestFailedException">Storage refused or was not reached.</exception>
    public async Task<Versioned<Notification>?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(id, Key, cancellationToken: cancellationToken);
        return found.HasValue
            ? new Versioned<Notification>(NoticeIn(found.Value!), found.Value!.ETag.ToString())
            : null;
    }

    /// <summary>Replaces the notice if nobody has since it was read, and answers it with its new version. Null when somebody has.</summary>
    /// <remarks>Null also when our own write did it, and its answer was lost before the client tried again.</remarks>
    /// <exception cref="RequestFailedException">Storage refused or was not reached; it may have been replaced.</exception>
    public async Task<Versioned<Notification>?> ReplaceAsync(
        Versioned<Notification> read,
        Notification notification,
        CancellationToken cancellationToken
    ) =>
        await Row.TrySubmitAsync(_table, [Row.Write(RowOf(notification), read.Version)], cancellationToken)
            is { } version
            ? new Versioned<Notification>(notification, version)
            : null;

    /// <summary>Removes a notice, sent or not. Removing it again changes nothing.</summary>
    public Task RemoveAsync(string id, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(id, Key, cancellationToken: cancellationToken);

    private static Notification NoticeIn(TableEntity row) =>
        Row.Read(row, NotificationJson.Default.Notification) with
        {
            Text = row.GetString(TextProperty),
        };

    private static TableEntity RowOf(Notification notification)
    {
        var row = Row.Create(notification.Id, Key, notification, NotificationJson.Default.Notification);
        row[TextProperty] = notification.Text;
        return row;
    }
}
