using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Playwright;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace ServerlessBlog.Tests.Journeys;

[Trait("Category", "Slow")]
public sealed partial class CommenterTests(OpenBlog open, ITestOutputHelper output) : IClassFixture<OpenBlog>
{
    private readonly TestBlog _blog = open.Blog;

    [Fact]
    public async Task A_comment_is_stored_and_the_commenter_redirected_to_the_post()
    {
        var post = await _blog.PublishAsync("kept");

        using var response = await _blog.CommentAsync(post, "Well **said**.", website: "grace.example");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        Assert.Matches("^/posts/kept\\?receipt=[A-Za-z0-9._-]+#receipt$", response.Headers.Location!.ToString());
        AssertPrivate(response);
        var comment = Assert.Single(await StoredCommentsAsync(_blog, post));
        Assert.Equal(
            ("Grace", "grace@example.com", "https://grace.example/", "Well **said**."),
            (comment.Author, comment.Email, comment.Website, comment.Text)
        );
    }

    [Fact]
    public async Task A_waiting_comment_is_shown_to_its_commenter_only()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        var post = await blog.PublishAsync("waits");

        using var sent = await blog.CommentAsync(post, "Well **said**.");
        using var own = await blog.Http.GetAsync(sent.Headers.Location);

        var receipt = Parse(await own.Content.ReadAsStringAsync()).QuerySelector("#receipt")!;
        Assert.Contains("Your comment waits for the moderator.", receipt.TextContent, StringComparison.Ordinal);
        Assert.Contains("Well <strong>said</strong>.", receipt.InnerHtml, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        AssertPrivate(own);
        await blog.MailsAsync(atLeast: 1); // the mail shows that the rules have decided
        var others = await blog.ReadAsync("/posts/waits");
        Assert.DoesNotContain("said", others, StringComparison.Ordinal);
        Assert.Equal("No comments yet", HeadingOf(Parse(others)));
    }

