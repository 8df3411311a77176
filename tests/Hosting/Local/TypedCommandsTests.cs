using System.Net;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>Commands as a person types them, or pastes them from the output of the running blog.</summary>
[Trait("Category", "Slow")]
public sealed class TypedCommandsTests : IAsyncLifetime
{
    private readonly LocalRun _local = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _local.DeleteAsync();

    private static string Configuration =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

    [Theory]
    [InlineData(true)] // typed in the repository's root
    [InlineData(false)] // typed in another folder
    public async Task Relative_paths_are_relative_to_where_dotnet_run_is_typed(bool isInRepository)
    {
        await using var blog = await TestBlog.StartAsync();
        await File.WriteAllTextAsync(_local.ConnectionFile, blog.Connection + "\n");
        await File.WriteAllTextAsync(Path.Combine(_local.Data, "my-post.md"), "---\ntitle: Mine\n---\nText.\n");
        var (root, folder) = (
            RepositoryRoot.Find(),
            Directory.CreateDirectory(Path.Combine(_local.Data, "deeper")).FullName
        );
        var (workingFolder, project) = isInRepository
            ? (root, "functions")
            : (folder, Path.GetRelativePath(folder, Path.Combine(root, "functions")));
        string Relative(string path) => Path.GetRelativePath(workingFolder, path);

        await using var upload = ProgramRun.Start(
            "dotnet",
            [
                "run",
                "--no-build",
                "--project",
                project,
                "-c",
                Configuration,
                "--",
                "upload",
                Relative(Path.Combine(_local.Data, "my-post.md")),
                "--data",
                Relative(_local.Data),
            ],
            folder: workingFolder
        );

        Assert.Equal((0, ""), (await upload.EndAsync(), upload.Errors));
        Assert.Equal("my-post.md: published at http://blog.test/posts/my-post\n", upload.Output);
    }

    [Fact]
    public async Task The_printed_link_signs_in_once_and_the_printed_command_creates_another()
    {
        var data = Path.Combine(_local.Data, "it's mine");
        await using var blog = ProgramRun.Blog(["--data", data, "--port", "0", "--no-samples"]);
        var moderate = await blog.LineAsync("Moderate:");
        var link = await blog.LineAsync("           sign in (once, within 15 minutes):");
        var command = await blog.LineAsync("           make another link:");

        await using var again = ProgramRun.Start(
            "sh",
            ["-c", command.Replace("dotnet run", $"dotnet run --no-build -c {Configuration}", StringComparison.Ordinal)]
        );
        Assert.Equal((0, ""), (await again.EndAsync(), again.Errors));

        var page = WebUtility.HtmlDecode(await ReadAsync(moderate));
        Assert.Contains("the address to write here is author@localhost.", page, StringComparison.Ordinal);
        Assert.Contains(
            $"The mail with the link is written to {Path.Combine(data, "mail")}.",
            page,
            StringComparison.Ordinal
        );
        Assert.Equal(
            [HttpStatusCode.SeeOther, HttpStatusCode.NotFound],
            [await SignInAsync(link), await SignInAsync(link)]
        );
        Assert.StartsWith(moderate, again.Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, await SignInAsync(again.Output.Trim()));
        await blog.SignalAsync("TERM");
        Assert.Equal(0, await blog.EndAsync());
    }

    [Fact]
    public async Task A_second_terminal_signs_in_the_authors_of_the_running_blog()
    {
        await using (var blog = _local.StartWith("Blog__Authors", "Ann <ann@example.com>; Bob <bob@example.com>"))
        {
            await blog.LineAsync("End:");
            await using var first = SignIn();
            await using var second = SignIn("BOB@example.com");
            await using var stranger = SignIn("author@localhost");

            Assert.Equal((0, 0, 1), (await first.EndAsync(), await second.EndAsync(), await stranger.EndAsync()));

            Assert.Contains(
                "You will be Ann in this browser",
                await ReadAsync(first.Output.Trim()),
                StringComparison.Ordinal
            );
            Assert.Contains(
                "You will be Bob in this browser",
                await ReadAsync(second.Output.Trim()),
                StringComparison.Ordinal
            );
            Assert.Equal(HttpStatusCode.SeeOther, await SignInAsync(first.Output.Trim()));
            Assert.Equal(
                "author@localhost is not in Blog__Authors: name one of ann@example.com, bob@example.com.\n",
                stranger.Errors
            );
            await blog.SignalAsync("KILL"); // leaves the file with its address behind
            await blog.EndAsync();
        }

        await using var late = SignIn();

        Assert.Equal((1, ""), (await late.EndAsync(), late.Output));
        Assert.Equal(
            $"No blog is running on {_local.Data}: start it in another terminal, "
                + "or set Blog__BaseUrl, Blog__Secret and Blog__Authors as the blog has them.\n",
            late.Errors
        );
    }

    [Theory]
    [InlineData("/home/ann/.blog", "/home/ann/.blog")]
    [InlineData("/home/ann/my blog", "'/home/ann/my blog'")]
    [InlineData("/it's", "'/it'\\''s'")]
    [InlineData("/$HOME;x", "'/$HOME;x'")]
    [InlineData("~x", "'~x'")]
    public void A_folder_is_quoted_where_a_shell_needs_it(string folder, string quoted) =>
        Assert.Equal(quoted, PrintedCommand.Quote(folder));

    private ProgramRun SignIn(params IEnumerable<string> mail) =>
        ProgramRun.Blog(["sign-in", "--data", _local.Data, .. mail]);

    private static async Task<string> ReadAsync(string address)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(address));
    }

    private static async Task<HttpStatusCode> SignInAsync(string link)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = new FormUrlEncodedContent([]) };
        request.Headers.Add("Origin", new Uri(link).GetLeftPart(UriPartial.Authority));
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
