using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Privacy;
using ServerlessBlog.Search;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Search;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Web;

/// <summary>The texts that the owner overrides with <c>theme/texts.json</c>, on the pages that show them.</summary>
public sealed partial class TextOverridesOnPagesTests
{
    /// <summary>
    /// Texts that are shown only after a lost race, a broken connection or a lost row, and beyond the limits of a day,
    /// which this test cannot reach; DailyLimitTests reach the latter in English.
    /// </summary>
    private static readonly string[] Unreachable =
    [
        "wrong.gone",
        "own.no-post",
        "traffic.title",
        "traffic.sentence",
        "wrong.too-many",
        "privacy.comments-kept",
        "privacy.addresses",
        "privacy.webhooks",
        "privacy.no-letters",
        "subscribe.off-title",
        "subscribe.off",
    ];

    /// <summary>Beginnings of the keys that moderators and authors see: see AdminTextsTests.</summary>
    private static readonly string[] ForModerators =
    [
        "admin.",
        "rules.",
        "failures.",
        "editor.",
        "site.",
        "theme.",
        "reason.",
        "mail.",
        "mailbox.",
        "letter.", // in mails: see the tests of letters
    ];

    private const string AllFeatures = """
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

    private readonly Dictionary<string, string> _responses = [];

    [Fact]
    public async Task Every_text_can_be_overridden_and_is_encoded_as_text()
    {
        await using var blog = await TestBlog.StartAsync(
            new()
            {
                ["Blog:Comments:PageSize"] = "3",
                ["Blog:Comments:Depth"] = "3",
                ["Blog:Comments:FloodSeconds"] = "3600",
                ["Blog:Comments:PreviouslyApproved"] = "true",
                ["Blog:Comments:ModerationKeys"] = "casino",
            }
        );
        var report = await blog.UploadAsync(
            "theme/texts.json",
            JsonSerializer.SerializeToUtf8Bytes(SiteTexts.Keys.ToDictionary(key => key, Hostile))
        );
        Assert.Equal((UploadOutcome.Published, 1), (report.Outcome, report.Lines.Count));
        await blog.UploadAsync(
            "theme/site.yml",
            "social: [{ name: A, url: https://a.example }]\nfooter: [{ name: B, url: /b }]"u8.ToArray()
        );

        await VisitAsync(blog, "/", "/tags", "/search?q=words");
        var post = await FillAsync(blog);
        await VisitAsync(
            blog,
            "/",
            "/page/2",
            "/tags",
            "/tags/words/page/2",
            "/archive",
            "/archive/2026/03",
            "/posts/month-1",
            "/posts/month-12",
            "/posts/closed",
            "/authors/grace",
            "/posts/full",
            "/posts/full/comments/2",
            "/posts/full/comments/newest",
            "/posts/full/comments.xml"
        );
        await VisitAsync(blog, "/no/such/page", "/posts/gone", "/comment/nothing", "/blog.js", "/media/broken.jpg");
        await SubmitInvalidFormsAsync(blog, post);
        await VisitReceiptsAsync(blog, post);
        await using var holdingAll = await TestBlog.StartAsync(
            new() { ["Blog:Comments:Moderation"] = "true" },
            connection: blog.Connection,
            options: TestBlog.IdleHostOptions
        );
        await VisitAsync(holdingAll, "/posts/month-2");
        await VisitJudgedAsync(holdingAll, post, comment => comment);
        await VisitJudgedAsync(blog, post, comment => comment with { FilledHoneypot = true });
        await VisitJudgedAsync(blog, post, comment => comment with { Author = "A stranger", Text = "A casino." });
        await ContentBuilder.AddPostsAsync(blog, ArchivePageRenderer.MaxTitles, _ => new DateTimeOffset(
            2026,
            6,
            1,
            0,
            0,
            0,
            TimeSpan.Zero
        ));
        await blog.RaiseSiteAsync();
        await VisitAsync(blog, "/archive");
        await SearchAsync(blog);
        await VisitPrivacyAsync(blog);
        await VisitLettersAsync(blog, post);
        blog.Calls.Delay = _ => throw new InvalidOperationException("A fault, as the test wants it.");
        await VisitAsync(blog, "/posts/never-asked-for");

        var shown = _responses
            .Values.SelectMany(response => KeyMarker().Matches(response))
            .Select(marker => marker.Groups[1].Value)
            .ToHashSet();
        Assert.Equal(
            [],
            SiteTexts
                .Keys.Where(key => key != "language" && !shown.Contains(key))
                .Where(key => !ForModerators.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal)))
                .Except(Unreachable)
                .Order(StringComparer.Ordinal)
        );
        var builtIn =
            from response in _responses
            from key in SiteTexts.Keys
            where
                SiteTexts.BuiltIn[key].Contains(' ', StringComparison.Ordinal)
                && SiteTexts.BuiltIn.Parts(key).Count == 1
                && !ForModerators.Any(beginning => key.StartsWith(beginning, StringComparison.Ordinal))
                && response.Value.Contains(SiteTexts.BuiltIn[key], StringComparison.Ordinal)
            select $"{response.Key}: {SiteTexts.BuiltIn[key]}";
        Assert.Equal("", string.Join('\n', builtIn));
    }

    [Fact]
    public async Task A_blog_in_another_language_declares_it_and_deleting_the_file_restores_the_built_in_texts()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("post");
        var (page, script) = (await blog.ReadAsync("/posts/post"), await blog.ReadAsync("/blog.js"));

        await PutAsync(
            blog,
            """{ "language": "ar", "form.send": "إرسال", "month.1": "يناير", "script.copied": "a'b</script>" }"""
        );
        var overridden = await blog.OpenAsync("/posts/post");

        Assert.Equal(
            ("ar", "rtl"),
            (overridden.DocumentElement.GetAttribute("lang"), overridden.DocumentElement.GetAttribute("dir"))
        );
        Assert.Equal(["إرسال"], overridden.Words("#leave-a-comment button:not(.second)"));
        Assert.Equal(["يناير 2, 2026"], overridden.Words("main .byline time"));
        Assert.Contains(
            "'a\\u0027b\\u003C/script\\u003E'",
            await blog.ReadAsync(overridden.QuerySelector("head script[src]")!.GetAttribute("src")!),
            StringComparison.Ordinal
        );
        // Moderators read the language of the blog, too.
        Assert.Contains("<html lang=\"ar\" dir=\"rtl\"", await blog.ReadAsync("/moderate"), StringComparison.Ordinal);

        await blog.DeleteAsync("theme/texts.json", "media");
        Assert.Equal(page, await blog.ReadUntilAsync("/posts/post", html => html == page));
        Assert.Equal(script, await blog.ReadAsync("/blog.js"));
    }

    [Fact]
    public async Task Problems_of_the_file_are_reported_and_pages_stay_unchanged()
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
            Encoding.UTF8.GetBytes(
                "{ \"form.send\": \"Los\" }" + new string(' ', ServerlessBlog.Media.ThemeFiles.MaxTextsBytes)
            )
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

    private static string Hostile(string key)
    {
        var placeholders = SiteTexts.BuiltIn.Parts(key).Select(part => part.Place is null ? "" : $" {{{part.Place}}}");
        return key == "language" ? "de" : $"<b class=hostile>‹{key}›\"' onclick=x{string.Concat(placeholders)}";
    }

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
                        $"date: 2026-03-{day:00}\ntags: [words]"
                            + (
                                day == 9 ? "\nfeatured: true\nauthor: Grace"
                                : day == 10 ? "\npinned: true"
                                : ""
                            )
                    )
                )
        );
        await blog.WriteAsync("about", "type: page\nmenu: true");
        await blog.WriteAsync("closed", "date: 2026-01-01\ncomments: false\nseries: Two\ntranslationKey: closed");
        await blog.WriteAsync("zu", "date: 2026-01-01\nlang: fr\ntranslationKey: closed");
        await blog.UploadAsync("broken.jpg", "no picture"u8.ToArray());
        await blog.WriteAsync("gone", "date: 2026-01-01");
        await blog.DeleteAsync("gone.md");
        await blog.WriteAsync(
            "full",
            "date: 2026-01-02\nlastmod: 2026-01-20\nseries: Two\noutdated: 2026-02-03\ntags: [words]",
            AllFeatures
        );
        var (post, table, moderation, stop) = (
            PostId.FromBlobName("full.md"),
            blog.Get<CommentTable>(),
            blog.Get<CommentModeration>(),
            CancellationToken.None
        );
        await ContentBuilder.AddCommentsAsync(blog, PostId.FromBlobName("month-1.md"), 1);
        await AddMonthsAsync(blog, PostId.FromBlobName("month-12.md"));
        await ContentBuilder.AddCommentsAsync(blog, post, 6);
        var (key, parent) = (await table.GetIdKeyAsync(stop), (CommentId?)null);
        foreach (var text in new[] { "Begins.", "Is taken away.", "On the last level.", "Names whom it answers." })
        {
            var comment = ContentBuilder.BuildComment(key, post, text, second: 14 * 60 * 60) with
            {
                ReplyTo = parent,
                IsByAuthor = text == "Begins.",
            };
            parent = (await table.AddAsync(comment, stop)).Key.Comment;
            await moderation.DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
        }

        await moderation.DecideAsync(
            ContentBuilder.BuildComment(key, post, "Is taken away.").Key,
            CommentState.Spam,
            "by a test",
            stop
        );
        return post;
    }

    /// <summary>Adds an approved comment of each month, in one thread.</summary>
    private static async Task AddMonthsAsync(TestBlog blog, PostId post)
    {
        var (table, stop, parent) = (blog.Get<CommentTable>(), CancellationToken.None, (CommentId?)null);
        var key = await table.GetIdKeyAsync(stop);
        for (var month = 1; month <= 12; month++)
        {
            var comment = ContentBuilder.BuildComment(key, post, $"In month {month}.") with
            {
                Created = new DateTimeOffset(2025, month, 3, 0, 0, 0, TimeSpan.Zero),
                ReplyTo = parent,
            };
            parent = (await table.AddAsync(comment, stop)).Key.Comment;
            await blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
        }
    }

    private async Task SubmitInvalidFormsAsync(TestBlog blog, PostId post)
    {
        var to = $"/posts/{post}/comments";
        await SubmitAsync(blog, to, new());
        await SubmitAsync(
            blog,
            to,
            new()
            {
                ["name"] = "a",
                ["email"] = "a",
                ["website"] = "a",
                ["comment"] = ">",
            }
        );
        await SubmitAsync(
            blog,
            to,
            new() { ["name"] = new string('a', 81), ["comment"] = new string('>', 1000) + " x" }
        );
        await SubmitAsync(
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
        await SubmitAsync(blog, to, new() { ["act"] = "preview", ["comment"] = "a" });
        await SubmitAsync(blog, to, new() { ["comment"] = new string('a', 200 * 1024) });
        await SubmitAsync(blog, to, Enumerable.Range(0, 2000).ToDictionary(number => $"f{number}", _ => ""));
        await SubmitAsync(blog, $"/posts/{PostId.FromBlobName("closed.md")}/comments", new() { ["comment"] = "a" });
        await SubmitAsync(blog, "/api/preview", new() { ["comment"] = new string('a', 5000) });
        await SubmitAsync(blog, to, new() { ["comment"] = "a\0" });
        await SendAsync(blog, to, new StringContent("a=b", Encoding.Unicode, "application/x-www-form-urlencoded"));
        using var part = new StringContent("--x", Encoding.UTF8);
        part.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        await SendAsync(blog, to, part);
        using var nul = await AdminDriver.SendAsync(blog, HttpMethod.Post, "/moderate", null, fields: ("email", "\0"));
        await RecordAsync("POST /moderate", nul);
        await SendAsync(blog, to, new StringContent("{}", Encoding.UTF8, "application/json"));
    }

    /// <summary>
    /// Visits the receipt of a comment in every state. The second comment, sent right after it, is refused as too soon.
    /// </summary>
    private async Task VisitReceiptsAsync(TestBlog blog, PostId post)
    {
        var links = blog.Get<SignedLinks>();
        using var sent = await blog.CommentAsync(post, "See https://a.example/ and https://b.example/.");
        var receipt = sent.Headers.Location!.OriginalString;
        Assert.True(links.TryRead(receipt.Split("receipt=")[1].Split('#')[0], out _, out var key));
        await SubmitAsync(
            blog,
            $"/posts/{post}/comments",
            new()
            {
                ["name"] = "a",
                ["email"] = "a@example.com",
                ["comment"] = "Another.",
            }
        );
        var read = await blog.Get<CommentTable>().FindAsync(key, CancellationToken.None);
        var ownPage = $"/comment/{links.Sign(LinkAction.Receipt, read!.Value)}";
        await TestBlog.WaitUntilAsync(
            () => blog.Get<CommentTable>().FindAsync(key, CancellationToken.None),
            found => found!.Value.State == CommentState.Held,
            "the comment is held"
        );
        await VisitAsync(blog, receipt.Split('#')[0], ownPage, $"{ownPage}?ask=erase", $"{ownPage}?done=saved");
        await SubmitAsync(blog, ownPage, new() { ["act"] = "change", ["comment"] = "" });
        await SubmitAsync(
            blog,
            ownPage,
            new() { ["act"] = "change", ["comment"] = "See https://c.example/ and https://d.example/." }
        );
        await VisitAsync(blog, ownPage);
        foreach (var state in new[] { CommentState.Approved, CommentState.Spam, CommentState.Trash })
        {
            await blog.Get<CommentModeration>()
                .DecideAsync(key, state, "by a test", CancellationToken.None, restorable: state == CommentState.Trash);
            await VisitAsync(blog, ownPage, receipt.Split('#')[0].Replace("/comments/2", "", StringComparison.Ordinal));
        }

        foreach (var act in new[] { "withdraw", "change", "erase" })
        {
            await SubmitAsync(blog, ownPage, new() { ["act"] = act, ["comment"] = "Other words." });
            await VisitAsync(blog, ownPage, $"{ownPage}?done=withdrawn", receipt.Split('#')[0]);
        }
    }

    /// <summary>
    /// Visits the receipt and the own page of a comment before and after the rules have judged it, and once changed.
    /// </summary>
    private async Task VisitJudgedAsync(TestBlog blog, PostId post, Func<Comment, Comment> change)
    {
        var table = blog.Get<CommentTable>();
        var key = await table.GetIdKeyAsync(CancellationToken.None);
        var comment = change(ContentBuilder.BuildComment(key, post, $"Judge {_responses.Count}.")) with
        {
            Created = TimeProvider.System.GetUtcNow(),
        };
        var token = blog.Get<SignedLinks>().Sign(LinkAction.Receipt, comment);
        await table.AddAsync(comment, CancellationToken.None);
        await VisitAsync(blog, $"/posts/full?receipt={token}", $"/comment/{token}");
        await blog.Get<CommentModeration>().JudgeAsync(comment.Key, CancellationToken.None);
        await VisitAsync(blog, $"/posts/full?receipt={token}", $"/comment/{token}");
        var judged = (await table.FindAsync(comment.Key, CancellationToken.None))!;
        await table.ReviseAsync(judged, judged.Value with { NewText = "Changed." }, CancellationToken.None);
        await VisitAsync(blog, $"/comment/{token}");
    }

    /// <summary>Visits the page about privacy, and the one behind its link.</summary>
    private async Task VisitPrivacyAsync(TestBlog blog)
    {
        await VisitAsync(blog, "/privacy");
        await SubmitAsync(blog, "/privacy", new() { ["email"] = "n@example.com" });
        var request = new PrivacyRequest(
            Guid.NewGuid().ToString("N"),
            "n@example.com",
            TimeProvider.System.GetUtcNow()
        );
        await blog.Get<PrivacyRequestTable>().AddAsync(request, CancellationToken.None);
        var answer = new Uri(blog.Get<PrivacyRequests>().AddressOf(request)).AbsolutePath;
        await VisitAsync(blog, answer);
        await blog.Get<RecipientTable>().GetOrAddAsync("n@example.com", CancellationToken.None);
        await VisitAsync(blog, answer);
        await SubmitAsync(blog, answer, new() { ["act"] = "erase" });
    }

    /// <summary>Visits the forms for letters, and the pages behind their links, in each state.</summary>
    private async Task VisitLettersAsync(TestBlog blog, PostId post)
    {
        var table = blog.Get<RecipientTable>();
        var recipient = (await table.GetOrAddAsync("grace@example.com", CancellationToken.None))!.Value;
        var (links, now) = (blog.Get<LetterLinks>(), TimeProvider.System.GetUtcNow());
        var (thread, posts) = (
            new Uri(links.AddressOf(recipient, new LetterScope(post, 1), now)).AbsolutePath,
            new Uri(links.AddressOf(recipient, LetterScope.NewPosts, now)).AbsolutePath
        );
        await VisitAsync(blog, "/subscribe", posts);
        await SubmitAsync(blog, "/subscribe", new() { ["email"] = "nobody" });
        for (var number = 0; number <= SubscriptionLimits.Burst; number++)
        {
            await SubmitAsync(blog, "/subscribe", new() { ["email"] = $"n{number}@example.com" });
        }

        await table.ChangeAsync(recipient.Id, read => read with { Confirmed = now }, CancellationToken.None);
        await VisitAsync(blog, posts, thread, $"{thread}?done=saved");
        await SubmitAsync(blog, posts, new() { ["List-Unsubscribe"] = "One-Click" });
        await table.SuppressAsync(recipient, CancellationToken.None);
        await VisitAsync(blog, thread, $"{thread}?done=stop");
    }

    /// <summary>Searches for what all posts have, for what none has, and as often as it takes to be refused.</summary>
    private async Task SearchAsync(TestBlog blog)
    {
        await VisitAsync(blog, "/search", $"/search?q={new string('a', SearchQuery.MaxLength + 1)}");
        await Parallel.ForEachAsync(Enumerable.Range(1, SearchIndex.MaxHits), async (number, _) =>
            await ContentBuilder.AddPostWithTextAsync(
                blog,
                ContentBuilder.BuildPost($"found-{number}") with
                {
                    Date = new DateTimeOffset(2024, 6, 1, 0, 0, 0, TimeSpan.Zero),
                },
                "Text."
            )
        );
        await SearchIndexTests.BuildAsync(blog);
        _ = SearchQuery.TryParse("year:2024", out var query);
        await TestBlog.WaitUntilAsync(
            () => blog.Get<SearchIndex>().FindAsync(query!, isForReaders: true, CancellationToken.None),
            hits => hits is { Posts.Count: SearchIndex.MaxHits },
            "all posts are found"
        );
        await VisitAsync(
            blog,
            "/opensearch.xml",
            "/search?q=year:2024",
            "/search?q=year:2024&page=2",
            "/search?q=words+xyzzy",
            "/search?q=xyzzy"
        );
        for (var searches = 0; searches <= SearchLimits.Burst; searches++)
        {
            await VisitAsync(blog, "/search?q=xyzzy");
        }
    }

    private async Task VisitAsync(TestBlog blog, params string[] paths)
    {
        foreach (var path in paths)
        {
            using var response = await blog.Http.GetAsync(path);
            await RecordAsync($"{path} {_responses.Count}", response);
        }
    }

    private Task SubmitAsync(TestBlog blog, string path, Dictionary<string, string> form) =>
        SendAsync(blog, path, new FormUrlEncodedContent(form));

    private async Task SendAsync(TestBlog blog, string path, HttpContent content)
    {
        using var response = await blog.Http.PostAsync(path, content);
        await RecordAsync($"POST {path} {_responses.Count}", response);
    }

    private async Task RecordAsync(string name, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            using var page = new HtmlParser().ParseDocument(text);
            Assert.True(page.QuerySelectorAll(".hostile, [onclick]").Length == 0, name);
        }

        _responses[name] = name.StartsWith("/blog.js", StringComparison.Ordinal)
            ? Escaped().Replace(text, sign => ((char)Convert.ToInt32(sign.Groups[1].Value, 16)).ToString())
            : WebUtility.HtmlDecode(text);
    }

    private static Task PutAsync(TestBlog blog, string json) =>
        blog.UploadAsync("theme/texts.json", Encoding.UTF8.GetBytes(json));

    [GeneratedRegex(@"\\u([0-9A-F]{4})")]
    private static partial Regex Escaped();

    [GeneratedRegex("‹([a-z0-9.-]+)›")]
    private static partial Regex KeyMarker();
}
