using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

[Trait("Category", "Slow")]
public sealed partial class ModeratorTests
{
    private static readonly Dictionary<string, string?> HoldAll = new() { ["Blog:Comments:Moderation"] = "true" };

    [Fact]
    public async Task The_authors_get_one_mail_about_a_held_comment_through_a_real_server()
    {
        var (ada, tim) = ($"ada-{Guid.NewGuid():N}@blog.test", $"tim-{Guid.NewGuid():N}@blog.test");
        var server = await MailServer.SharedAsync();
        await using var blog = await TestBlog.StartAsync(
            new(HoldAll)
            {
                ["Blog:Smtp"] = server.SmtpAddress,
                ["Blog:Authors"] = $"Ada <{ada}>; Tim <{tim}>",
                ["Blog:TimeZone"] = "Europe/Berlin",
                ["Blog:Comments:MaxLinks"] = "1",
            }
        );
        var post = await blog.PublishAsync("mail", "About mail");

        using var sent = await blog.CommentAsync(
            post,
            "See https://spam.example/x now!\n\n[click](javascript:alert(1))",
            "Grace www.evil.example",
            "grace@evil.example",
            "https://evil.example/"
        );
        using var repeated = await blog.CommentAsync(
            post,
            "See https://spam.example/x now!\n\n[click](javascript:alert(1))",
            "Grace www.evil.example",
            "grace@evil.example",
            "https://evil.example/"
        );

        var mail = await server.WaitForAsync(found => found.To.Contains(ada));
        var comment = await OnlyCommentAsync(blog, post);
        Assert.Equal("[Test blog] A comment waits on \"About mail\"", mail.Subject);
        Assert.Equal([ada, tim], mail.To);
        Assert.Contains(
            "> See https[:]//spam[.]example/x now!\n> \n> [click](javascript[:]alert(1))",
            Lines(mail.Text),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Grace www[.]evil[.]example (grace[at]evil[.]example) wrote on ",
            mail.Text,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "- Every comment is held, as the owner has set.\n- It has 1 link; 1 or more hold a comment.",
            Lines(mail.Text),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"<a href=\"http://blog.test/moderate/Review.{comment.Key}.",
            mail.Html,
            StringComparison.Ordinal
        );
        var links = blog.Get<SignedLinks>();
        Assert.Equal(
            ["http://blog.test/posts/mail", $"http://blog.test/moderate/{links.Sign(LinkAction.Review, comment)}"],
            AnyLink().Matches(mail.Text).Select(match => match.Value)
        );
        Assert.Contains(
            $"Approve it, mark it as spam, or remove it:\nhttp://blog.test/moderate/Review.{comment.Key}.",
            Lines(mail.Text),
            StringComparison.Ordinal
        );
        Assert.Matches("good until [A-Z][a-z]+ [0-9]+, 20[0-9]+\\.", mail.Text);

        await WaitUntilIdleAsync(blog);
        Assert.Single(await server.MailsAsync(), found => found.To.Contains(ada));
    }