    [Fact]
    public async Task An_approved_comment_is_on_the_page_numbered_dated_and_linked()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2009, 5, 22, 12, 46, 0, TimeSpan.Zero));
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:TimeZone"] = "Europe/Berlin" }, clock);
        await blog.UploadAsync("dated.md", "---\ntitle: Dated\ndate: 2009-01-02\n---\nText.\n");
        var post = PostId.FromBlobName("dated.md");

        using var first = await blog.CommentAsync(
            post,
            "*First*, see www.example.com",
            website: "https://grace.example/?a=1&b=2"
        );
        clock.Advance(TimeSpan.FromMinutes(1));
        using var second = await blog.CommentAsync(post, "Second", name: "Ada <i>");

        var page = Parse(
            await blog.ReadUntilAsync("/posts/dated", html =>
                html.Contains(">2 comments<", StringComparison.Ordinal)
                && html.Contains("<li value=\"2\">", StringComparison.Ordinal)
            )
        ); // until the revision is raised, a page may show only one of them
        Assert.Equal("2 comments", HeadingOf(page));
        var comments = page.QuerySelectorAll("#comments li");
        Assert.Equal(["1", "2"], comments.Select(comment => comment.GetAttribute("value")));
        var author = comments[0].QuerySelector("a.author")!;
        Assert.Equal(
            ("Grace", "https://grace.example/?a=1&b=2", "nofollow ugc noopener"),
            (author.TextContent, author.GetAttribute("href"), author.GetAttribute("rel"))
        );
        var time = comments[0].QuerySelector("time")!;
        Assert.Equal(
            ("May 22, 2009, 2:46 PM", "2009-05-22T14:46:00+02:00"),
            (time.TextContent, time.GetAttribute("datetime"))
        );
        Assert.Equal(
            "<p dir=\"auto\"><em>First</em>, see "
                + "<a href=\"http://www.example.com\" rel=\"nofollow ugc noopener\">www.example.com</a></p>",
            comments[0].QuerySelector(".prose")!.InnerHtml.Trim()
        );
        Assert.Equal("Ada <i>", comments[1].QuerySelector("span.author")!.TextContent);
        Assert.Equal("May 22, 2009, 2:47 PM", comments[1].QuerySelector("time")!.TextContent);
    }

    [Fact]
    public async Task The_same_comment_sent_repeatedly_is_one()
    {
        var post = await _blog.PublishAsync("again");

        var responses = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _blog.CommentAsync(post, "Twice?")));
        using var later = await _blog.CommentAsync(post, "Twice?");
        await _blog.ReadUntilAsync("/posts/again", html => html.Contains("1 comment<", StringComparison.Ordinal));
        using var whenApproved = await _blog.CommentAsync(post, "Twice?");

        Assert.Single(
            responses
                .Append(later)
                .Append(whenApproved)
                .Select(response => response.Headers.Location!.ToString())
                .Distinct()
        );
        Assert.Single(await StoredCommentsAsync(_blog, post));
        Assert.Equal("1 comment", HeadingOf(Parse(await _blog.ReadAsync("/posts/again"))));
        Assert.Contains(
            "Your comment is on the page.",
            await _blog.ReadAsync(later.Headers.Location!.ToString()),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("name", "", "Write your name: it stands above the comment.")]
    [InlineData("name", "81", "This has 81 characters: write at most 80.")]
    [InlineData("email", "", "Write your e-mail address: it is never published.")]
    [InlineData("email", "grace", "Write an e-mail address such as name@example.com.")]
    [InlineData("email", "255", "This has 255 characters: write at most 254.")]
    [InlineData("website", "javascript:alert(1)", "Write an address such as https://example.com, or leave it empty.")]
    [InlineData("website", "201", "This has 201 characters: write at most 200.")]
    [InlineData("comment", "", "Write a comment.")]
    [InlineData("comment", "-", "Write a comment: of this, nothing would be seen.")]
    [InlineData("comment", "4001", "This has 4,001 characters: write at most 4,000.")]
    [InlineData("comment", ">", "Quotes, lists or brackets are nested too deeply: write it flatter.")]
    public async Task An_invalid_field_has_a_message_and_every_field_is_kept(
        string field,
        string typed,
        string sentence
    )
    {
        var post = await _blog.PublishAsync($"wrong-{Guid.NewGuid():N}");
        var fields = new Dictionary<string, string>
        {
            ["name"] = "Grace \"<b>",
            ["email"] = "grace@example.com",
            ["website"] = "https://grace.example",
            ["comment"] = "\n one\n two </textarea>",
        };
        fields[field] = typed switch
        {
            ">" => new string('>', 500) + "x",
            _ when int.TryParse(typed, out var length) => new string('a', length),
            _ => typed,
        };

        using var response = await SendAsync(_blog, post, fields);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        AssertPrivate(response);
        var page = Parse(await response.Content.ReadAsStringAsync());
        AssertFormHolds(page, fields);
        AssertProblem(page, field, sentence);
        Assert.Single(page.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Empty(await StoredCommentsAsync(_blog, post));
    }

    [Fact]
    public async Task Each_of_several_invalid_fields_has_its_own_message()
    {
        var post = await _blog.PublishAsync("all-wrong");
        var fields = new Dictionary<string, string>
        {
            ["name"] = " ",
            ["email"] = "@",
            ["website"] = "?",
            ["comment"] = " ",
        };

        using var response = await SendAsync(_blog, post, fields);

        var page = Parse(await response.Content.ReadAsStringAsync());
        AssertFormHolds(page, fields);
        AssertProblem(page, "name", "Write your name: it stands above the comment.");
        AssertProblem(page, "email", "Write an e-mail address such as name@example.com.");
        AssertProblem(page, "website", "Write an address such as https://example.com, or leave it empty.");
        AssertProblem(page, "comment", "Write a comment.");
        Assert.Equal(4, page.QuerySelectorAll(".problems li").Length);
    }

    [Fact]
    public async Task A_closed_post_accepts_no_comment_and_keeps_the_text_in_the_form()
    {
        await _blog.UploadAsync("closed.md", "---\ntitle: Closed\ndate: 2026-01-02\ncomments: false\n---\nText.\n");
        var fields = new Dictionary<string, string>
        {
            ["name"] = "Grace",
            ["email"] = "grace@example.com",
            ["website"] = "",
            ["comment"] = "Too late?",
        };

        using var response = await SendAsync(_blog, PostId.FromBlobName("closed.md"), fields);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        var page = Parse(await response.Content.ReadAsStringAsync());
        AssertFormHolds(page, fields);
        Assert.Contains(
            "Comments on this post are closed.",
            page.QuerySelector("[role=alert]")!.TextContent,
            StringComparison.Ordinal
        );
        Assert.Empty(await StoredCommentsAsync(_blog, PostId.FromBlobName("closed.md")));
        Assert.Null(Parse(await _blog.ReadAsync("/posts/closed")).QuerySelector("main form"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_form_that_is_too_large_is_refused_with_a_message(bool chunked)
    {
        var post = await _blog.PublishAsync("large");
        using var content = new StringContent(
            "comment=" + new string('a', 200_000),
            Encoding.UTF8,
            "application/x-www-form-urlencoded"
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/posts/{post}/comments") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        using var response = await _blog.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("too large", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await StoredCommentsAsync(_blog, post));
    }

    [Fact]
    public async Task The_largest_comment_is_accepted()
    {
        var post = await _blog.PublishAsync("largest");
        var text = string.Concat(Enumerable.Repeat("😀", 2000));

        using var response = await _blog.CommentAsync(post, text, name: new string('山', 80));

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        await _blog.ReadUntilAsync("/posts/largest", html => html.Contains("1 comment<", StringComparison.Ordinal));
        Assert.Equal(text, Assert.Single(await StoredCommentsAsync(_blog, post)).Text);
    }

    [Fact]
    public async Task A_body_that_is_not_a_form_is_refused()
    {
        var post = await _blog.PublishAsync("no-form");
        using var content = new StringContent("{\"comment\":\"Hello\"}", Encoding.UTF8, "application/json");

        using var response = await _blog.Http.PostAsync($"/posts/{post}/comments", content);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("form", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_many_fields_is_refused_and_of_a_field_sent_twice_the_first_counts()
    {
        var post = await _blog.PublishAsync("fields");
        KeyValuePair<string, string>[] fields =
        [
            new("name", "Grace"),
            new("email", "grace@example.com"),
            new("website", ""),
            new("comment", "First"),
        ];
        using var twice = new FormUrlEncodedContent([
            .. fields,
            new("comment", "Second"),
            new("name", "Ada"),
            new("state", "Approved"),
            new("created", "2001-01-01"),
        ]);
        using var many = new FormUrlEncodedContent([
            .. fields,
            .. Enumerable.Range(0, 2000).Select(number => KeyValuePair.Create($"f{number}", "x")),
        ]);

        using var accepted = await _blog.Http.PostAsync($"/posts/{post}/comments", twice);
        using var refused = await _blog.Http.PostAsync($"/posts/{post}/comments", many);

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.BadRequest), (accepted.StatusCode, refused.StatusCode));
        var comment = Assert.Single(await StoredCommentsAsync(_blog, post));
        Assert.Equal(("Grace", "First"), (comment.Author, comment.Text));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("hello")]
    [InlineData("'%20or%20'1'%20eq%20'1")]
    public async Task A_comment_on_an_unknown_post_is_a_404(string id)
    {
        using var response = await _blog.Http.PostAsync(
            $"/posts/{id}/comments",
            new FormUrlEncodedContent([new("comment", "Hello")])
        );

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("Nothing here", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_receipt_or_one_of_another_post_shows_the_public_page()
    {
        var post = await _blog.PublishAsync("receipt");
        await _blog.PublishAsync("other-receipt");
        using var sent = await _blog.CommentAsync(post, "Mine.");
        var token = ReceiptIn(sent);
        await _blog.ReadUntilAsync("/posts/receipt", html => html.Contains("Mine.", StringComparison.Ordinal));

        Assert.Contains(
            "id=\"receipt\"",
            await _blog.ReadAsync($"/posts/receipt?receipt={token}"),
            StringComparison.Ordinal
        );
        Assert.Equal(
            await _blog.ReadAsync("/posts/receipt"),
            await _blog.ReadAsync($"/posts/receipt?receipt={token[..^1]}")
        );
        Assert.Equal(
            await _blog.ReadAsync("/posts/receipt"),
            await _blog.ReadAsync($"/posts/receipt?receipt={token}&receipt={token}")
        );
        Assert.Equal(
            await _blog.ReadAsync("/posts/receipt"),
            await _blog.ReadAsync(
                "/posts/receipt?receipt=" + token.Replace("Receipt", "Approve", StringComparison.Ordinal)
            )
        );
        Assert.Equal(
            await _blog.ReadAsync("/posts/other-receipt"),
            await _blog.ReadAsync($"/posts/other-receipt?receipt={token}")
        );
    }

    [Fact]
    public async Task A_receipt_expires_after_30_days()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        var post = await blog.PublishAsync("expires");
        using var sent = await blog.CommentAsync(post, "Mine.");
        await blog.ReadUntilAsync("/posts/expires", html => html.Contains("Mine.", StringComparison.Ordinal));

        clock.Advance(SignedLinks.Lifetime + TimeSpan.FromSeconds(1));

        Assert.Equal(
            await blog.ReadAsync("/posts/expires"),
            await blog.ReadAsync($"/posts/expires?receipt={ReceiptIn(sent)}")
        );
    }

    [Fact]
    public async Task Control_characters_are_removed_from_name_and_text()
    {
        var post = await _blog.PublishAsync("strange");

        using var form = new MultipartFormDataContent
        {
            { new StringContent("Gr\u0007ace\u202E\r\nX-Header: 1"), "name" },
            { new StringContent("grace@example.com"), "email" },
            { new StringContent("a\u0002b\u202Ec\u0001"), "comment" },
        };

        using var response = await _blog.Http.PostAsync($"/posts/{post}/comments", form);

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var page = Parse(
            await _blog.ReadUntilAsync("/posts/strange", html => html.Contains("1 comment<", StringComparison.Ordinal))
        );
        Assert.Equal("Grace X-Header: 1", page.QuerySelector("#comments .author")!.TextContent);
        Assert.Equal("abc", page.QuerySelector("#comments .prose")!.TextContent.Trim());
    }

    [Fact]
    public async Task Each_of_200_comments_sent_at_once_is_shown_once()
    {
        var post = await _blog.PublishAsync("crowd");
        var started = TimeProvider.System.GetTimestamp();

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 200).Select(number => _blog.CommentAsync(post, $"This is number {number}."))
        );
        var sent = TimeProvider.System.GetElapsedTime(started);
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode));
        await TestBlog.WaitUntilAsync(
            async () => await _blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            waiting => waiting == 0,
            "a decision on every comment"
        );
        string[] paths =
        [
            "/posts/crowd",
            .. Enumerable.Range(2, 3).Select(number => $"/posts/crowd/comments/{number}"),
        ];
        var pages = await Task.WhenAll(
            paths.Select(path =>
                _blog.ReadUntilAsync(path, html => html.Contains(">200 comments<", StringComparison.Ordinal))
            )
        );
        var comments = pages.SelectMany(page => Parse(page).QuerySelectorAll("#comments li")).ToList();
        var shown = TimeProvider.System.GetElapsedTime(started);

        output.WriteLine(
            $"200 comments: answered after {sent.TotalSeconds:F1} s, shown after {shown.TotalSeconds:F1} s."
        );
        Assert.Equal(200, (await StoredCommentsAsync(_blog, post)).Count);
        var texts = comments.Select(comment => comment.QuerySelector(".prose")!.TextContent.Trim());
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $"This is number {number}.").Order(), texts.Order());
        Assert.Equal(
            Enumerable.Range(1, 200).Select(number => $"{number}"),
            comments.Select(comment => comment.GetAttribute("value"))
        );
    }

    [Fact]
    public async Task Without_scripts_a_comment_is_written_held_approved_by_mail_and_shown()
    {
        var author = $"{Guid.NewGuid():N}@blog.test";
        var server = await MailServer.SharedAsync();
        await using var blog = await TestBlog.StartAsync(
            new()
            {
                ["Blog:Smtp"] = server.SmtpAddress,
                ["Blog:Authors"] = $"Ada <{author}>",
                ["Blog:Comments:PreviouslyApproved"] = "true",
            }
        );
        await blog.PublishAsync("journey", "A journey");
        var context = await Browser.NewContextAsync(
            new() { JavaScriptEnabled = false, BaseURL = blog.Address.ToString() }
        );
        var page = await context.NewPageAsync();

        await page.GotoAsync("/posts/journey");
        await page.GetByLabel("Name").FillAsync("Grace");
        await page.GetByLabel("E-mail").FillAsync("grace@example.com");
        await page.GetByLabel("Website").FillAsync("https://grace.example");
        await page.GetByLabel("Comment", new() { Exact = true }).FillAsync("Well **said**.\n\nSee https://example.com");
        await TakeScreenshotAsync(page, "1-form");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send comment" }).ClickAsync();

        await Expect(page.Locator("#receipt")).ToContainTextAsync("Your comment waits for the moderator.");
        await Expect(page.Locator("#receipt")).ToContainTextAsync("Well said.");
        await TakeScreenshotAsync(page, "2-waiting");

        var mail = await server.WaitForAsync(found => found.To.Contains(author));
        await TakeScreenshotAsync(
            page,
            "3-question",
            Links().Matches(mail.Text)[0].Value.Replace("http://blog.test/", "/", StringComparison.Ordinal)
        );
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("Approved. It is on the page.");
        await TakeScreenshotAsync(page, "4-approved");

        await TakeScreenshotAsync(page, "5-on-the-page", "/posts/journey");
        await Expect(page.Locator("#comments-heading")).ToHaveTextAsync("1 comment");
        await Expect(page.Locator("#comments li .prose strong")).ToHaveTextAsync("said");
        await context.CloseAsync();
    }

    [GeneratedRegex("http://blog\\.test/moderate/\\S+")]
    private static partial Regex Links();

    [GeneratedRegex("receipt=([^#]+)")]
    private static partial Regex Receipt();

    private static string ReceiptIn(HttpResponseMessage sent) =>
        Receipt().Match(sent.Headers.Location!.ToString()).Groups[1].Value;

    /// <summary>
    /// Saves a screenshot of the page at this path, or of the current page when it is null, to the folder that the
    /// environment variable BLOG_PICTURES names; without the variable only opens the page.
    /// </summary>
    private static async Task TakeScreenshotAsync(IPage page, string name, string? path = null)
    {
        if (path is not null)
        {
            await page.GotoAsync(path);
        }

        if (Environment.GetEnvironmentVariable("BLOG_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
        }
    }

    private static Task<HttpResponseMessage> SendAsync(TestBlog blog, PostId post, Dictionary<string, string> fields) =>
        blog.CommentAsync(post, fields["comment"], fields["name"], fields["email"], fields["website"]);

    private static async Task<IReadOnlyList<Comment>> StoredCommentsAsync(TestBlog blog, PostId post)
    {
        var table = new TableClient(blog.Connection, StorageNames.CommentTable);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {post.ToString()} and RowKey ge {"comment:"} and RowKey lt {"comment;"}"
        );
        return await table
            .QueryAsync<TableEntity>(filter)
            .Select(row => Row.Read(row, CommentJson.Default.Comment))
            .ToListAsync();
    }

    private static void AssertPrivate(HttpResponseMessage response)
    {
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.Null(response.Headers.ETag);
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static string HeadingOf(IHtmlDocument page) => page.QuerySelector("#comments-heading")!.TextContent;

    private static void AssertFormHolds(IHtmlDocument page, Dictionary<string, string> fields)
    {
        foreach (var (name, typed) in fields.Where(field => field.Key != "comment"))
        {
            Assert.Equal(typed, page.QuerySelector($"#leave-a-comment input[name={name}]")!.GetAttribute("value"));
        }

        Assert.Equal(fields["comment"], page.QuerySelector("#leave-a-comment textarea[name=comment]")!.TextContent);
    }

    private static void AssertProblem(IHtmlDocument page, string field, string sentence)
    {
        var control = page.QuerySelector($"#leave-a-comment [name={field}]")!;
        Assert.Equal("true", control.GetAttribute("aria-invalid"));
        var described = control
            .GetAttribute("aria-describedby")!
            .Split(' ')
            .Select(id => page.GetElementById(id)!.TextContent);
        Assert.Contains(sentence, described);
        Assert.Contains(page.QuerySelectorAll("[role=alert] a"), link =>
            link.TextContent == sentence && link.GetAttribute("href") == "#" + control.Id
        );
    }
}
