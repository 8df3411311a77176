using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local.Uploads;

/// <summary>The command <c>upload</c>: uploads files and prints the report on each as soon as it comes.</summary>
internal static class UploadCommand
{
    /// <summary>The number of files that are uploaded, and whose reports are waited for, at once.</summary>
    private const int MaxAtOnce = 8;

    /// <summary>Runs the command.</summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="dataPath">The data folder of the running blog.</param>
    /// <param name="isForced">True to upload also what has not changed.</param>
    /// <param name="stop">Ends the command.</param>
    /// <returns>
    /// The exit code. 0: every file was accepted; 1: at least one was refused or got no report in time.
    /// </returns>
    /// <exception cref="StartException">A file cannot be read, or storage does not respond.</exception>
    public static async Task<int> RunAsync(string[] paths, string dataPath, bool isForced, CancellationToken stop)
    {
        var storage = StorageProvisioning.Connect(dataPath);
        var options = new UploadOptions(isForced, StorageProvisioning.IsBlogRunning(dataPath));
        return await GuardAsync(
            async () => await PrintAsync(storage, [.. paths.SelectMany(UploadedFile.In)], options, stop) ? 0 : 1,
            stop
        );
    }

    /// <summary>Uploads the files and prints the result of each. Returns whether all were accepted.</summary>
    public static async Task<bool> PrintAsync(
        BlogStorage storage,
        IReadOnlyList<UploadedFile> files,
        UploadOptions options,
        CancellationToken stop
    )
    {
        var output = new UploadOutput(Console.Out, TerminalStyle.OfConsole(), files.Count);
        await foreach (var result in SendAsync(storage, files, options, stop))
        {
            output.Write(result);
        }

        return output.Finish();
    }

    /// <summary>Runs an upload.</summary>
    /// <exception cref="StartException">A file cannot be read, or storage does not respond.</exception>
    public static async Task<int> GuardAsync(Func<Task<int>> upload, CancellationToken stop)
    {
        try
        {
            return await upload();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"A file cannot be read ({problem.Message.TrimEnd('.')}): check its rights, and upload again."
            );
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not take the files ({StorageProvisioning.Reason(problem)}): is the blog running?"
            );
        }
    }

    /// <summary>
    /// Uploads the files, eight at once, and returns the outcome of each as soon as it is known. Posts follow when all
    /// media have their reports, so that the report on a post finds its pictures.
    /// </summary>
    public static async IAsyncEnumerable<UploadResult> SendAsync(
        BlogStorage storage,
        IReadOnlyList<UploadedFile> files,
        UploadOptions options,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        var results = Channel.CreateUnbounded<UploadResult>();
        var sending = SendAllAsync();
        _ = sending.ContinueWith(_ => results.Writer.Complete(), TaskScheduler.Default);
        await foreach (var result in results.Reader.ReadAllAsync(stop))
        {
            yield return result;
        }

        await sending;

        async Task SendAllAsync()
        {
            var reports = new ReportFiles(storage);
            var wait = new ReportWait();
            var atOnce = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = stop };
            foreach (var group in files.GroupBy(file => UploadedFile.IsMarkdown(file.Name)).OrderBy(group => group.Key))
            {
                await Parallel.ForEachAsync(group, atOnce, async (file, token) =>
                    results.Writer.TryWrite(
                        !options.IsForced && await IsUnchangedAsync(storage, reports, file, token)
                            ? new UploadResult(file.Name, null, UploadResult.Unchanged)
                            : await SendAsync(storage, file, options, reports, wait, token)
                    )
                );
            }
        }
    }

    private static async Task<UploadResult> SendAsync(
        BlogStorage storage,
        UploadedFile file,
        UploadOptions options,
        ReportFiles reports,
        ReportWait wait,
        CancellationToken stop
    )
    {
        var version = await file.SendAsync(storage, stop);
        if (options.IsAnnounced)
        {
            await UploadEvent.Create(file.Container, file.Name, version).SendAsync(storage, stop);
        }

        return await new ReportLine(file.Name, file.Source, version, "uploaded").AwaitAsync(reports, wait, stop);
    }

    /// <summary>
    /// Whether the same bytes are in storage, and the last report is about them and no refusal: what was refused may
    /// be accepted now.
    /// </summary>
    private static async Task<bool> IsUnchangedAsync(
        BlogStorage storage,
        ReportFiles reports,
        UploadedFile file,
        CancellationToken stop
    ) =>
        await file.FindUnchangedAsync(storage, stop) is { } version
        && await reports.FindAsync(file.Source, stop) is { } report
        && report.SourceVersion == version
        && report.Outcome != UploadOutcome.Refused;
}

/// <summary>How files are uploaded.</summary>
/// <param name="IsForced">True to upload also what has not changed.</param>
/// <param name="IsAnnounced">
/// True to send the event about each file to the queue of uploads, where nothing else does so at once: on this machine.
/// </param>
internal readonly record struct UploadOptions(bool IsForced, bool IsAnnounced);
