using System.CommandLine;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Hosting.Local.Pages;
using ServerlessBlog.Letters;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Content;

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
        var site = new Option<bool>("--site")
        {
            Description = "Write the public pages instead, as plain files that any web server serves.",
        };
        var export = new Command(
            "export",
            "Write all posts, media, comments and recipients of the running blog, or of BlogStorage, into a folder."
        )
        {
            folder,
            site,
        };
        export.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() =>
                    RunAsync(
                        line.GetValue(folder)!.FullName,
                        folder =>
                            line.GetValue(site)
                                ? WriteSiteAsync(folder, LocalCommand.PathOf(data, line), stop)
                                : WriteBlogAsync(folder, LocalCommand.PathOf(data, line), stop),
                        stop
                    )
                )
        );
        return export;
    }

    private static async Task WriteBlogAsync(ExportFolder folder, string dataPath, CancellationToken stop)
    {
        await using var server = await PageServer.StartAsync(dataPath, stop, defaultAddress: "http://localhost:7071");
        var storage = Get<BlogStorage>();
        var export = new BlogExport(
            new AuthorFiles(storage),
            Get<PostStatusLists>(),
            Get<CommentRows>(),
            Get<RecipientTable>(),
            Get<RuleTable>(),
            Get<BlogSettings>(),
            new RenderedPosts(Get<PostBodyLoader>(), Get<PictureResolver>(), Get<BlogSettings>()).ToHtmlAsync
        );
        await foreach (var file in export.ReadAsync(stop))
        {
            await folder.WriteAsync(file, stop);
        }

        await folder.WriteAsync(ExportedSettings.Create(), stop);
        await folder.FinishAsync(stop);

        T Get<T>()
            where T : notnull => server.Services.GetRequiredService<T>();
    }

    private static async Task WriteSiteAsync(ExportFolder folder, string dataPath, CancellationToken stop)
    {
        await using var server = await PageServer.StartAsync(dataPath, stop);
        var posts = server.Services.GetRequiredService<PostStatusLists>();
        var all = await posts.ReadAllAsync(stop).ToListAsync(stop);
        var export = new SiteExport(server, folder);
        await export.RunAsync(Redirects.All(all).Select(one => (one.From.Link, one.To.Link)), stop);
        foreach (var path in export.Missing)
        {
            Console.WriteLine($"{path}: a page links to it, and it is not there.");
        }
    }

    private static async Task<int> RunAsync(string path, Func<ExportFolder, Task> write, CancellationToken stop)
    {
        var folder = new ExportFolder(path);
        if (!folder.IsUsable)
        {
            throw new StartException($"{path} is neither empty nor an export: name another folder.");
        }

        try
        {
            await write(folder);
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
