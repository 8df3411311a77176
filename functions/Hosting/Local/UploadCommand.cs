using System.Runtime.CompilerServices;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The command <c>upload</c>: uploads files and prints the report on each.</summary>
internal static class UploadCommand
{
    /// <summary>Runs the command.</summary>
    /// <returns>
    /// The exit code. 0: every file was accepted; 1: at least one was refused or got no report in time.
    /// </returns>
    /// <exception cref="StartException">A file cannot be read, or storage does not respond.</exception>
    public static async Task<int> RunAsync(string[] paths, string dataPath, CancellationToken stop)
    {
        var storage = StorageProvisioning.Connect(dataPath);
        var refused = 0;
        try
        {
            await foreach (var (isGood, line) in SendAsync(storage, paths.SelectMany(UploadedFile.In).ToList(), stop))
            {
                refused += isGood ? 0 : 1;
                Console.WriteLine(line);
            }
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

        return refused == 0 ? 0 : 1;
    }

    /// <summary>Uploads all files, then returns the outcome of each as soon as it is known.</summary>
    public static async IAsyncEnumerable<(bool IsGood, string Line)> SendAsync(
        BlogStorage storage,
        IReadOnlyList<UploadedFile> files,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        var sent = new List<(UploadedFile File, string Version)>();
        foreach (var file in files)
        {
            sent.Add((file, await file.SendAsync(storage, stop)));
        }

        var reports = new ReportFiles(storage);
        foreach (var (file, version) in sent)
        {
            yield return await new ReportLine(file.Name, file.Source, version, "uploaded").AwaitAsync(reports, stop);
        }
    }
}
