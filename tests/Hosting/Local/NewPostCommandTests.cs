using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>The <c>new</c> command of the built program.</summary>
public sealed class NewPostCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-new-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("My first post", "my-first-post.md")]
    [InlineData("""He said: "C:\new" #1 & <b>""", "he-said-c-new-1-b.md")]
    [InlineData("Größe", "grosse.md")]
    [InlineData("你好", "你好.md")]
    [InlineData("2026/27: a report", "2026-27-a-report.md")]
    [InlineData("- yes", "yes.md")]
    public async Task A_draft_with_the_title_and_todays_date_is_written(string title, string name)
    {
        var before = DateTimeOffset.UtcNow.AddMinutes(-1);

        Assert.Equal(
            (0, $"./{name} is written, as a draft: write, take 'draft: true' out, and upload it.\n", ""),
            await RunAsync(title)
        );

        Assert.True(
            PostFile.TryRead(name, await File.ReadAllBytesAsync(PathOf(name)), TimeZoneInfo.Utc, out var post, out _)
        );
        Assert.Equal((title, true), (post.Metadata.Title, post.Metadata.Draft));
        Assert.InRange(post.Metadata.Date!.Value, before, DateTimeOffset.UtcNow);
        Assert.Equal([name], _folder.EnumerateFiles().Select(file => file.Name));
    }

    [Fact]
    public async Task Name_and_folder_can_be_chosen_and_nothing_is_overwritten()
    {
        var (code, _, _) = await RunAsync("A trip", "--file", "trip/index", "--folder", "posts");
        await File.WriteAllTextAsync(PathOf("posts/trip/index.md"), "Mine.");

        Assert.Equal(0, code);
        Assert.Equal(
            (1, "", "posts/trip/index.md is there already: choose another name with --file NAME.\n"),
            await RunAsync("A trip", "--file", "trip/index.md", "--folder", "posts")
        );
        Assert.Equal("Mine.", await File.ReadAllTextAsync(PathOf("posts/trip/index.md")));
    }

    [Theory]
    [InlineData("No file name can be made of this title: choose one with --file NAME.", "!!!")]
    [InlineData("../x is no name for a post: write one such as my-post.md.", "A title", "--file", "../x")]
    public async Task A_title_or_name_that_cannot_be_used_is_reported_in_one_sentence(
        string sentence,
        params string[] arguments
    )
    {
        Assert.Equal((1, "", sentence + "\n"), await RunAsync(arguments));
        Assert.Empty(_folder.EnumerateFiles());
    }

    [Fact]
    public async Task A_title_that_is_too_long_is_refused_before_a_file_is_written()
    {
        var (code, output, error) = await RunAsync(new string('x', 201));

        Assert.Equal((1, ""), (code, output));
        Assert.StartsWith("The title cannot be used: ", error, StringComparison.Ordinal);
        Assert.Empty(_folder.EnumerateFiles());
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        await using var command = ProgramRun.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "ServerlessBlog.dll"), "new", .. arguments],
            folder: _folder.FullName
        );
        var code = await command.EndAsync();
        return (code, command.Output, command.Errors);
    }
}
