using System.CommandLine;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Letters;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The command <c>export</c>: writes everything of the blog into a folder, or what has changed since.
/// </summary>
internal static class ExportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Option<DirectoryInfo> data)
    {
        var folder = new Argument<DirectoryInfo>("FOLDER")
        {
            Description = "An empty folder, or one that was exported to before.",
        };
        var export = new Command(
            "export",
            "Write all posts, media, comments and recipients of the running blog, or of BlogStorage, into a folder."
        )
        {
            folder,
        };
        export.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() =>
                    RunAsync(line.GetValue(folder)!.FullName, LocalCommand.PathOf(data, line), stop)
                )
        );
        return export;
    }

    private static async Task<int> RunAsync(string path, string dataPath, CancellationToken stop)
    {
        var storage = StorageProvisioning.Connect(dataPath);
        var folder = new ExportFolder(path);
        if (!folder.IsUsable)
        {
            throw new StartException($"{path} is neither empty nor an export: name another folder.");
        }

        try
        {
            var export = new BlogExport(
                new AuthorFiles(storage),
                new PostStatusLists(storage),
                new CommentRows(storage),
                new RecipientTable(storage, TimeProvider.System)
            );
            await foreach (var file in export.ReadAsync(stop))
            {
                await folder.WriteAsync(file, stop);
            }

            await folder.FinishAsync(stop);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException(
                $"A file cannot be written ({problem.Message.TrimEnd('.')}): check the folder, and export again."
            );
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not give the files ({StorageProvisioning.Reason(problem)}): is the blog running?"
            );
        }

        return Report(path, folder);
    }

    private static int Report(string path, ExportFolder folder)
    {
        foreach (var name in folder.Failed)
        {
            Console.WriteLine($"{name}: left out, its name cannot be a file here beside the others. Rename it.");
        }

        Console.WriteLine(
            $"{path}: {folder.Written} written, {folder.Unchanged} unchanged, {folder.Deleted} deleted, "
                + $"{folder.Failed.Count} left out."
        );
        return folder.Failed.Count == 0 ? 0 : 1;
    }
}
