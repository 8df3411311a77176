using System.Net;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Watching;

/// <summary>
/// The command <c>serve --watch</c> as a real process, with a folder that is written to as editors do.
/// </summary>
[Trait("Category", "Slow")]
public sealed class WatchedFolderTests : IAsyncLifetime
{
    private readonly LocalRun _local = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-watched-");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _local.DeleteAsync();
        if (_folder.Exists)
        {
            _folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_blog_follows_what_is_written_renamed_and_deleted_in_the_folder_and_while_it_does_not_run()
    {
        Write("one.md", "---\ntitle: One\n---\n![The sea](sea.mp3) First.\n");
        Write("sea.mp3", "not really");
        Write("notes.txt", "Mine.");
        Write(".hidden.md", "Mine.");
        Write("one.md~", "A backup.");
        await using (var blog = _local.Start("--watch", _folder.FullName))
        {
            var address = await blog.LineAsync("Read:");
            Assert.StartsWith($"{_folder.FullName}: ", await blog.LineAsync("Watch:"), StringComparison.Ordinal);
            await blog.LineAsync($"one.md: published at {address}/posts/one");
            await blog.LineAsync($"sea.mp3: published at {address}/posts/sea.mp3");
            await blog.LineAsync("notes.txt: skipped: the folder takes posts");

            // As editors save: a new file takes the place of the old one.
            Write("one.md.tmp", "---\ntitle: One\n---\nSecond.\n");
            File.Move(PathOf("one.md.tmp"), PathOf("one.md"), overwrite: true);
            await ReadUntilAsync(address, "posts/one", page => page.Contains("Second.", StringComparison.Ordinal));

            Write("deep/er/two.md", "No front matter.");
            await blog.LineAsync("deep/er/two.md: refused: ");
            Write("deep/er/two.md", "---\ntitle: Two\nslug: two\n---\nText.\n");
            await blog.LineAsync($"deep/er/two.md: published at {address}/posts/two");

            // The new name needs the address of the old one.
            File.Move(PathOf("deep/er/two.md"), PathOf("zwei.md"));
            await blog.LineAsync($"zwei.md: published at {address}/posts/two");
            await blog.LineAsync("deep/er/two.md: withdrawn: ");

            File.Delete(PathOf("one.md"));
            await blog.LineAsync("one.md: withdrawn: ");
            await ReadUntilAsync(address, "posts/one", HttpStatusCode.Gone);
            await ReadUntilAsync(address, "posts/welcome", HttpStatusCode.NotFound); // no samples

            await blog.SignalAsync("TERM");
            Assert.Equal((0, ""), (await blog.EndAsync(), blog.Errors));
            Assert.DoesNotContain("hidden", blog.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("one.md~", blog.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(".tmp", blog.Output, StringComparison.Ordinal);
        }

        File.Delete(PathOf("zwei.md"));
        Write("three.md", "---\ntitle: Three\n---\nText.\n");
        await using var next = _local.Start("--watch", _folder.FullName, "--no-samples");
        var nextAddress = await next.LineAsync("Read:");
        await next.LineAsync("zwei.md: withdrawn: ");
        await next.LineAsync($"three.md: published at {nextAddress}/posts/three");
        Assert.DoesNotContain("sea.mp3", next.Output, StringComparison.Ordinal); // unchanged
    }

    [Fact]
    public async Task A_folder_that_is_gone_for_a_while_takes_nothing_down()
    {
        Write("one.md", "---\ntitle: One\n---\nText.\n");
        await using var blog = _local.Start("--watch", _folder.FullName);
        var address = await blog.LineAsync("Read:");
        await blog.LineAsync("one.md: published");

        var elsewhere = _folder.FullName + "-elsewhere";
        Directory.Move(_folder.FullName, elsewhere);
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(blog.Errors),
            errors => errors.Contains("it is gone, and its posts stay as they are", StringComparison.Ordinal),
            "the sentence"
        );
        Directory.Move(elsewhere, _folder.FullName);
        Write("two.md", "---\ntitle: Two\n---\nText.\n");

        await blog.LineAsync($"two.md: published at {address}/posts/two");
        Assert.DoesNotContain("withdrawn", blog.Output, StringComparison.Ordinal);
        Assert.Single(blog.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("nowhere", "There is no folder nowhere to watch: check the name, or create it.")]
    [InlineData("a.md", "a.md is a file: --watch takes the folder it is in.")]
    [InlineData(".", "The blog's data is in the folder to watch, in {data}: choose another with --data DIR.")]
    public async Task A_folder_that_cannot_be_watched_ends_the_start_with_one_sentence(string path, string sentence)
    {
        Write("a.md", "Text.");
        var data = PathOf("data");

        await using var blog = ProgramRun.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "ServerlessBlog.dll"), "serve", "--watch", path, "--data", data],
            folder: _folder.FullName
        );

        Assert.Equal((1, ""), (await blog.EndAsync(), blog.Output));
        Assert.Equal(sentence.Replace("{data}", data, StringComparison.Ordinal) + "\n", blog.Errors);
        Assert.False(Directory.Exists(data));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    private static Task ReadUntilAsync(string address, string path, HttpStatusCode status) =>
        ReadUntilAsync(address, path, response => response.StatusCode == status);

    private static Task ReadUntilAsync(string address, string path, Func<string, bool> wanted) =>
        ReadUntilAsync(address, path, response => wanted(response.Content.ReadAsStringAsync().Result));

    private static async Task ReadUntilAsync(string address, string path, Func<HttpResponseMessage, bool> wanted)
    {
        using var http = new HttpClient();
        await TestBlog.WaitUntilAsync(() => http.GetAsync(new Uri($"{address}/{path}")), wanted, path);
    }
}
