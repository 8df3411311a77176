using System.Text.Json.Nodes;
using Azure.Storage.Blobs;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Plays Event Grid: looks at the author's files, and announces each that was written or deleted since the last look, also across a restart.</summary>
/// <param name="storage">The storage account.</param>
/// <param name="times">How often to look.</param>
/// <param name="memory">The file that remembers what was announced.</param>
/// <param name="logger">The log.</param>
internal sealed partial class UploadWatch(BlogStorage storage, LocalTimes times, UploadMemory memory, ILogger<UploadWatch> logger) : BackgroundService
{
    private readonly BlobContainerClient _files = storage.Container(StorageNames.Posts);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var announced = memory.Load();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                announced = await LookAsync(announced, stoppingToken);
                await Task.Delay(times.Watch, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem) when (Outage.Is(problem))
            {
                LogUnreachable(problem.Message);
                await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            }
        }
    }

    private async Task<Dictionary<string, string>> LookAsync(Dictionary<string, string> announced, CancellationToken stoppingToken)
    {
        var now = await _files.GetBlobsAsync(cancellationToken: stoppingToken)
            .ToDictionaryAsync(blob => blob.Name, blob => blob.Properties.ETag.ToString()!, cancellationToken: stoppingToken);
        var written = now.Where(file => announced.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key).ToList();
        var deleted = announced.Keys.Where(name => !now.ContainsKey(name)).ToList();
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

        memory.Save(now);
        return now;
    }

    /// <summary>The part of an Event Grid event that counts; schema: https://learn.microsoft.com/azure/event-grid/event-schema-blob-storage.</summary>
    private Task AnnounceAsync(string type, string name, CancellationToken stoppingToken)
    {
        var message = new JsonObject
        {
            ["eventType"] = type,
            ["subject"] = $"/blobServices/default/containers/{StorageNames.Posts}/blobs/{name}",
        };
        return storage.Queue(StorageNames.UploadQueue).SendMessageAsync(message.ToJsonString(), stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The container posts does not answer: {Problem}")]
    private partial void LogUnreachable(string problem);
}