    [Fact]
    public async Task Opening_the_link_offers_every_action_and_changes_nothing()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, link) = await SubmitHeldAsync(blog, "looks", "Well **said**.");

        using var opened = await blog.Http.GetAsync(link);
        using var head = await blog.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link));

        var page = await opened.Content.ReadAsStringAsync();
        Assert.Equal(["approve", "spam", "trash"], ActionButton().Matches(page).Select(match => match.Groups[1].Value));
        Assert.Contains("Well **said**.", page, StringComparison.Ordinal);
        Assert.Contains("Every comment is held, as the owner has set.", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/moderate\">1 comment waits</a>", page, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (opened.StatusCode, head.StatusCode));
        Assert.All([opened, head], response =>
        {
            Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
            Assert.Equal("no-referrer", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        });
        Assert.Equal("", await head.Content.ReadAsStringAsync());
        var comment = await OnlyCommentAsync(blog, post);
        Assert.Equal((CommentState.Held, 1), (comment.State, comment.Decisions));
        Assert.Contains("No comments yet", await blog.ReadAsync("/posts/looks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Approving_says_where_the_comment_is_and_how_many_wait_and_is_idempotent()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, link) = await SubmitHeldAsync(blog, "approves", "Well said.");

        using var posted = await ActAsync(blog, link, "approve");
        using var repeated = await ActAsync(blog, link, "approve");

        Assert.All([posted, repeated], response =>
            Assert.Equal((HttpStatusCode.SeeOther, link), (response.StatusCode, response.Headers.Location!.ToString()))
        );
        var outcome = await blog.ReadAsync(link);
        Assert.Contains("Approved. It is on the page.", outcome, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/posts/approves#comment-1\">See it</a>", outcome, StringComparison.Ordinal);
        Assert.Contains("0 comments wait", outcome, StringComparison.Ordinal);
        Assert.Equal(["undo"], ActionButton().Matches(outcome).Select(match => match.Groups[1].Value));
        var page = await blog.ReadAsync("/posts/approves");
        Assert.Contains(">1 comment<", page, StringComparison.Ordinal);
        Assert.Contains("id=\"comment-1\"", page, StringComparison.Ordinal);
        Assert.Equal(
            [CommentState.Held, CommentState.Approved],
            (await AuditAsync(blog, post)).Select(entry => entry.To)
        );
    }

    [Theory]
    [InlineData("spam", CommentState.Spam, "Marked as spam. Readers do not see it.")]
    [InlineData("trash", CommentState.Trash, "Removed. Readers do not see it.")]
    [InlineData("approve", CommentState.Approved, "Approved. It is on the page.")]
    public async Task Every_action_of_the_link_can_be_undone_and_is_in_the_audit(
        string act,
        CommentState state,
        string outcome
    )
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, link) = await SubmitHeldAsync(blog, "undoes", "Changed my mind.");

        (await ActAsync(blog, link, act)).Dispose();
        Assert.Contains(outcome, await blog.ReadAsync(link), StringComparison.Ordinal);
        (await ActAsync(blog, link, "undo")).Dispose();
        Assert.Contains("value=\"approve\"", await blog.ReadAsync(link), StringComparison.Ordinal);
        (await ActAsync(blog, link, act)).Dispose();

        const string By = "by a link from the mail";
        Assert.Equal(
            [
                ("rules", CommentState.Waiting, CommentState.Held, "Every comment is held, as the owner has set."),
                (By, CommentState.Held, state, $"A moderator decided, {By}."),
                (By, state, CommentState.Held, $"A moderator decided, {By}."),
                (By, CommentState.Held, state, $"A moderator decided, {By}."),
            ],
            (await AuditAsync(blog, post)).Select(entry =>
                (entry.By, entry.From, entry.To, Assert.Single(entry.Reasons))
            )
        );
        Assert.Single(await blog.MailsAsync());
    }

    [Fact]
    public async Task Who_decides_after_somebody_else_is_told_and_changes_nothing()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, link) = await SubmitHeldAsync(blog, "late", "Whose is it?");
        var seen = (await OnlyCommentAsync(blog, post)).Version.ToString(CultureInfo.InvariantCulture);

        (await ActAsync(blog, link, "approve", seen)).Dispose();
        using var late = await ActAsync(blog, link, "spam", seen);

        Assert.Equal($"{link}?changed=1", late.Headers.Location!.OriginalString);
        var page = await blog.ReadAsync(late.Headers.Location.OriginalString);
        Assert.Contains("Nothing was done: the comment has changed meanwhile.", page, StringComparison.Ordinal);
        Assert.Contains("Approved. It is on the page.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(LinkAction.Approve, CommentState.Approved)]
    [InlineData(LinkAction.Spam, CommentState.Spam)]
    public async Task A_link_and_a_form_of_version_1_0_0_still_decide(LinkAction action, CommentState state)
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, _) = await SubmitHeldAsync(blog, "former", "Well said.");
        var link = $"/moderate/{blog.Get<SignedLinks>().Sign(action, await OnlyCommentAsync(blog, post))}";

        Assert.Contains("value=\"trash\"", await blog.ReadAsync(link), StringComparison.Ordinal);
        (await blog.Http.PostAsync(link, null)).Dispose();

        Assert.Equal(state, (await OnlyCommentAsync(blog, post)).State);
    }

    [Fact]
    public async Task A_changed_link_or_one_that_allows_no_decision_is_a_friendly_404()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var (post, approve) = await SubmitHeldAsync(blog, "tampered", "Well said.");
        var comment = await OnlyCommentAsync(blog, post);
        string[] bad =
        [
            approve[..^1],
            approve + "A",
            approve.Replace("Review", "Spam", StringComparison.Ordinal),
            "/moderate/" + blog.Get<SignedLinks>().Sign(LinkAction.Receipt, comment),
            "/moderate/"
                + blog.Get<SignedLinks>()
                    .Sign(
                        LinkAction.Approve,
                        comment with
                        {
                            Key = new CommentKey(PostId.FromBlobName("other.md"), comment.Key.Comment),
                        }
                    ),
            "/moderate/x",
            "/moderate/" + new string('x', 2000),
        ];

        foreach (var path in bad)
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
            {
                using var response = await blog.Http.SendAsync(new HttpRequestMessage(method, path));

                Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                Assert.Contains(
                    "This link does not work",
                    await response.Content.ReadAsStringAsync(),
                    StringComparison.Ordinal
                );
            }
        }

        Assert.Equal(CommentState.Held, (await OnlyCommentAsync(blog, post)).State);
    }

    [Fact]
    public async Task A_link_expires_after_30_days()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(HoldAll, clock);
        var (post, approve) = await SubmitHeldAsync(blog, "expired", "Well said.");

        clock.Advance(SignedLinks.Lifetime + TimeSpan.FromSeconds(1));
        using var posted = await ActAsync(blog, approve, "approve");

        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        Assert.Contains("It has expired", await posted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(CommentState.Held, (await OnlyCommentAsync(blog, post)).State);
    }

    [Fact]
    public async Task With_PreviouslyApproved_the_second_comment_of_an_approved_commenter_is_approved()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:PreviouslyApproved"] = "true" });
        var (post, approve) = await SubmitHeldAsync(blog, "known", "The first.");
        using var posted = await ActAsync(blog, approve, "approve");

        using var second = await blog.CommentAsync(post, "The second.", name: "GRACE", email: "Grace@Example.com");
        using var stranger = await blog.CommentAsync(post, "A stranger's.", email: "other@example.com");

        await blog.ReadUntilAsync("/posts/known", html => html.Contains(">2 comments<", StringComparison.Ordinal));
        var mails = await blog.MailsAsync(atLeast: 2);
        Assert.Single(mails, mail => mail.TextBody!.Contains("> The first.", StringComparison.Ordinal));
        Assert.Single(mails, mail => mail.TextBody!.Contains("> A stranger's.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Spam_is_not_shown_and_nobody_is_notified()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:DisallowedKeys"] = "casino, pills" });
        var post = await blog.PublishAsync("spam");

        using var sent = await blog.CommentAsync(post, "Best PILLS in town");

        await WaitUntilIdleAsync(blog);
        var comment = await OnlyCommentAsync(blog, post);
        Assert.Equal(CommentState.Spam, comment.State);
        Assert.Equal(["It has \"pills\", one of the words that make a comment spam."], comment.Reasons);
        Assert.Contains("No comments yet", await blog.ReadAsync("/posts/spam"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(blog.MailFolder));
    }

    [Fact]
    public async Task A_commenter_cannot_inject_lines_into_the_mail()
    {
        await using var blog = await TestBlog.StartAsync(HoldAll);
        var post = await blog.PublishAsync("lines", "Lines");

        using var sent = await blog.CommentAsync(
            post,
            "One\u2028Approve it, mark it:\u2029x",
            name: "Grace\r\nBcc: all@evil.example\r\n\r\nApprove it:\u2028y\u0085z",
            website: "https://example.com/\r\nSubject: Hi"
        );

        var mail = Assert.Single(await blog.MailsAsync());
        Assert.Single(Lines(mail.TextBody!).Split('\n'), line =>
            line.StartsWith("Approve it", StringComparison.Ordinal)
        );
        Assert.Equal("ada@blog.test", Assert.Single(mail.GetRecipients()).Address);
        Assert.Equal("[Test blog] A comment waits on \"Lines\"", mail.Subject);
    }

    [Fact]
    public async Task The_largest_comment_with_the_most_reasons_fits_into_its_row_and_its_mail()
    {
        var words = Enumerable.Range(0, 300).Select(number => $"w{number}@").ToList();
        await using var blog = await TestBlog.StartAsync(
            new(HoldAll)
            {
                ["Blog:Comments:ModerationKeys"] = string.Join(',', words),
                ["Blog:Comments:MaxLinks"] = "1",
                ["Blog:Comments:PreviouslyApproved"] = "true",
            }
        );
        var post = await blog.PublishAsync("most", new string('T', 200));

        using var longest = await blog.CommentAsync(
            post,
            ("https://a.example " + string.Concat(words)).PadRight(4000, '@'),
            new string('@', 80),
            string.Concat(Enumerable.Repeat("a.", 120)) + "a@a.a",
            "https://" + string.Concat(Enumerable.Repeat("a.", 90)) + "aa"
        );
        using var widest = await blog.CommentAsync(
            post,
            string.Concat(words[..10]) + string.Concat(Enumerable.Repeat("😀", 1950)),
            string.Concat(Enumerable.Repeat("😀", 40)),
            new string('山', 240) + "@a.a",
            "https://example.com/" + new string('&', 180)
        );

        Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (longest.StatusCode, widest.StatusCode));
        await blog.MailsAsync(atLeast: 2);
        var table = new TableClient(blog.Connection, StorageNames.CommentTable);
        var rows = await table.QueryAsync<TableEntity>($"PartitionKey eq '{post}'").ToListAsync();
        Assert.Equal(4, rows.Count);
        // 32 Ki characters is the service's limit for a string property; Azurite has none.
        Assert.All(rows, row => Assert.InRange(row.GetString("Data").Length, 1, 32 * 1024));
    }

    [Fact]
    public async Task An_unreachable_mail_server_delays_a_mail_and_no_comment()
    {
        var author = $"{Guid.NewGuid():N}@blog.test";
        var settings = new Dictionary<string, string?>
        {
            ["Blog:Authors"] = $"Ada <{author}>",
            ["Blog:Comments:ModerationKeys"] = "doubtful",
            ["Blog:Smtp"] = $"smtp://127.0.0.1:{UnusedPort()}",
        };
        string connection;
        Comment held;
        await using (var blog = await TestBlog.StartAsync(settings))
        {
            connection = blog.Connection;
            var post = await blog.PublishAsync("no-server");
            using var doubtful = await blog.CommentAsync(post, "Something doubtful.");
            using var fine = await blog.CommentAsync(post, "Something fine.");

            Assert.Equal((HttpStatusCode.SeeOther, HttpStatusCode.SeeOther), (doubtful.StatusCode, fine.StatusCode));
            await blog.ReadUntilAsync("/posts/no-server", html =>
                html.Contains("Something fine.", StringComparison.Ordinal)
            );
            held = Assert.Single(await CommentsAsync(blog, post), comment => comment.Text == "Something doubtful.");
            var notification = await TestBlog.WaitUntilAsync(
                () => blog.Get<NotificationTable>().FindAsync($"held-{held.Key}", CancellationToken.None),
                found => found?.Value.LastProblem is not null,
                "a failed attempt"
            );
            Assert.Equal(NotificationState.Waiting, notification!.Value.State);
            Assert.Contains(
                "waits for the moderator",
                await blog.ReadAsync(doubtful.Headers.Location!.ToString()),
                StringComparison.Ordinal
            );
        }

        var server = await MailServer.SharedAsync();
        settings["Blog:Smtp"] = server.SmtpAddress;
        await using var later = await TestBlog.StartAsync(
            settings,
            new FakeTimeProvider(DateTimeOffset.UtcNow.AddMinutes(5)),
            connection
        );
        await later
            .Get<TriggerInvoker>()
            .InvokeAsync("SendNotice", InvocationPayload.Write("message", $"held-{held.Key}"), CancellationToken.None);

        var mail = await server.WaitForAsync(found => found.To.Contains(author));
        Assert.Contains("> Something doubtful.", mail.Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("\\S*(://|www\\.)\\S*")]
    private static partial Regex AnyLink();

    [GeneratedRegex("http://blog\\.test(/moderate/\\S+)")]
    private static partial Regex ModerationLink();

    /// <summary>
    /// Publishes a post, submits a comment that is held, and returns the path of the moderation link in the mail.
    /// </summary>
    private static async Task<(PostId Post, string Link)> SubmitHeldAsync(TestBlog blog, string slug, string text)
    {
        var post = await blog.PublishAsync(slug);
        using var sent = await blog.CommentAsync(post, text);
        var link = ModerationLink().Match(Assert.Single(await blog.MailsAsync()).TextBody!).Groups[1].Value;
        return (post, link);
    }

    /// <summary>Presses a button of the page behind the link.</summary>
    private static Task<HttpResponseMessage> ActAsync(TestBlog blog, string link, string act, string version = "") =>
        blog.Http.PostAsync(link, new FormUrlEncodedContent([new("act", act), new("version", version)]));

    /// <summary>Waits until no comment is waiting for the rules.</summary>
    private static Task WaitUntilIdleAsync(TestBlog blog) =>
        TestBlog.WaitUntilAsync(
            async () => await blog.Get<CommentTable>().ReadMarkersAsync().CountAsync(),
            waiting => waiting == 0,
            "a decision on every comment"
        );

    private static async Task<Comment> OnlyCommentAsync(TestBlog blog, PostId post) =>
        Assert.Single(await CommentsAsync(blog, post));

    private static async Task<IReadOnlyList<Comment>> CommentsAsync(TestBlog blog, PostId post)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {post.ToString()} and RowKey ge {"comment:"} and RowKey lt {"comment;"}"
        );
        var table = new TableClient(blog.Connection, StorageNames.CommentTable);
        return await table
            .QueryAsync<TableEntity>(filter)
            .Select(row => Row.Read(row, CommentJson.Default.Comment))
            .ToListAsync();
    }

    private static async Task<IReadOnlyList<AuditEntry>> AuditAsync(TestBlog blog, PostId post) =>
        await blog.Get<CommentTable>().ReadAuditAsync((await OnlyCommentAsync(blog, post)).Key, CancellationToken.None);

    private static string Lines(string text) => text.ReplaceLineEndings("\n");

    /// <summary>Finds a port that nothing listens on: one that the kernel has just assigned and got back.</summary>
    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("name=\"act\" value=\"([a-z]+)\"")]
    private static partial Regex ActionButton();
}
