using System.Text.Json.Nodes;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Emulates Event Grid: polls the author's containers and announces each blob that was written or deleted since the
/// last poll, also across a restart.
/// </summary>
/// <param name="storage">The storage account.</param>
/// <param name="options">The polling interval.</param>
/// <param name="history">The persisted list of announced uploads.</param>
/// <param name="circuit">Logs outages.</param>
internal sealed class UploadWatcher(
    BlogStorage storage,
    LocalHostOptions options,
    AnnouncedUploads history,
    StorageCircuit circuit
) : BackgroundService
{
    private static readonly string[] Containers = [StorageNames.Posts, StorageNames.Media];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var announced = history.Load();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                announced = await PollAsync(announced, stoppingToken);
                await Task.Delay(options.UploadPollingInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (StorageErrors.IsStorageError(problem))
            {
                circuit.Report(problem);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    private async Task<Dictionary<string, string>> PollAsync(
        Dictionary<string, string> announced,
        CancellationToken stoppingToken
    )
    {
        var current = await ListAsync(stoppingToken);
        var written = current
            .Where(file => announced.GetValueOrDefault(file.Key) != file.Value)
            .Select(file => file.Key)
            .ToList();
        var deleted = announced.Keys.Where(name => !current.ContainsKey(name)).ToList();
        if (written.Count + deleted.Count == 0)
        {
            return announced;
        }

        foreach (var name in written)
        {
            await AnnounceAsync("Microsoft.Storage.BlobCreated", name, stoppingToken);
        }

        foreach (var name in deleted)
        {
            await AnnounceAsync("Microsoft.Storage.BlobDeleted", name, stoppingToken);
        }

        history.Save(current);
        return current;
    }

    /// <summary>Lists the blobs of the author's containers: ETags by container and name.</summary>
    private ValueTask<Dictionary<string, string>> ListAsync(CancellationToken stoppingToken) =>
        Containers
            .ToAsyncEnumerable()
            .SelectMany(container =>
                storage
                    .Container(container)
                    .GetBlobsAsync(cancellationToken: stoppingToken)
                    .Select(blob => (Name: $"{container}/{blob.Name}", Version: blob.Properties.ETag.ToString()!))
            )
            .ToDictionaryAsync(blob => blob.Name, blob => blob.Version, cancellationToken: stoppingToken);

    /// <summary>
    /// Sends the parts of an Event Grid event that the blog reads (schema:
    /// https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage).
    /// </summary>
    /// <param name="type">The event type.</param>
    /// <param name="name">The container, a slash, and the name of the blob.</param>
    /// <param name="stoppingToken">Cancels the call.</param>
    private Task AnnounceAsync(string type, string name, CancellationToken stoppingToken)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var message = new JsonObject
        {
            ["eventType"] = type,
            ["subject"] = $"/blobServices/default/containers/{name[..slash]}/blobs/{name[(slash + 1)..]}",
        };
        return storage.Queue(StorageNames.UploadQueue).SendMessageAsync(message.ToJsonString(), stoppingToken);
    }
}
