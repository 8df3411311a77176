using System.Runtime.CompilerServices;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>
/// The command <c>delete</c>: deletes uploaded files by the names that <c>upload</c> printed, and prints the report on
/// each.
/// </summary>
internal static class DeleteCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>
    /// The exit code. 0: every file is deleted and its report has come; 1: at least one report has not.
    /// </returns>
    /// <exception cref="StartException">
    /// One of the files does not exist, and nothing was deleted; or storage does not respond.
    /// </exception>
    public static async Task<int> RunAsync(string[] names, string dataPath, CancellationToken stop)
    {
        var storage = StorageProvisioning.Connect(dataPath);
        try
        {
            List<StoredFile> files = [];
            foreach (var name in names.Distinct(StringComparer.Ordinal))
            {
                files.Add(await FindAsync(storage, name, stop) ?? throw NotFound(name));
            }

            var isGood = true;
            var isAnnounced = StorageProvisioning.IsBlogRunning(dataPath);
            await foreach (var result in DeleteAsync(storage, files, isAnnounced, stop))
            {
                isGood &= result.IsGood;
                Console.WriteLine(result.Text);
            }

            return isGood ? 0 : 1;
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not delete the files ({StorageProvisioning.Reason(problem)}): is the blog running?"
            );
        }
    }

    /// <summary>
    /// Finds a file: Markdown in posts, any other file in media and then, because it may belong to a post's folder, in
    /// posts. Null when there is none.
    /// </summary>
    private static async Task<StoredFile?> FindAsync(BlogStorage storage, string name, CancellationToken stop)
    {
        if (name.Split('/').Any(part => part is "" or "." or ".."))
        {
            // The SDK would resolve such segments to the name of another file.
            return null;
        }

        string[] containers = UploadedFile.IsMarkdown(name)
            ? [StorageNames.Posts]
            : [StorageNames.Media, StorageNames.Posts];
        foreach (var container in containers)
        {
            if (await storage.Container(container).GetBlobClient(name).ExistsAsync(stop))
            {
                return new StoredFile(container, name);
            }
        }

        return null;
    }

    /// <summary>Deletes the files, then returns what has become of each as soon as its report comes.</summary>
    /// <param name="storage">The storage account.</param>
    /// <param name="files">The files. One that is gone already is deleted once more.</param>
    /// <param name="isAnnounced">True to send the event about each file to the queue of uploads.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async IAsyncEnumerable<UploadResult> DeleteAsync(
        BlogStorage storage,
        IReadOnlyList<StoredFile> files,
        bool isAnnounced,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        foreach (var file in files)
        {
            await storage
                .Container(file.Container)
                .GetBlobClient(file.Name)
                .DeleteIfExistsAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: stop);
            if (isAnnounced)
            {
                await UploadEvent.Create(file.Container, file.Name, etag: null).SendAsync(storage, stop);
            }
        }

        var (reports, wait) = (new ReportFiles(storage), new ReportWait());
        foreach (var file in files)
        {
            var source = UploadReport.SourceFor(file.Container, file.Name);
            var report = new ReportLine(file.Name, source, UploadReport.NoSource, "deleted");
            yield return await report.AwaitAsync(reports, wait, stop);
        }
    }

    private static StartException NotFound(string name) =>
        new(
            $"There is no uploaded file {name}, and nothing was deleted: "
                + "write the name as upload printed it, such as my-post.md or trip/index.md."
        );
}
