using System.CommandLine;
using ServerlessBlog.Import;
using ServerlessBlog.Import.Hugo;
using ServerlessBlog.Import.Jekyll;
using ServerlessBlog.Import.WordPress;

namespace ServerlessBlog.Hosting.Local.Importing;

/// <summary>The command <c>import</c>: takes over what another blog has.</summary>
internal static class ImportCommand
{
    private static readonly Option<bool> DryRun = new("--dry-run")
    {
        Description = "Say what would be done, and write nothing.",
        Recursive = true,
    };

    private static readonly Option<FileInfo> Report = new("--report")
    {
        Description = "Write a line about each record into a file.",
        HelpName = "FILE",
        Recursive = true,
    };

    private static readonly Option<bool> FetchMedia = new("--fetch-media")
    {
        Description = "Fetch the pictures that posts show from other hosts.",
        Recursive = true,
    };

    /// <summary>Creates the command.</summary>
    public static Command Create(Option<DirectoryInfo> data) =>
        new("import", "Take over what another blog has, without moderation and without mail.")
        {
            DryRun,
            Report,
            FetchMedia,
            Folder(data, "blog", "A folder that export has written.", Blog),
            Comments(data),
            Folder(data, "jekyll", "A Jekyll site: the folder with _config.yml.", Site(JekyllSite.Open)),
            Folder(data, "hugo", "A Hugo site: the folder with hugo.toml or config.toml.", Site(HugoSite.Open)),
            WordPress(data),
        };

    private static Command Comments(Option<DirectoryInfo> data)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "A comments.jsonl, as export writes it." };
        return CreateCommand(
            new Command("comments", "Import comments from a file of JSON Lines.") { file },
            data,
            (line, options) => new CommentFileImport(ExistingFile(line.GetValue(file)!)).RunAsync(options)
        );
    }

    private static Command WordPress(Option<DirectoryInfo> data)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An export of WordPress (WXR), an XML file." };
        var media = new Option<DirectoryInfo>("--uploads")
        {
            Description = "The folder wp-content/uploads of the old blog, for its pictures.",
            HelpName = "DIR",
        };
        return CreateCommand(
            new Command("wordpress", "Import the export of a WordPress blog.") { file, media },
            data,
            (line, options) =>
                new SiteImport(
                    WordPressSite.Open(ExistingFile(line.GetValue(file)!), line.GetValue(media)?.FullName)
                ).RunAsync(options)
        );
    }

    private static Command Folder(
        Option<DirectoryInfo> data,
        string name,
        string description,
        Func<string, ImportOptions, Task<int>> import
    )
    {
        var folder = new Argument<DirectoryInfo>("FOLDER") { Description = description };
        return CreateCommand(
            new Command(name, $"Import a {name}{(name == "blog" ? "" : " site")}: posts, pages, pictures, comments.")
            {
                folder,
            },
            data,
            (line, options) =>
                line.GetValue(folder)! is { Exists: true } existing
                    ? import(existing.FullName, options)
                    : throw new StartException($"There is no folder {line.GetValue(folder)}: check the name.")
        );
    }

    private static Func<string, ImportOptions, Task<int>> Site(Func<string, BlogSettings, ISiteReader> open) =>
        (folder, options) => new SiteImport(open(folder, options.Settings)).RunAsync(options);

    private static Task<int> Blog(string folder, ImportOptions options) =>
        new BlogImport(ExportedSite.Open(folder)).RunAsync(options);

    private static Command CreateCommand(
        Command command,
        Option<DirectoryInfo> data,
        Func<ParseResult, ImportOptions, Task<int>> run
    )
    {
        command.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(async () =>
                {
                    using var options = ImportOptions.Create(
                        LocalCommand.PathOf(data, line),
                        line.GetValue(DryRun),
                        line.GetValue(Report)?.FullName,
                        stop,
                        line.GetValue(FetchMedia)
                    );
                    return await GuardAsync(() => run(line, options), stop);
                })
        );
        return command;
    }

    private static FileInfo ExistingFile(FileInfo file) =>
        file.Exists ? file : throw new StartException($"There is no file {file}: check the name.");

    private static async Task<int> GuardAsync(Func<Task<int>> run, CancellationToken stop)
    {
        try
        {
            return await run();
        }
        catch (ImportException problem)
        {
            throw new StartException(problem.Message);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"A file cannot be read ({problem.Message.TrimEnd('.')}): check its rights.");
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem) && !stop.IsCancellationRequested)
        {
            throw new StartException(
                $"The storage does not take the import ({StorageProvisioning.Reason(problem)}): "
                    + "is the blog running? Import again: what was taken is not taken twice."
            );
        }
    }
}
