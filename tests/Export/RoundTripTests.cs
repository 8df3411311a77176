using System.Text.Json;
using CsCheck;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Export;
using ServerlessBlog.Hosting.Local.Importing;
using ServerlessBlog.Import;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Export;

/// <summary>
/// Property-based test: a blog that is exported and imported into an empty one is the same, field for field, and an
/// export of that has the same bytes.
/// </summary>
[Trait("Category", "Slow")]
public sealed class RoundTripTests
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private static readonly Gen<string> Words = OneOf(
        "Plain words",
        "Ünï cödé",
        "你好 世界",
        "a: b # c",
        "\"quoted\" 'x'",
        "عربي",
        "😀 emoji",
        "[x] *y* _z_ `c`",
        "back\\slash",
        "5 < 6 & 7 > 3",
        "E. coli",
        "- item"
    );

    private static readonly Gen<GeneratedPost> Posts = Gen.Select(
        Words,
        Words.List[1, 4],
        Gen.Enum<PostKind>(),
        Gen.Int[0, 3],
        Gen.Bool,
        (title, body, kind, tags, isToml) => new GeneratedPost(title, string.Join("\n\n", body), kind, tags, isToml)
    );

    private static readonly Gen<GeneratedComment> Comments = Gen.Select(
        Words,
        Words,
        Gen.Int[0, 9],
        Gen.Int[-3, 9],
        OneOf("approved", "held", "spam", "trash"),
        Gen.Bool,
        (author, text, post, parent, state, isHtml) =>
            new GeneratedComment(author, isHtml ? $"<p>{text}</p>" : text, post, parent, state, isHtml)
    );

    private static Gen<string> OneOf(params string[] texts) =>
        Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    [Fact]
    public async Task A_generated_blog_is_the_same_after_export_and_import()
    {
        var blogs = Gen.Select(Posts.List[1, 8], Comments.List[0, 12]);

        await blogs.SampleAsync(CheckAsync, iter: TestDepth.IsFull ? 20 : 3, threads: 1);
    }

    private static async Task CheckAsync(List<GeneratedPost> posts, List<GeneratedComment> comments)
    {
        var folder = Directory.CreateTempSubdirectory("blog-round-");
        await using var blog = await TestBlog.StartAsync();
        await using var other = await TestBlog.StartAsync();
        try
        {
            await FillAsync(blog, posts, comments, folder.FullName);
            var (first, second) = (Path.Combine(folder.FullName, "first"), Path.Combine(folder.FullName, "second"));
            await ExportDriver.ExportAsync(blog, first);
            await ImportAsync(other, new BlogImport(ExportedSite.Open(first)).RunAsync, folder.FullName);
            await ExportDriver.ExportAsync(other, second);

            Assert.Equal(await PostsAsync(blog), await PostsAsync(other));
            Assert.Equal(await CommentsAsync(blog), await CommentsAsync(other));
            var (before, after) = (ExportDriver.Files(first), ExportDriver.Files(second));
            Assert.Equal(before.Keys.Order(), after.Keys.Order());
            Assert.All(before, file => Assert.Equal(file.Value, after[file.Key]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(
        TestBlog blog,
        List<GeneratedPost> posts,
        List<GeneratedComment> comments,
        string folder
    )
    {
        foreach (var (number, post) in posts.Index())
        {
            await blog.UploadAsync(post.FileName(number), post.ToText(number));
            if (post.Kind == PostKind.Moved)
            {
                await blog.UploadAsync(post.FileName(number), post.ToText(number, slug: $"now-{number}"));
            }
        }

        var names = posts.Select((post, number) => post.FileName(number)).ToList();
        Directory.CreateDirectory(Path.Combine(folder, "comments"));
        var file = Path.Combine(folder, "comments", "comments.jsonl");
        await File.WriteAllLinesAsync(file, comments.Select((comment, number) => comment.ToLine(number, names)));
        await ImportAsync(blog, new CommentFileImport(new FileInfo(file)).RunAsync, folder);
        foreach (var (number, _) in posts.Index().Where(post => post.Item.Kind == PostKind.Deleted))
        {
            await blog.DeleteAsync(names[number]);
        }

        var rules = blog.Get<RuleTable>();
        var saved = SavedRules.From(await rules.CurrentAsync(Stop), "Ada", DateTimeOffset.UnixEpoch);
        Assert.True(await rules.SaveAsync(saved with { MaxLinks = 7, DisallowedKeys = ["ünï"] }, null, Stop));
    }

    private static async Task ImportAsync(TestBlog blog, Func<ImportOptions, Task<int>> import, string folder)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N")));
        await File.WriteAllTextAsync(Path.Combine(data.FullName, "storage.txt"), blog.Connection);
        var report = Path.Combine(data.FullName, "report.txt");
        int exitCode;
        using (var options = ImportOptions.Create(data.FullName, isDryRun: false, report, Stop))
        {
            exitCode = await import(options);
        }

        Assert.True(exitCode == 0, await File.ReadAllTextAsync(report));
    }

    /// <summary>The fields of posts but those that say when and as what the blob was uploaded.</summary>
    private static async Task<List<string>> PostsAsync(TestBlog blog) =>
        await blog.Get<PostStatusLists>()
            .ReadAllAsync(Stop)
            .Where(post => post.SourceVersion.Length > 0)
            .Select(post =>
                string.Join(
                    " | ",
                    post.Id,
                    post.Source,
                    post.State,
                    post.Path,
                    post.Metadata.Title,
                    post.Metadata.IsPage,
                    string.Join(',', post.Metadata.Tags),
                    post.Digest,
                    post.Metadata.Draft ? null : post.Date.UtcDateTime.ToString("O"),
                    post.Metadata.Updated,
                    string.Join(',', post.Aliases.Concat(post.FormerPaths).Select(path => path.Text).Order())
                )
            )
            .Order()
            .ToListAsync();

    private static async Task<List<string>> CommentsAsync(TestBlog blog) =>
        await blog.Get<CommentRows>()
            .ReadAllAsync(Stop)
            .Select(comment => $"{ExportedComment.ToLine(comment, null)} {comment.Position} {comment.Number}")
            .Order()
            .ToListAsync();

    private enum PostKind
    {
        Post,
        Undated,
        Draft,
        Page,
        Scheduled,
        Moved,
        Deleted,
        Html,
    }

    private sealed record GeneratedPost(string Title, string Body, PostKind Kind, int Tags, bool IsToml)
    {
        public string FileName(int number) => $"{number}/post-{number}.{(Kind == PostKind.Html ? "html" : "md")}";

        public string ToText(int number, string? slug = null)
        {
            var (sign, equals) = IsToml ? ("+++", " =") : ("---", ":");
            var title = Title.Replace("\\", "\\\\").Replace("\"", "\\\"");
            var fields = new List<string> { $"title{equals} \"{title}\"" };
            fields.AddRange(
                Kind switch
                {
                    PostKind.Undated => [],
                    PostKind.Draft => [$"draft{equals} true"],
                    PostKind.Page => [$"type{equals} \"page\""],
                    PostKind.Scheduled => [$"date{equals} 2199-01-02"],
                    PostKind.Moved => [$"date{equals} 2026-01-02", $"url{equals} \"/{slug ?? $"was-{number} 😀"}\""],
                    _ => [$"date{equals} 2026-01-{number + 1:D2}", $"aliases{equals} [\"/old-{number}\"]"],
                }
            );
            fields.Add(
                $"tags{equals} [{string.Join(", ", Enumerable.Range(0, Tags).Select(tag => $"\"Tag {tag}\""))}]"
            );
            return $"{sign}\n{string.Join('\n', fields)}\n{sign}\n{Body}\n";
        }
    }

    private sealed record GeneratedComment(string Author, string Text, int Post, int Parent, string State, bool IsHtml)
    {
        public string ToLine(int number, List<string> posts)
        {
            var line = new Dictionary<string, object?>
            {
                ["id"] = $"c{number}",
                ["file"] = posts[Post % posts.Count],
                ["author"] = Author,
                ["email"] = number % 2 == 0 ? "ann@example.com" : null,
                ["text"] = Text,
                ["format"] = IsHtml ? "html" : "markdown",
                ["created"] = $"2024-01-02T03:04:{number:D2}.1234567Z",
                ["state"] = State,
                ["parent"] = Parent >= 0 && Parent < number ? $"c{Parent}" : null,
            };
            return JsonSerializer.Serialize(line);
        }
    }
}
