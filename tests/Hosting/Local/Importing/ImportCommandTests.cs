using ServerlessBlog.Tests.Import;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local.Importing;

/// <summary>The command <c>import</c> of the built program, while a blog is running.</summary>
public sealed class ImportCommandTests : IAsyncLifetime, IDisposable
{
    private readonly SiteFolderBuilder _site = new();
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("blog-import-");
    private TestBlog _blog = null!;

    private string Report => Path.Combine(_data.FullName, "report.txt");

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(_data.FullName, "storage.txt"), _blog.Connection + "\n");
    }

    public async Task DisposeAsync()
    {
        await _blog.DisposeAsync();
        _data.Delete(recursive: true);
    }

    public void Dispose() => _site.Dispose();

    private async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        await using var run = ProgramRun.Blog(["import", .. arguments, "--data", _data.FullName]);
        return (await run.EndAsync(), run.Output, run.Errors);
    }

    private void AddSite() =>
        _site
            .Add("_config.yml", "permalink: /:year/:title/")
            .Add(
                "_posts/2019-03-02-Trip.v1.markdown",
                "---\ntitle: Trip\nredirect_from: /old/trip.aspx\n---\n![The sea](/assets/sea.svg)\n\n{% unknown %}\n"
            )
            .Add("_posts/2019-03-03-broken.md", "---\ntitle: [\n---\n")
            .Add("assets/sea.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>")
            .Add(
                "_data/comments/trip-v1/1.yml",
                "id: dsq-1\nname: Ann\nmessage: <p>A <b>fine</b> trip</p>\ndate: 2019-03-04T10:00:00.1234567Z\n"
                    + "avatar: x\n"
            )
            .Add(
                "_data/comments/trip-v1/2.yml",
                "id: dsq-2\nname: Bob\nmessage: <p>Yes</p>\ndate: 2019-03-05T10:00:00Z\nreplyToId: dsq-1\n"
            )
            .Add("_data/comments/gone/1.yml", "id: 1\nname: Bob\nmessage: x\ndate: 2019-03-05T10:00:00Z\n");

    [Fact]
    public async Task A_site_moves_in_with_addresses_pictures_and_comments_and_twice_changes_nothing()
    {
        AddSite();

        var dry = await RunAsync("jekyll", _site.Path, "--dry-run");
        Assert.Equal("404", await StatusAsync("/2019/Trip.v1/"));
        var first = await RunAsync("jekyll", _site.Path, "--report", Report);
        var report = await File.ReadAllTextAsync(Report);
        var second = await RunAsync("jekyll", _site.Path);

        Assert.Equal((1, "", 1, ""), (dry.Code, dry.Errors, first.Code, first.Errors));
        Assert.Contains(
            "Dry run: files: 2 imported, 0 unchanged, 1 left out, 0 not needed; 1 with notes.\n",
            dry.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("files: 2 imported, 0 unchanged, 1 left out", first.Output, StringComparison.Ordinal);
        Assert.Contains("comments: 2 imported, 0 unchanged, 1 left out", first.Output, StringComparison.Ordinal);
        Assert.Contains("_posts/2019-03-03-broken.md: left out: line ", first.Output, StringComparison.Ordinal);
        Assert.Contains(
            "_posts/2019-03-02-Trip.v1.markdown: imported: line 7: {% unknown %} cannot be translated",
            first.Output,
            StringComparison.Ordinal
        );
        Assert.Contains("_data/comments/trip-v1/1.yml: imported\n", report, StringComparison.Ordinal);
        Assert.Contains(
            "_data/comments/gone/1.yml: left out: there is no post that it belongs to",
            report,
            StringComparison.Ordinal
        );
        Assert.Contains("files: 0 imported, 2 unchanged, 1 left out", second.Output, StringComparison.Ordinal);
        Assert.Contains("comments: 0 imported, 2 unchanged, 1 left out", second.Output, StringComparison.Ordinal);

        var page = await _blog.ReadUntilAsync("/2019/Trip.v1/", html => html.Contains("Yes", StringComparison.Ordinal));
        Assert.Contains("A <b>fine</b> trip", page, StringComparison.Ordinal);
        Assert.Contains("/media/assets/sea.svg", page, StringComparison.Ordinal);
        Assert.Equal("301", await StatusAsync("/old/trip.aspx"));
        Assert.Equal("301", await StatusAsync("/assets/sea.svg"));
        Assert.Empty(Directory.Exists(_blog.MailFolder) ? Directory.GetFiles(_blog.MailFolder) : []);
    }

    [Theory]
    [InlineData("There is no folder", "jekyll", "/no/such/folder")]
    [InlineData("There is no file", "wordpress", "/no/such.xml")]
    [InlineData("There is no file", "comments", "/no/such.jsonl")]
    [InlineData("Required argument .FOLDER. missing", "hugo")]
    public async Task A_mistake_is_one_sentence_that_says_what_to_do(string sentence, params string[] arguments)
    {
        var (code, output, errors) = await RunAsync(arguments);

        Assert.Equal((1, ""), (code, output));
        Assert.Matches("^" + sentence, errors);
        Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Hugo_and_WordPress_move_in_too()
    {
        _site
            .Add("hugo/hugo.toml", "baseURL = 'https://old.example/'")
            .Add("hugo/content/posts/a.md", "+++\ntitle = 'From Hugo'\ndate = 2019-03-02\n+++\nText")
            .Add(
                "wp.xml",
                """
                <rss xmlns:wp="http://wordpress.org/export/1.2/"
                  xmlns:content="http://purl.org/rss/1.0/modules/content/">
                <channel><item><title>From WordPress</title><link>https://old.example/b/</link>
                <content:encoded>Text</content:encoded><wp:post_id>5</wp:post_id>
                <wp:post_date_gmt>2019-03-02 10:00:00</wp:post_date_gmt><wp:post_name>b</wp:post_name>
                <wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>
                """
            );

        Assert.Equal(0, (await RunAsync("hugo", Path.Combine(_site.Path, "hugo"))).Code);
        Assert.Equal(0, (await RunAsync("wordpress", Path.Combine(_site.Path, "wp.xml"))).Code);

        Assert.Contains("From Hugo", await _blog.ReadAsync("/posts/a/"), StringComparison.Ordinal);
        Assert.Contains("From WordPress", await _blog.ReadAsync("/b/"), StringComparison.Ordinal);
        Assert.Equal("301", await StatusAsync("/?p=5"));
    }

    private async Task<string> StatusAsync(string path)
    {
        using var response = await _blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)response.StatusCode}";
    }
}
