using System.CommandLine;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The command <c>new</c>: writes the file of a new post, a draft.</summary>
internal static class NewPostCommand
{
    /// <summary>Creates the parser of the command.</summary>
    public static Command Create()
    {
        var title = new Argument<string>("TITLE") { Description = "The title, in quotes." };
        var file = new Option<string?>("--file")
        {
            Description = "The name of the file; made of the title when left out.",
            HelpName = "NAME",
        };
        var folder = new Option<string>("--folder")
        {
            Description = "The folder of the file; created when missing.",
            HelpName = "DIR",
            DefaultValueFactory = _ => ".",
        };
        var command = new Command("new", "Write the file of a new post, a draft.") { title, file, folder };
        command.SetAction(
            (line, stop) =>
                LocalCommand.RunGuardedAsync(() =>
                    RunAsync(line.GetValue(title)!, line.GetValue(file), line.GetValue(folder)!, stop)
                )
        );
        return command;
    }

    /// <summary>Runs the command.</summary>
    /// <param name="title">The title.</param>
    /// <param name="file">The name of the file; null to make it of the title.</param>
    /// <param name="folder">The folder of the file.</param>
    /// <param name="stop">Ends the command.</param>
    /// <returns>The exit code 0.</returns>
    /// <exception cref="StartException">The title or name cannot be used, or the file exists already.</exception>
    /// <exception cref="SettingException">A setting of the environment is invalid or unknown.</exception>
    public static async Task<int> RunAsync(string title, string? file, string folder, CancellationToken stop)
    {
        var settings = LocalSettings.ReadWithoutBlog();
        var name = NameOf(title, file);
        var bytes = Encoding.UTF8.GetBytes(Write(title, settings.ToLocalTime(DateTimeOffset.UtcNow)));
        if (!PostFile.TryRead(name.ToString(), bytes, settings.TimeZone, out _, out var problem))
        {
            throw new StartException($"The title cannot be used: {problem.Sentence}");
        }

        var path = Path.Combine(folder, name.ToString());
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using var post = new FileStream(path, FileMode.CreateNew);
            await post.WriteAsync(bytes, stop);
        }
        catch (IOException) when (File.Exists(path))
        {
            throw new StartException($"{path} is there already: choose another name with --file NAME.");
        }
        catch (Exception problemWithFile) when (problemWithFile is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{path} cannot be written ({problemWithFile.Message.TrimEnd('.')}).");
        }

        Console.WriteLine($"{path} is written, as a draft: write, take 'draft: true' out, and upload it.");
        return 0;
    }

    /// <summary>The file's text: front matter with the title in quotation marks, and an empty body.</summary>
    private static string Write(string title, DateTimeOffset now)
    {
        var quoted = title
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        var date = now.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"---\ntitle: \"{quoted}\"\ndate: {date}\ndraft: true\n---\n\n";
    }

    private static PostFileName NameOf(string title, string? file)
    {
        if (file is not null)
        {
            var full = PostFileName.HasPostExtension(file) ? file : file + PostFileName.Extension;
            return PostFileName.TryParse(full, out var given)
                ? given
                : throw new StartException($"{file} is no name for a post: write one such as my-post.md.");
        }

        return
            Slug.TryFromFileName(title.Replace('/', ' ') + PostFileName.Extension, out var slug)
            && PostFileName.TryParse(slug + PostFileName.Extension, out var made)
            ? made
            : throw new StartException("No file name can be made of this title: choose one with --file NAME.");
    }
}
