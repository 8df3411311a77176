using System.Diagnostics;
using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Hosting.Local.Uploads;

/// <summary>
/// The <c>upload</c> command of the built program, run as a separate process while a blog is running.
/// </summary>
public sealed class UploadCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-upload-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_file_of_a_folder_is_uploaded_and_its_address_printed()
    {
        await using var blog = await StartAsync();
        Write("posts/one.md", "---\ntitle: One\n---\nText.\n");
        Write("posts/deep/er/two.md", "---\ntitle: Two\nlayout: wide\n---\nText.\n");
        Write("posts/sound.mp3", "not really");
        Write("posts/.hidden/three.md", "---\ntitle: Three\n---\nText.\n");

        var (code, output, error) = await RunAsync("posts");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            [
                "3 published",
                "deep/er/two.md: published at http://blog.test/posts/two\n"
                    + "  line 3: the field 'layout' is kept, and not used.",
                "one.md: published at http://blog.test/posts/one",
                "sound.mp3: published at http://blog.test/media/sound.mp3",
            ],
            Sorted(output)
        );
        Assert.StartsWith("sound.mp3: ", output, StringComparison.Ordinal); // media come first
        Assert.Contains("Two", await blog.ReadAsync("/posts/two"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("blog")] // contains the post's folder
    [InlineData("blog/trip")] // is the post's folder
    public async Task Files_in_a_posts_own_folder_are_uploaded_beside_the_post(string folder)
    {
        await using var blog = await StartAsync();
        Write("blog/trip/index.md", "---\ntitle: Trip\n---\n[Sound](sounds/sea.mp3)\n");
        Write("blog/trip/sounds/sea.mp3", "not really");

        var (code, output, error) = await RunAsync(folder);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            [
                "trip/sounds/sea.mp3: published at http://blog.test/posts/trip/sounds/sea.mp3",
                "trip/index.md: published at http://blog.test/posts/trip",
                "2 published",
            ],
            output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        );
        Assert.Contains(
            "<a href=\"/posts/trip/sounds/sea.mp3\">",
            await blog.ReadAsync("/posts/trip"),
            StringComparison.Ordinal
        );
        Assert.Equal("not really", await blog.ReadAsync("/posts/trip/sounds/sea.mp3"));
    }

    [Theory]
    [InlineData("site", "theme/deep/a.woff2", "theme/theme.css")] // contains the folder
    [InlineData("site/theme", "theme/deep/a.woff2", "theme/theme.css")]
    [InlineData("site/theme/", "theme/deep/a.woff2", "theme/theme.css")]
    [InlineData("site/theme/.", "theme/deep/a.woff2", "theme/theme.css")]
    [InlineData("site/theme/theme.css", "theme/theme.css")]
    [InlineData("other", "theme.css")]
    [InlineData("other/theme.css", "theme.css")]
    public void The_folder_theme_keeps_its_name(string path, params string[] names)
    {
        Write("site/theme/theme.css", "");
        Write("site/theme/deep/a.woff2", "");
        Write("other/theme.css", "");

        var files = UploadedFile.In(Path.Combine(_folder.FullName, path));

        Assert.Equal(names.Select(name => ("media", name)), files.Select(file => (file.Container, file.Name)));
    }

    [Fact]
    public async Task The_folder_theme_is_uploaded_from_inside_of_it()
    {
        await using var blog = await StartAsync();
        Write("site/theme/theme.css", ".mine { color: teal }");
        Write("site/theme/site.yml", "tagline: Mine\n");

        using var process = StartProcess(Path.Combine(_folder.FullName, "site/theme"), ".");
        var output = await process.StandardOutput.ReadToEndAsync();

        Assert.Contains(
            "theme/theme.css: published at http://blog.test/media/theme/theme.css",
            output,
            StringComparison.Ordinal
        );
        Assert.EndsWith(".mine { color: teal }", await blog.ReadAsync("/style.css"), StringComparison.Ordinal);
        Assert.Equal(["Mine"], (await blog.OpenAsync("/")).Words(".tagline"));
    }

    [Fact]
    public async Task A_theme_file_outside_of_the_folder_theme_is_said_to_have_no_effect()
    {
        await using var blog = await StartAsync();
        Write("theme.css", ".mine { color: teal }");

        var (_, output, _) = await RunAsync("theme.css");

        Assert.Contains("this file has no effect: a theme file is theme/theme.css.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_file_is_reported_with_place_and_reason_and_the_others_are_published()
    {
        await using var blog = await StartAsync();
        Write("good.md", "---\ntitle: Good\n---\nText.\n");
        Write("bad.md", "---\ntitle: Bad\ndate: soon\n---\nText.\n");

        var (code, output, error) = await RunAsync("bad.md", "good.md");

        Assert.Equal((1, ""), (code, error));
        Assert.Contains(
            "bad.md: refused: line 3, column 7: in 'date': 'soon' is not a date",
            output,
            StringComparison.Ordinal
        );
        Assert.Contains("good.md: published at http://blog.test/posts/good", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_not_changed_is_not_uploaded_again_unless_forced_and_what_was_refused_is()
    {
        await using var blog = await StartAsync();
        Write("posts/same.md", "---\ntitle: Same\n---\nText.\n");
        Write("posts/other.md", "---\ntitle: Other\n---\nText.\n");
        Write("posts/bad.md", "---\ntitle: Bad\ndate: soon\n---\nText.\n");
        Write("posts/sound.mp3", "not really");
        await RunAsync("posts");
        Write("posts/other.md", "---\ntitle: Other\n---\nWords.\n");

        var (code, output, _) = await RunAsync("posts");
        var (_, forced, _) = await RunAsync("posts", "--force");

        Assert.Equal(1, code);
        Assert.Equal(
            [
                "1 published, 1 refused, 2 unchanged",
                "bad.md: refused",
                "other.md: published at http",
                "same.md: unchanged",
                "sound.mp3: unchanged",
            ],
            Sorted(output).Select(line => string.Join(':', line.Split(':').Take(2)))
        );
        Assert.EndsWith("\n3 published, 1 refused\n", forced, StringComparison.Ordinal);
        Assert.Contains("Words.", await blog.ReadAsync("/posts/other"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_line_of_a_file_comes_with_its_report_while_others_wait()
    {
        await using var blog = await StartAsync();
        using var release = new SemaphoreSlim(0);
        blog.Calls.Delay = call => call == "GET /posts/slow.md" ? release.WaitAsync() : Task.CompletedTask;
        Write("posts/slow.md", "---\ntitle: Slow\n---\nText.\n");
        Write("posts/zoom.md", "---\ntitle: Zoom\n---\nText.\n");
        using var process = StartProcess(_folder.FullName, "posts");

        var first = await process.StandardOutput.ReadLineAsync();
        blog.Calls.Delay = _ => Task.CompletedTask;
        release.Release(100);
        var rest = await process.StandardOutput.ReadToEndAsync();

        Assert.Equal("zoom.md: published at http://blog.test/posts/zoom", first);
        Assert.Equal("slow.md: published at http://blog.test/posts/slow\n2 published\n", rest.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_mirror_deletes_what_is_not_in_the_folder_and_keeps_pictures_beside_their_posts()
    {
        await using var blog = await StartAsync();
        await blog.UploadAsync("old.md", "---\ntitle: Old\nslug: kept\n---\nText.\n");
        await blog.UploadAsync("deep/sea.mp3", "not really"u8.ToArray(), "posts");
        Write("posts/new.md", "---\ntitle: New\nslug: kept\n---\n[Sea](sea.mp3)\n");
        Write("posts/sea.mp3", "not really");
        Write("posts/theme/theme.css", ".mine { color: teal }");
        Write("posts/notes.txt", "Mine.");
        Write("posts/new.md~", "A backup.");

        var (code, output, error) = await RunAsync("posts", "--mirror");
        var (_, again, _) = await RunAsync("posts", "--mirror");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            [
                "3 published",
                "deep/sea.mp3: withdrawn",
                "new.md: published at http",
                "old.md: withdrawn",
                "sea.mp3: published at http",
                "theme/theme.css: published at http",
            ],
            Sorted(output).Select(line => string.Join(':', line.Split(':').Take(2)))
        );
        Assert.Contains("New", await blog.ReadAsync("/posts/kept"), StringComparison.Ordinal);
        Assert.Equal("not really", await blog.ReadAsync("/posts/sea.mp3"));
        Assert.EndsWith("\n3 unchanged\n", again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--mirror takes one folder, and it must be there: check the name.\n", "nowhere")]
    [InlineData("--mirror takes one folder, and it must be there: check the name.\n", "empty", "empty")]
    [InlineData(
        "There is no Markdown in empty, and nothing was deleted: --mirror takes the folder of all posts.\n",
        "empty"
    )]
    public async Task A_mirror_of_no_posts_deletes_nothing(string sentence, params string[] paths)
    {
        await using var blog = await StartAsync();
        await blog.PublishAsync("kept");
        _folder.CreateSubdirectory("empty");

        Assert.Equal((1, "", sentence), await RunAsync([.. paths, "--mirror"]));
        Assert.Contains("A post", await blog.ReadAsync("/posts/kept"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deep/~$a.md", true)]
    [InlineData("a.md~", true)]
    [InlineData("#a.md#", true)]
    [InlineData("a.md___jb_tmp___", true)]
    [InlineData("a.MD.TMP", true)]
    [InlineData("sea.jpg.crdownload", true)]
    [InlineData("a.md", false)]
    [InlineData("~dir/a.md", false)]
    [InlineData("notes.txt", false)]
    public void Temporary_files_are_known_by_their_names(string name, bool isTemporary) =>
        Assert.Equal(isTemporary, UploadedFile.IsTemporary(name));

    [Fact]
    public async Task A_missing_file_is_reported_in_one_sentence()
    {
        await using var blog = await StartAsync();

        var (code, output, error) = await RunAsync("nowhere.md");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("There is no file or folder", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Without_a_running_blog_it_prints_one_sentence()
    {
        Write("post.md", "---\ntitle: T\n---\nText.\n");

        var (code, output, error) = await RunAsync("post.md");

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("No blog is running on", error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task With_a_storage_that_no_longer_runs_it_prints_one_sentence()
    {
        Write("post.md", "---\ntitle: T\n---\nText.\n");
        var key = Convert.ToBase64String(new byte[32]);
        Write(
            "storage.txt",
            $"DefaultEndpointsProtocol=http;AccountName=a;AccountKey={key};"
                + "BlobEndpoint=http://127.0.0.1:1/a;QueueEndpoint=http://127.0.0.1:1/a;"
                + "TableEndpoint=http://127.0.0.1:1/a\n"
        );

        var (code, output, error) = await RunAsync("post.md");

        Assert.Equal((1, ""), (code, output));
        Assert.EndsWith("is the blog running?", error.TrimEnd(), StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<TestBlog> StartAsync()
    {
        var blog = await TestBlog.StartAsync();
        Write("storage.txt", blog.Connection + "\n");
        return blog;
    }

    private void Write(string name, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, name));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    /// <summary>The output in lines, notes with the line that they belong to, sorted.</summary>
    private static IEnumerable<string> Sorted(string output) =>
        output
            .Replace("\n  ", "\r  ", StringComparison.Ordinal)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Replace('\r', '\n'))
            .Order(StringComparer.Ordinal);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] files)
    {
        using var process = StartProcess(_folder.FullName, files);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await error);
    }

    private Process StartProcess(string workingDirectory, params string[] files)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "ServerlessBlog.dll"), "upload" },
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[.. files, "--data", _folder.FullName])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("BlogStorage");
        return Process.Start(start)!;
    }
}
