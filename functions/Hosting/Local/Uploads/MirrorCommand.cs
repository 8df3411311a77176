namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>
/// The command <c>upload --mirror</c>: makes the container of posts as a folder is. Uploads what has changed, and
/// deletes from the container what is not in the folder.
/// </summary>
internal static class MirrorCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code. 0: every file was accepted; 1: at least one was refused or got no report.</returns>
    /// <exception cref="StartException">
    /// The folder is missing or holds no post, and nothing was changed; or storage does not respond.
    /// </exception>
    public static Task<int> RunAsync(string[] paths, string dataPath, bool isForced, CancellationToken stop)
    {
        if (paths is not [var folder] || !Directory.Exists(folder))
        {
            throw new StartException("--mirror takes one folder, and it must be there: check the name.");
        }

        var storage = StorageProvisioning.Connect(dataPath);
        var options = new UploadOptions(isForced, StorageProvisioning.IsBlogRunning(dataPath));
        return UploadCommand.GuardAsync(() => RunAsync(storage, folder, options, stop), stop);
    }

    private static async Task<int> RunAsync(
        BlogStorage storage,
        string folder,
        UploadOptions options,
        CancellationToken stop
    )
    {
        var files = UploadedFile.InPostFolder(folder).ToList();
        if (!files.Exists(file => UploadedFile.IsMarkdown(file.Name)))
        {
            throw new StartException(
                $"There is no Markdown in {folder}, and nothing was deleted: --mirror takes the folder of all posts."
            );
        }

        // Deleted first: a renamed post may keep its address.
        var isGood = true;
        var others = await FindOthersAsync(storage, files, stop);
        await foreach (var result in DeleteCommand.DeleteAsync(storage, others, options.IsAnnounced, stop))
        {
            isGood &= result.IsGood;
            Console.WriteLine(result.Text);
        }

        return await UploadCommand.PrintAsync(storage, files, options, stop) && isGood ? 0 : 1;
    }

    /// <summary>Lists what the container of posts holds beside the files.</summary>
    private static async Task<IReadOnlyList<StoredFile>> FindOthersAsync(
        BlogStorage storage,
        IEnumerable<UploadedFile> files,
        CancellationToken stop
    )
    {
        var kept = files.Select(StoredFile.From).ToHashSet();
        return await storage
            .Container(StorageNames.Posts)
            .GetBlobsAsync(cancellationToken: stop)
            .Select(blob => new StoredFile(StorageNames.Posts, blob.Name))
            .Where(blob => !kept.Contains(blob) && BlobNames.IsUsable(blob.Name))
            .ToListAsync(stop);
    }
}
