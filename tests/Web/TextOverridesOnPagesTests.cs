using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Web;

/// <summary>The owner's words in place of the blog's, by <c>theme/texts.json</c>.</summary>
public sealed partial class TextOverridesOnPagesTests
{
    /// <summary>Said when a race is lost, a connection breaks off, or storage has lost a row.</summary>
    private static readonly string[] HardToMeet = ["unread.part", "wrong.gone", "own.no-post"];

    private const string Everything = """
        ## One

        - [x] a
        - [ ] b

        ## Two

        Once[^1], twice[^1], and another[^2]. ![](https://www.youtube.com/watch?v=mswPy5bt3TQ) ![](a.mp3) ![](b.mp4)

        ## Three

        > [!NOTE]
        > a

        > [!TIP]
        > a

        > [!IMPORTANT]
        > a

        > [!WARNING]
        > a

        > [!CAUTION]
        > a

        [^1]: a
        [^2]: b
        """;

    private readonly Dictionary<string, string> _answers = [];

    [Fact]
    public async Task Any_text_can_be_in_the_owners_words_and_is_never_taken_for_markup()
    {
        await using var blog = await TestBlog.StartAsync(
            new()
            {
                ["Blog:Comments:PageSize"] = "3",
                ["Blog:Comments:Depth"] = "3",
                ["Blog:Comments:FloodSeconds"] = "3600",
                ["Blog:Comments:PreviouslyApproved"] = "true",
            }
        );
        var report = await blog.UploadAsync(
            "theme/texts.json",
            JsonSerializer.SerializeToUtf8Bytes(SiteTexts.Keys.ToDictionary(key => key, Hostile))
        );
        Assert.Equal((UploadOutcome.Published, 1), (report.Outcome, report.Lines.Count));

        await MeetAsync(blog, "/", "/tags");
        var post = await FillAsync(blog);
        await MeetAsync(
            blog,
            "/",
            "/page/2",
            "/tags",
            "/tags/words/page/2",
            "/archive",
            "/archive/2026/03",
            "/posts/month-1",
            "/posts/closed",
            "/posts/full",
            "/posts/full/comments/2"
        );
        await MeetAsync(blog, "/no/such/page", "/posts/gone", "/comment/nothing", "/blog.js", "/media/broken.jpg");
        await MeetFormsAsync(blog, post);
        await MeetOwnAsync(blog, post);
        blog.Calls.Fail = _ => true;
        await MeetAsync(blog, "/posts/never-asked-for");

        var met = _answers
            .Values.SelectMany(answer => Mark().Matches(answer))
            .Select(mark => mark.Groups[1].Value)
            .ToHashSet();
        Assert.Equal(
            [],
            SiteTexts
                .Keys.Where(key => key != "language" && !met.Contains(key))
                .Except(HardToMeet)
                .Order(StringComparer.Ordinal)
        );
        var left =
            from answer in _answers
            from key in SiteTexts.Keys
            where
                SiteTexts.BuiltIn[key].Contains(' ', StringComparison.Ordinal)
                && SiteTexts.BuiltIn.Parts(key).Count == 1
                && answer.Value.Contains(SiteTexts.BuiltIn[key], StringComparison.Ordinal)
            select $"{answer.Key}: {SiteTexts.BuiltIn[key]}";
        Assert.Equal("", string.Join('\n', left));
    }

    [Fact]
    public async Task A_blog_in_another_language_says_so_and_a_file_that_is_taken_away_again_leaves_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("post");
        var (page, script) = (await blog.ReadAsync("/posts/post"), await blog.ReadAsync("/blog.js"));

        await PutAsync(
            blog,
            """{ "language": "ar", "form.send": "إرسال", "month.1": "يناير", "script.reply": "a'b</script>" }"""
        );
        var own = await blog.OpenAsync("/posts/post");

        Assert.Equal(
            ("ar", "rtl"),
            (own.DocumentElement.GetAttribute("lang"), own.DocumentElement.GetAttribute("dir"))
        );
        Assert.Equal(["إرسال"], own.Words("#leave-a-comment button:not(.second)"));
        Assert.Equal(["يناير 2, 2026"], own.Words("main .byline time"));
        Assert.Contains(
            "'a\\u0027b\\u003C/script\\u003E'",
            await blog.ReadAsync(own.QuerySelector("head script")!.GetAttribute("src")!),
            StringComparison.Ordinal
        );
        Assert.Contains("<html lang=\"en\" id=\"top\">", await blog.ReadAsync("/moderate"), StringComparison.Ordinal); // moderators' pages stay as they are

