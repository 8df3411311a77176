using System.CommandLine;
using ServerlessBlog.Hosting.Local.Uploads;

namespace ServerlessBlog.Hosting.Local.Checking;

/// <summary>
/// The command <c>check</c>: prints what publishing would report on the files of a folder, without a blog or a storage.
/// </summary>
internal static class CheckCommand
{
    /// <summary>Creates the parser of the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("FOLDER-OR-FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "A file is checked as part of its folder.",
        };
        var strict = new Option<bool>("--strict") { Description = "Fail on warnings too." };
        var check = new Command("check", "Check files as publishing does, without publishing them.") { paths, strict };
        check.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() => RunAsync(line.GetValue(paths)!, line.GetValue(strict), stop))
        );
        return check;
    }

    /// <summary>Runs the command.</summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="isStrict">True to fail on warnings too.</param>
    /// <param name="stop">Ends the command.</param>
    /// <returns>The exit code. 0: every file would be accepted; 1: at least one would not.</returns>
    /// <exception cref="StartException">A file or folder does not exist or cannot be read, or is empty.</exception>
    /// <exception cref="SettingException">A setting of the environment is invalid or unknown.</exception>
    public static async Task<int> RunAsync(string[] paths, bool isStrict, CancellationToken stop)
    {
        try
        {
            var (files, all) = Find(paths);
            using var check = new FolderCheck(all, LocalSettings.ReadWithoutBlog());
            var results = new CheckResult[files.Count];
            await Parallel.ForAsync(0, files.Count, stop, async (index, token) =>
                results[index] = await check.CheckAsync(files[index], token)
            );
            return Print(results, isStrict) ? 0 : 1;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"A file cannot be read ({problem.Message.TrimEnd('.')}): check its rights.");
        }
    }

    /// <summary>Returns the files to check, sorted by name, and all files of their folders.</summary>
    private static (List<UploadedFile> Files, List<UploadedFile> All) Find(string[] paths)
    {
        var folders = paths.Select(path =>
            Directory.Exists(path) ? path
            : File.Exists(path) ? Path.GetDirectoryName(Path.GetFullPath(path))!
            : throw new StartException($"There is no file or folder {path}: check the name.")
        );
        var roots = folders.Select(Path.GetFullPath).Distinct(StringComparer.Ordinal).ToList();
        var wanted = paths.Select(path => Path.GetFullPath(path).TrimEnd(Path.DirectorySeparatorChar)).ToList();
        var files = roots
            .SelectMany(UploadedFile.InPostFolder)
            .DistinctBy(file => Path.GetFullPath(file.Path))
            .Where(file => wanted.Exists(path => IsSameOrBelow(Path.GetFullPath(file.Path), path)))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .ToList();
        return files.Count > 0
            ? (files, [.. roots.SelectMany(UploadedFile.In)])
            : throw new StartException(
                $"There is no post, picture or file of the theme in {string.Join(", ", paths)}: check the name."
            );
    }

    private static bool IsSameOrBelow(string file, string path) =>
        file == path || file.StartsWith(path + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Prints what there is to say, and the sum. Returns whether the check is passed.</summary>
    private static bool Print(IReadOnlyCollection<CheckResult> results, bool isStrict)
    {
        var hasColors = TerminalStyle.OfConsole().HasColors;
        foreach (var result in results)
        {
            if (result.Text is { } text)
            {
                Console.WriteLine(hasColors && result.Problem is not null ? $"\e[31m{text}\e[0m" : text);
            }
        }

        var refused = results.Count(result => result.Problem is not null);
        var warned = results.Count(result => result is { Problem: null, Notes.Count: > 0 });
        Console.WriteLine($"{results.Count:N0} checked: {refused:N0} refused, {warned:N0} with warnings");
        return refused == 0 && (warned == 0 || !isStrict);
    }
}
