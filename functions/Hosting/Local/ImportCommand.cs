using System.CommandLine;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Import;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The command <c>import comments</c>: takes comments over from a file that export, or another program, wrote.
/// </summary>
internal static class ImportCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create(Option<DirectoryInfo> data)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A comments.jsonl, as export writes it." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be done, and write nothing." };
        var comments = new Command("comments", "Import comments, without moderation and without mail.")
        {
            file,
            dryRun,
        };
        comments.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() =>
                    RunAsync(line.GetValue(file)!, line.GetValue(dryRun), LocalCommand.PathOf(data, line), stop)
                )
        );
        return new Command("import", "Take over what another blog has.") { comments };
    }

    private static async Task<int> RunAsync(FileInfo file, bool isDryRun, string dataPath, CancellationToken stop)
    {
        if (!file.Exists)
        {
            throw new StartException($"There is no file {file}: check the name.");
        }

        var storage = StorageProvisioning.Connect(dataPath);
        var comments = new CommentTable(storage, LocalSettings.ReadWithoutBlog(), TimeProvider.System);
        var import = new CommentImport(
            comments,
            new CommentLists(storage),
            new PostStatusLists(storage),
            new RaiseQueueClient(storage),
            TimeProvider.System
        );
        try
        {
            var counts = new Dictionary<ImportOutcome, int>();
            using var reader = file.OpenText();
            await foreach (var line in import.ImportAsync(reader, isDryRun, stop))
            {
                counts[line.Outcome] = counts.GetValueOrDefault(line.Outcome) + 1;
                if (line.Reason.Length > 0)
                {
                    var word = line.Outcome == ImportOutcome.LeftOut ? "left out" : "imported";
                    Console.WriteLine($"line {line.Number}: {word}: {line.Reason}");
                }
            }

            return Report(counts, isDryRun);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The file cannot be read ({problem.Message.TrimEnd('.')}): check its rights.");
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not take the comments ({StorageProvisioning.Reason(problem)}): "
                    + "is the blog running? Import again: what was taken is not taken twice."
            );
        }
    }

    private static int Report(Dictionary<ImportOutcome, int> counts, bool isDryRun)
    {
        var leftOut = counts.GetValueOrDefault(ImportOutcome.LeftOut);
        Console.WriteLine(
            $"{(isDryRun ? "Dry run: " : "")}{counts.GetValueOrDefault(ImportOutcome.Imported)} imported, "
                + $"{counts.GetValueOrDefault(ImportOutcome.Unchanged)} unchanged, {leftOut} left out."
        );
        return leftOut == 0 ? 0 : 1;
    }
}
