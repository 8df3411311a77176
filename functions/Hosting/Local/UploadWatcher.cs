namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Emulates Event Grid. What this program writes is announced at once, and the command <c>upload</c> announces its own
/// files; what other programs have written or deleted, also while the blog did not run, is found by listing the
/// author's containers from time to time.
/// </summary>
/// <param name="storage">The storage account.</param>
/// <param name="options">The polling interval.</param>
/// <param name="announced">What has been announced.</param>
/// <param name="own">The uploads of this program.</param>
/// <param name="circuit">Logs outages.</param>
internal sealed class UploadWatcher(
    BlogStorage storage,
    LocalHostOptions options,
    AnnouncedUploads announced,
    OwnUploadPolicy own,
    StorageCircuit circuit
) : BackgroundService
{
    /// <summary>
    /// The time between two lists for each listed file: with it, a list of any length costs the same per second, that
    /// of 100 files every 250 ms.
    /// </summary>
    private static readonly TimeSpan IntervalPerFile = TimeSpan.FromMilliseconds(2.5);

    /// <summary>The maximum time between two lists: 30 s, from 12,000 files on.</summary>
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(30);

    private static readonly string[] Containers = [StorageNames.Posts, StorageNames.Media];

    /// <summary>The time between two lists of so many files.</summary>
    /// <param name="shortest">The time for few files; more than 30 s to list less often than any blog needs.</param>
    /// <param name="files">The number of files in the last list.</param>
    public static TimeSpan IntervalFor(TimeSpan shortest, int files)
    {
        var interval = files * IntervalPerFile;
        interval = interval < LongestInterval ? interval : LongestInterval;
        return interval > shortest ? interval : shortest;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ListRepeatedlyAsync(stoppingToken), AnnounceOwnAsync(stoppingToken));

    private async Task ListRepeatedlyAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var files = await AnnounceChangesAsync(stoppingToken);
                await Task.Delay(IntervalFor(options.UploadPollingInterval, files), stoppingToken);
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

    /// <summary>Announces what a list shows to be changed. Returns the number of files.</summary>
    private async Task<int> AnnounceChangesAsync(CancellationToken stoppingToken)
    {
        var before = announced.Snapshot();
        var listed = await ListAsync(stoppingToken);
        foreach (var change in announced.FindChanges(listed, before))
        {
            await change.SendAsync(storage, stoppingToken);
            announced.Note(change);
        }

        announced.Save(onlyChanges: true);
        return listed.Count;
    }

    /// <summary>Lists the blobs of the author's containers: ETags by container and name.</summary>
    private ValueTask<Dictionary<string, string>> ListAsync(CancellationToken stoppingToken) =>
        Containers
            .ToAsyncEnumerable()
            .SelectMany(container =>
                storage
                    .Container(container)
                    .GetBlobsAsync(cancellationToken: stoppingToken)
                    .Select(blob => UploadEvent.Create(container, blob.Name, blob.Properties.ETag.ToString()))
            )
            .ToDictionaryAsync(blob => blob.Name, blob => blob.Version!, cancellationToken: stoppingToken);

    /// <summary>Announces what this program writes. A list finds what an outage keeps from being announced.</summary>
    private async Task AnnounceOwnAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var upload in own.Uploads.ReadAllAsync(stoppingToken))
            {
                try
                {
                    await upload.SendAsync(storage, stoppingToken);
                    announced.Note(upload);
                }
                catch (Exception problem) when (StorageErrors.IsStorageError(problem))
                {
                    circuit.Report(problem);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
    }
}
