using System.Text.Json;
using ServerlessBlog.Export;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Import.WordPress;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Export;

/// <summary>Everything of a blog as files, and back.</summary>
public sealed class ExportTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-export-");
    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync();

    public async Task DisposeAsync()
    {
        await _blog.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task<ExportFolder> ExportAsync(TestBlog blog, string name = "export") =>
        ExportDriver.ExportAsync(blog, Path.Combine(_folder.FullName, name));

    private Dictionary<string, string> Files(string name = "export") =>
        ExportDriver.Files(Path.Combine(_folder.FullName, name));

    private async Task FillAsync()
    {
        await _blog.UploadAsync("undated.md", "---\ntitle: Undated\n---\nText.\n");
        await _blog.UploadAsync(
            "trip/index.md",
            "---\ntitle: Trip\ndate: 2026-01-02\nurl: /trips/one/\n---\n![](a.jpg)\n"
        );
        await _blog.UploadAsync("trip/a.jpg", TestPictures.Photo(60, 40), StorageNames.Posts);
        await _blog.UploadAsync("old.toml.md", "+++\ntitle = 'Tom'\naliases = ['/a']\n+++\nText.\n");
        await _blog.UploadAsync("draft.md", "---\ntitle: Draft\ndraft: true\n---\nText.\n");
        await _blog.UploadAsync("moved.md", "---\ntitle: Moved\nslug: before\ndate: 2026-01-03\n---\nText.\n");
        await _blog.UploadAsync("moved.md", "---\ntitle: Moved\nslug: after\ndate: 2026-01-03\n---\nText.\n");
        await _blog.UploadAsync("about.md", "---\ntitle: About\ntype: page\n---\nText.\n");
        await _blog.UploadAsync("broken.md", "No front matter.");
        await _blog.UploadAsync("theme/theme.css", ".mine { }"u8.ToArray());
        await _blog.UploadAsync("photo.jpg", TestPictures.Photo(60, 40));
    }

    [Fact]
    public async Task Uploaded_into_an_empty_blog_posts_are_the_same_and_another_export_has_the_same_bytes()
    {
        await FillAsync();
        await ExportAsync(_blog);
        await using var other = await TestBlog.StartAsync();
        foreach (var container in new[] { StorageNames.Media, StorageNames.Posts })
        {
            var root = Path.Combine(_folder.FullName, "export", container);
            foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
            {
                await other.UploadAsync(
                    Path.GetRelativePath(root, file),
                    await File.ReadAllBytesAsync(file),
                    container
                );
            }
        }

        var (before, after) = (await PostsAsync(_blog), await PostsAsync(other));
        Assert.Equal(
            ["about.md", "draft.md", "moved.md", "old.toml.md", "trip/index.md", "undated.md"],
            before.Select(post => post.Source).Order(StringComparer.Ordinal)
        );
        Assert.Equal(before.Select(Essence), after.Select(Essence));
        foreach (var post in before.Where(post => post.State == PostState.Published))
        {
            Assert.Equal(await BodyAsync(_blog, post), await BodyAsync(other, post));
        }

        using var redirected = await other.Http.GetAsync("/posts/before");
        Assert.Equal("/posts/after", redirected.Headers.Location?.OriginalString);
        await ExportAsync(other, "again");
        Assert.Equal(Files(), Files("again"));
    }

    private static async Task<List<Post>> PostsAsync(TestBlog blog) =>
        await blog.Get<PostStatusLists>().ReadAllAsync(CancellationToken.None).ToListAsync();

    private static object Essence(Post post) =>
        (
            post.Id,
            post.Source,
            post.State,
            post.Path,
            post.Metadata.Draft ? default : post.Date.UtcDateTime,
            post.Metadata.Title,
            post.Metadata.IsPage,
            string.Join(' ', post.Aliases.Concat(post.FormerPaths).Select(path => path.Text).Order())
        );

    private static async Task<string> BodyAsync(TestBlog blog, Post post)
    {
        using var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(await blog.ReadAsync(post.Path.Link));
        return page.QuerySelector("article")!.InnerHtml;
    }

    [Fact]
    public async Task Again_writes_only_what_has_changed_and_deletes_only_what_it_wrote()
    {
        await FillAsync();
        await ExportAsync(_blog);
        var own = Path.Combine(_folder.FullName, "export", "posts", "mine.txt");
        await File.WriteAllTextAsync(own, "My own.");
        await _blog.UploadAsync("draft.md", "---\ntitle: Draft\ndraft: true\n---\nOther text.\n");
        await _blog.DeleteAsync("photo.jpg", StorageNames.Media);

        var again = await ExportAsync(_blog);

        Assert.Equal((2, 1), (again.Written, again.Deleted));
        Assert.True(File.Exists(own));
        Assert.False(File.Exists(Path.Combine(_folder.FullName, "export", "media", "photo.jpg")));
    }

    [Fact]
    public async Task Comments_are_lines_with_all_that_is_known_of_them()
    {
        var post = await _blog.PublishAsync("talk");
        var first = await ContentBuilder.SubmitCommentAsync(
            _blog,
            post,
            "Ünï *code*\n\n\"x\"",
            "Grace",
            "grace@example.com"
        );
        await ContentBuilder.SubmitCommentAsync(_blog, post, "Second.", "Linus", "linus@example.com");

        await ExportAsync(_blog);

        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder.FullName, "export", "comments.jsonl"));
        using var json = JsonDocument.Parse(lines[0]);
        Assert.Equal(2, lines.Length);
        Assert.Equal(first.Text, json.RootElement.GetProperty("text").GetString());
        Assert.Equal("grace@example.com", json.RootElement.GetProperty("email").GetString());
        Assert.Equal("talk.md", json.RootElement.GetProperty("file").GetString());
        Assert.Equal("approved", json.RootElement.GetProperty("state").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("number").GetInt32());
        Assert.Contains("Ünï", lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_for_WordPress_holds_posts_pages_drafts_and_comments_as_HTML()
    {
        await FillAsync();
        var post = await _blog.PublishAsync("talk", "A \u0007 & <b>", "*Text* ![x](/media/photo.jpg)");
        await ContentBuilder.SubmitCommentAsync(_blog, post, "First.");
        await ContentBuilder.SubmitCommentAsync(_blog, post, "*Reply*.", "Linus", "l@example.com", replyTo: 1);
        await ExportAsync(_blog);

        var site = WordPressSite.Open(
            new FileInfo(Path.Combine(_folder.FullName, "export", "wordpress.xml")),
            uploads: null
        );
        var files = site.ReadFiles().Where(file => !file.IsMachinery).ToDictionary(file => file.Name);

        Assert.Equal(
            ["after", "draft", "old-toml", "one", "pages/about", "talk", "undated"],
            files.Keys.Order(StringComparer.Ordinal).Select(name => name[..^".html".Length])
        );
        Assert.Contains("draft: true", files["draft.html"].Text, StringComparison.Ordinal);
        Assert.Contains("type: page", files["pages/about.html"].Text!.Replace("\"", ""), StringComparison.Ordinal);
        Assert.Contains("<em>Text</em> <img src=\"http", files["talk.html"].Text, StringComparison.Ordinal);
        Assert.Contains("& <b>", files["talk.html"].Text, StringComparison.Ordinal);
        var comments = site.ReadComments().ToList();
        Assert.Equal(2, comments.Count);
        Assert.All(comments, comment => Assert.Equal("talk.html", comment.File));
        Assert.Equal(comments[0].Comment!.Id, comments[1].Comment!.Parent);
        Assert.Contains("<em>Reply</em>", comments[1].Comment!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_are_written_without_secrets()
    {
        var file = ExportedSettings.Create([
            ("PATH", "/bin"),
            ("Blog__Title", "My \"blog\" # 1"),
            ("Blog__Secret", "hidden-1"),
            ("blog__smtp", "smtp://u:hidden-2@host"),
            ("Blog__BaseUrl", "https://b.example"),
        ]);

        Assert.EndsWith(
            "Blog__BaseUrl=https://b.example\n# Blog__Secret is a secret: set it again.\n"
                + "Blog__Title=\"My \\\"blog\\\" # 1\"\n# blog__smtp is a secret: set it again.\n",
            file.Content.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("hidden", file.Content.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Old_addresses_are_redirects_for_other_servers()
    {
        await FillAsync();
        await ExportAsync(_blog);

        var root = Path.Combine(_folder.FullName, "export");
        Assert.Equal(
            "/a /posts/old-toml 301\n/posts/before /posts/after 301\n",
            await File.ReadAllTextAsync(Path.Combine(root, "_redirects"))
        );
        Assert.EndsWith(
            "\"/a\" \"/posts/old-toml\";\n\"/posts/before\" \"/posts/after\";\n",
            await File.ReadAllTextAsync(Path.Combine(root, "redirects.map")),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("posts/../../evil.md")]
    [InlineData("/etc/evil.md")]
    [InlineData("posts/a\nb.md")]
    [InlineData("media")]
    [InlineData("media/photo.jpg/inside.jpg")]
    public async Task A_name_that_cannot_be_a_file_there_is_left_out_and_named(string name)
    {
        var folder = new ExportFolder(Path.Combine(_folder.FullName, "export"));
        await folder.WriteAsync(ExportedFile.FromText("media/photo.jpg", "x"), CancellationToken.None);
        await folder.WriteAsync(ExportedFile.FromText(name, "x"), CancellationToken.None);
        await folder.FinishAsync(CancellationToken.None);

        Assert.Equal([name], folder.Failed);
        Assert.Equal([".export", "media/photo.jpg"], Files().Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_folder_with_other_things_is_refused_and_stays_as_it_is()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "mine.txt"), "My own.");

        Assert.False(new ExportFolder(_folder.FullName).IsUsable);
        Assert.True(new ExportFolder(Path.Combine(_folder.FullName, "new")).IsUsable);
    }
}