        await blog.DeleteAsync("theme/texts.json", "media");
        Assert.Equal(page, await blog.ReadUntilAsync("/posts/post", html => html == page));
        Assert.Equal(script, await blog.ReadAsync("/blog.js"));
    }

    [Fact]
    public async Task What_is_wrong_with_the_file_is_in_the_report_and_pages_stay_as_they_are()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("post");
        var page = await blog.ReadAsync("/posts/post");

        var broken = await blog.UploadAsync("theme/texts.json", "{\n  \"form.send\": \"Los\n}"u8.ToArray());
        Assert.Equal(page, await blog.ReadAsync("/posts/post"));
        var wrong = await blog.UploadAsync("theme/texts.json", "{\n  \"form.sand\": \"Los\" }"u8.ToArray());
        Assert.Equal(page, await blog.ReadAsync("/posts/post"));
        var large = await blog.UploadAsync(
            "theme/texts.json",
            Encoding.UTF8.GetBytes("{ \"form.send\": \"Los\" }" + new string(' ', 64 * 1024))
        );
        Assert.Equal(page, await blog.ReadAsync("/posts/post"));

        Assert.Equal(UploadOutcome.Refused, broken.Outcome);
        Assert.StartsWith("line 2, column ", broken.Lines[0], StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Published, wrong.Outcome);
        Assert.Equal(
            "line 2, column 3: the blog has no text \"form.sand\": did you mean \"form.send\"?",
            wrong.Lines[1]
        );
        Assert.Equal(UploadOutcome.Refused, large.Outcome);
    }

    private static string Hostile(string key) =>
        key == "language"
            ? "de"
            : $"<b class=hostile>‹{key}›\"' onclick=x{string.Concat(SiteTexts.BuiltIn.Parts(key).Select(part => part.Place is null ? "" : $" {{{part.Place}}}"))}";

    private static async Task<PostId> FillAsync(TestBlog blog)
    {
        await Task.WhenAll(
            Enumerable
                .Range(1, 12)
                .Select(month => blog.WriteAsync($"month-{month}", $"date: 2025-{month:00}-02\ntags: [words]"))
        );
        await Task.WhenAll(
            Enumerable
                .Range(1, 11)
                .Select(day =>
                    blog.WriteAsync(
                        $"day-{day}",
                        $"date: 2026-03-{day:00}\ntags: [words]{(day == 9 ? "\nfeatured: true" : day == 10 ? "\npinned: true" : "")}"
                    )
                )
        );
        await blog.WriteAsync("about", "type: page\nmenu: true");
        await blog.WriteAsync("closed", "date: 2026-01-01\ncomments: false\nseries: Two");
        await blog.UploadAsync("broken.jpg", "no picture"u8.ToArray());
        await blog.WriteAsync("gone", "date: 2026-01-01");
        await blog.DeleteAsync("gone.md");
        await blog.WriteAsync("full", "date: 2026-01-02\nseries: Two\noutdated: 2026-02-03\ntags: [words]", Everything);
        var (post, table, moderation, stop) = (
            PostId.OfFile("full.md"),
            blog.Get<CommentTable>(),
            blog.Get<CommentModeration>(),
            CancellationToken.None
        );
        await ContentBuilder.AddCommentsAsync(blog, PostId.OfFile("month-1.md"), 1);
        await ContentBuilder.AddCommentsAsync(blog, post, 4);
        var (key, above) = (await table.IdKeyAsync(stop), (CommentId?)null);
        foreach (var text in new[] { "Begins.", "Is taken away.", "On the last level.", "Names whom it answers." })
        {
            var comment = ContentBuilder.CommentOf(key, post, text, second: 14 * 60 * 60) with
            {
                Answers = above,
                IsByAuthor = text == "Begins.",
            };
            above = (await table.KeepAsync(comment, stop)).Key.Comment;
            await moderation.DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
        }

        await moderation.DecideAsync(
            ContentBuilder.CommentOf(key, post, "Is taken away.").Key,
            CommentState.Spam,
            "by a test",
            stop
        );
        return post;
    }

    private async Task MeetFormsAsync(TestBlog blog, PostId post)
    {
        var to = $"/posts/{post}/comments";
        await FormAsync(blog, to, new());
        await FormAsync(
            blog,
            to,
            new()
            {
                ["name"] = "a",
                ["email"] = "a",
                ["website"] = "a",
                ["comment"] = "[a]: b",
            }
        );
        await FormAsync(blog, to, new() { ["name"] = new string('a', 81), ["comment"] = new string('>', 1000) + " x" });
        await FormAsync(
            blog,
            to,
            new()
            {
                ["name"] = "a",
                ["email"] = "a@example.com",
                ["comment"] = "a",
                ["answers"] = "999",
            }
        );
        await FormAsync(blog, to, new() { ["act"] = "preview", ["comment"] = "a" });
        await FormAsync(blog, to, new() { ["comment"] = new string('a', 200 * 1024) });
        await FormAsync(blog, to, Enumerable.Range(0, 2000).ToDictionary(number => $"f{number}", _ => ""));
        await FormAsync(blog, $"/posts/{PostId.OfFile("closed.md")}/comments", new() { ["comment"] = "a" });
        await FormAsync(blog, "/api/preview", new() { ["comment"] = new string('a', 5000) });
        await SendAsync(blog, to, new StringContent("{}", Encoding.UTF8, "application/json"));
    }

    /// <summary>One comment in every state; of the second, right after it, the form says to wait.</summary>
    private async Task MeetOwnAsync(TestBlog blog, PostId post)
    {
        var links = blog.Get<SignedLinks>();
        using var sent = await blog.CommentAsync(post, "See https://a.example/ and https://b.example/.");
        var receipt = sent.Headers.Location!.OriginalString;
        Assert.True(links.TryRead(receipt.Split("receipt=")[1].Split('#')[0], out _, out var key));
        await FormAsync(
            blog,
            $"/posts/{post}/comments",
            new()
            {
                ["name"] = "a",
                ["email"] = "a@example.com",
                ["comment"] = "Another.",
            }
        );
        var own =
            $"/comment/{links.Sign(LinkAction.Receipt, (await blog.Get<CommentTable>().FindAsync(key, CancellationToken.None))!.Value)}";
        await TestBlog.UntilAsync(
            () => blog.Get<CommentTable>().FindAsync(key, CancellationToken.None),
            found => found!.Value.State == CommentState.Held,
            "the comment is held"
        );
        await MeetAsync(blog, receipt.Split('#')[0], own);
        await FormAsync(blog, own, new() { ["act"] = "change", ["comment"] = "" });
        await FormAsync(
            blog,
            own,
            new() { ["act"] = "change", ["comment"] = "See https://c.example/ and https://d.example/." }
        );
        await MeetAsync(blog, own);
        foreach (var state in new[] { CommentState.Approved, CommentState.Spam, CommentState.Trash })
        {
            await blog.Get<CommentModeration>()
                .DecideAsync(key, state, "by a test", CancellationToken.None, restorable: state == CommentState.Trash);
            await MeetAsync(blog, own);
        }

        foreach (var act in new[] { "withdraw", "change", "erase" })
        {
            await FormAsync(blog, own, new() { ["act"] = act, ["comment"] = "Other words." });
            await MeetAsync(blog, own);
        }
    }

    private async Task MeetAsync(TestBlog blog, params string[] paths)
    {
        foreach (var path in paths)
        {
            using var answer = await blog.Http.GetAsync(path);
            await KeepAsync($"{path} {_answers.Count}", answer);
        }
    }

    private Task FormAsync(TestBlog blog, string path, Dictionary<string, string> form) =>
        SendAsync(blog, path, new FormUrlEncodedContent(form));

    private async Task SendAsync(TestBlog blog, string path, HttpContent content)
    {
        using var answer = await blog.Http.PostAsync(path, content);
        await KeepAsync($"POST {path} {_answers.Count}", answer);
    }

    private async Task KeepAsync(string name, HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if (answer.Content.Headers.ContentType?.MediaType == "text/html")
        {
            using var page = new HtmlParser().ParseDocument(text);
            Assert.True(page.QuerySelectorAll(".hostile, [onclick]").Length == 0, name);
        }

        _answers[name] = name.StartsWith("/blog.js", StringComparison.Ordinal)
            ? Escaped().Replace(text, sign => ((char)Convert.ToInt32(sign.Groups[1].Value, 16)).ToString())
            : WebUtility.HtmlDecode(text);
    }

    private static Task PutAsync(TestBlog blog, string json) =>
        blog.UploadAsync("theme/texts.json", Encoding.UTF8.GetBytes(json));

    [GeneratedRegex(@"\\u([0-9A-F]{4})")]
    private static partial Regex Escaped();

    [GeneratedRegex("‹([a-z0-9.-]+)›")]
    private static partial Regex Mark();
}
