using System.Net;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Repository;

/// <summary>The four steps of "Your first post" in README.md, done as it says.</summary>
[Trait("Category", "Slow")]
public sealed class FirstPostTests : IDisposable
{
    private const string Address = "http://localhost:7071";

    private static readonly DocumentFile Readme = DocumentFile.Open("README.md");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-readme-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_first_post_is_published_with_title_author_and_style_as_the_readme_says_and_taken_down()
    {
        await using var blog = await StartAsync();
        string[] files = ["my-post.md", "my-site/theme/theme.css"];
        foreach (var file in files)
        {
            Write(file, Readme.FenceAfter($"this as `{file}`"));
        }

        var output = "";
        foreach (var command in Commands.Where(command => command.Arguments is ["upload", ..]))
        {
            output += await RunAsync(command.Arguments!);
        }

        var promised = Readme.InlineCode.Single(code => code.Contains(": published at ", StringComparison.Ordinal));
        var post = promised.Split(Address)[1];
        Assert.StartsWith($"{promised}\n", output, StringComparison.Ordinal);
        Assert.Contains(Readme.Lines, line => line.Contains($"<{Address}{post}>", StringComparison.Ordinal)); // step 3
        using var answer = await blog.Http.GetAsync(post);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        string[] shown = ["My first post", "Notes from the sea", "Ann Lee", "<strong>bold text</strong>", "<math"];
        Assert.All(shown, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.EndsWith(Readme.FenceAfter("theme.css`"), await blog.ReadAsync("/style.css"), StringComparison.Ordinal);

        await RunAsync(Commands.Single(command => command.Arguments is ["delete", ..]).Arguments!);

        using var gone = await blog.Http.GetAsync(post);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    private static IEnumerable<DocumentedCommand> Commands => DocumentedCommand.In(Readme);

    /// <summary>
    /// Starts a blog with the settings of step 4; the commands find its storage, as that of a local run.
    /// </summary>
    private async Task<TestBlog> StartAsync()
    {
        var settings = Commands
            .Single(command => command.Settings.Count > 0)
            .Settings.ToDictionary(
                setting => setting.Key.Replace("__", ":", StringComparison.Ordinal),
                string? (setting) => setting.Value
            );
        settings["Blog:BaseUrl"] = Address;
        var blog = await TestBlog.StartAsync(settings);
        Write("storage.txt", blog.Connection + "\n");
        return blog;
    }

    private void Write(string name, string text)
    {
        var file = new FileInfo(Path.Combine(_folder.FullName, name));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }

    private async Task<string> RunAsync(string[] arguments)
    {
        string[] program =
        [
            Path.Combine(AppContext.BaseDirectory, "ServerlessBlog.dll"),
            .. arguments,
            "--data",
            _folder.FullName,
        ];
        await using var run = ProgramRun.Start("dotnet", program, folder: _folder.FullName);
        Assert.True(await run.EndAsync() == 0, run.Output + run.Errors);
        return run.Output;
    }
}
