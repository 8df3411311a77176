using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.SignIn;

public sealed class SignInTests
{
    private const string End = "/moderate/session/end";

    private static readonly string[] Elsewhere =
    [
        "https://evil.example",
        "null",
        "http://blog.test.evil.example",
        "https://blog.test",
        "http://blog.test:81",
        "http://evil@blog.test",
        "http://BLOG.test ",
        "",
    ];

    [Fact]
    public async Task An_author_signs_in_by_the_link_of_a_mail_and_out_again()
    {
        await using var blog = await TestBlog.StartAsync();

        using var asked = await AskAsync(blog, "ADA@blog.test");
        var mail = Assert.Single(await blog.MailsAsync());
        var link = AdminDriver.LinkIn(mail.TextBody!);
        using var looked = await blog.Http.GetAsync(link);
        using var acted = await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null);
        var moderator = new AdminDriver(blog, CookieOf(acted).Split(';')[0]);
        var desk = await moderator.ReadAsync("/moderate");
        using var left = await moderator.PostAsync(End);

        Assert.Equal("[Test blog] Sign in to moderate", mail.Subject);
        Assert.Equal("ada@blog.test", Assert.Single(mail.GetRecipients()).Address);
        Assert.Contains("Check your mail", await asked.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "You will be Ada in this browser",
            await looked.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(looked.Headers.Contains("Set-Cookie"));
        Assert.Equal((HttpStatusCode.SeeOther, "/moderate"), (acted.StatusCode, acted.Headers.Location!.ToString()));
        Assert.Contains("Signed in as Ada.", desk, StringComparison.Ordinal);
        Assert.Contains("<h1>Sign in</h1>", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
        Assert.StartsWith("__Secure-desk=; expires=Thu, 01 Jan 1970", CookieOf(left), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_for_the_desk_alone_and_for_no_script()
    {
        await using var blog = await TestBlog.StartAsync();
        using var acted = await AdminDriver.SendAsync(blog, HttpMethod.Post, NewLink(blog), null);

        var cookie = CookieOf(acted).Split("; ");

        Assert.Matches("^__Secure-desk=[0-9a-f]{16}\\.[0-9a-f]{32}\\.[0-9]+\\.[A-Za-z0-9_-]{24}$", cookie[0]);
        Assert.Equal(
            ["httponly", "max-age=2592000", "path=/moderate", "samesite=strict", "secure"],
            cookie[1..]
                .Where(part => !part.StartsWith("expires", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Whoever_asks_is_answered_the_same_by_the_same_calls()
    {
        var (answers, calls) = (new List<string>(), new List<string>());
        await using var blog = await TestBlog.StartAsync(options: TestBlog.Still);
        _ = await blog.ReadAsync("/moderate"); // the frame is read once

        foreach (var mail in new[] { "ada@blog.test", "eva@blog.test" })
        {
            blog.Calls.Forget();
            using var asked = await AskAsync(blog, mail);
            answers.Add(
                $"{asked.StatusCode} {(await asked.Content.ReadAsStringAsync()).Replace(mail, "", StringComparison.Ordinal)}"
            );
            calls.Add(
                string.Join(
                    '\n',
                    blog.Calls.Made.Where(call => !call.StartsWith("GET /posts", StringComparison.Ordinal))
                )
            ); // the site's revision is read beside requests
        }

        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(["POST /sign-ins/messages", "POST /sign-ins/messages"], calls);
    }

    [Fact]
    public async Task A_stranger_is_sent_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        (await AskAsync(blog, "eva@blog.test")).Dispose();
        (await AskAsync(blog, "ada@blog.test")).Dispose();

        await UntilNoWishAsync(blog);

        Assert.Equal("ada@blog.test", Assert.Single(Assert.Single(await blog.MailsAsync()).GetRecipients()).Address);
    }

    [Fact]
    public async Task A_command_prints_a_link_when_mail_is_broken()
    {
        await using var blog = await TestBlog.StartAsync();
        KeyValuePair<string, string>[] settings =
        [
            new("Blog__BaseUrl", "http://blog.test"),
            new("Blog__Secret", new string('s', 40)),
            new("Blog__Authors", "Ada <ada@blog.test>"),
        ];
        await using var command = ProgramRun.Blog(["sign-in"], settings);
        await using var stranger = ProgramRun.Blog(["sign-in", "eva@blog.test"], settings);
        Assert.Equal((0, 1), (await command.EndAsync(), await stranger.EndAsync()));

        using var acted = await AdminDriver.SendAsync(blog, HttpMethod.Post, AdminDriver.LinkIn(command.Output), null);

        Assert.True(await IsInAsync(blog, CookieOf(acted).Split(';')[0]));
        Assert.Equal("eva@blog.test is not in Blog__Authors: name one of ada@blog.test.\n", stranger.Errors);
    }

    [Theory]
    [InlineData("http://localhost:7071", "author@localhost", null, true)]
    [InlineData("http://localhost:7071", "Ada <ada@blog.test>", null, false)]
    [InlineData("https://blog.test", "author@localhost", null, false)]
    [InlineData("http://localhost:7071", "author@localhost", "smtp://127.0.0.1:1", true)]
    public async Task On_the_authors_own_machine_the_form_says_which_address_it_takes_and_where_the_mail_lies(
        string address,
        string authors,
        string? smtp,
        bool isSaid
    )
    {
        var settings = new Dictionary<string, string?>
        {
            ["Blog:BaseUrl"] = address,
            ["Blog:Authors"] = authors,
            ["Blog:Smtp"] = smtp,
        };
        await using var blog = await TestBlog.StartAsync(settings, options: TestBlog.Still);

        var page = await blog.ReadAsync("/moderate");

        Assert.Equal(isSaid, page.Contains("the address to write here is author@localhost.", StringComparison.Ordinal));
        Assert.Equal(
            isSaid && smtp is null,
            page.Contains($"The mail with the link is written to {blog.MailFolder}.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task What_is_no_address_is_said_in_the_form()
    {
        await using var blog = await TestBlog.StartAsync();

        foreach (var typed in new[] { "", "ada", new string('a', 300) + "@blog.test" })
        {
            using var asked = await AskAsync(blog, typed);

            Assert.Equal(HttpStatusCode.BadRequest, asked.StatusCode);
            Assert.Contains(
                "Write an e-mail address such as",
                await asked.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_author_is_sent_five_links_an_hour_and_not_one_more()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        var queue = blog.Get<SignInQueueClient>();
        var again = new SignInRequest(SignInLink.NewId(), "ada@blog.test", clock.GetUtcNow());
        await queue.SendAsync(again, CancellationToken.None);
        await queue.SendAsync(again, CancellationToken.None); // a message may come twice
        for (var number = 0; number < SignInTable.MaxLinks + 2; number++)
        {
            (await AskAsync(blog, "ada@blog.test")).Dispose();
        }

        await UntilNoWishAsync(blog);
        Assert.Equal(SignInTable.MaxLinks, (await blog.MailsAsync(SignInTable.MaxLinks)).Count);

        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        (await AskAsync(blog, "ada@blog.test")).Dispose();
        Assert.Equal(SignInTable.MaxLinks + 1, (await blog.MailsAsync(SignInTable.MaxLinks + 1)).Count);
    }

    [Fact]
    public async Task A_link_works_once_and_for_15_minutes()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        var (used, late) = (NewLink(blog), NewLink(blog));
        using var first = await AdminDriver.SendAsync(blog, HttpMethod.Post, used, null);

        using var second = await AdminDriver.SendAsync(blog, HttpMethod.Post, used, null);
        clock.Advance(SignInLink.Lifetime);
        using var expired = await AdminDriver.SendAsync(blog, HttpMethod.Post, late, null);
        using var looked = await blog.Http.GetAsync(late);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Contains("It was used before", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All([second, expired, looked], answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        Assert.All([second, expired, looked], answer => Assert.False(answer.Headers.Contains("Set-Cookie")));
    }

    [Fact]
    public async Task Of_two_who_use_a_link_at_once_one_is_in()
    {
        await using var blog = await TestBlog.StartAsync();
        var link = NewLink(blog);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => AdminDriver.SendAsync(blog, HttpMethod.Post, link, null))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_token_of_another_kind_signs_nobody_in()
    {
        await using var blog = await TestBlog.StartAsync();
        var link = NewLink(blog);
        var comment = ContentBuilder.CommentOf([1], PostId.OfFile("x.md"), "Words.");
        using var acted = await AdminDriver.SendAsync(blog, HttpMethod.Post, NewLink(blog), null);
        var session = CookieOf(acted).Split(';')[0].Split('=')[1];
        string[] wrong =
        [
            "/moderate/sign-in/" + blog.Get<SignedLinks>().Sign(LinkAction.Approve, comment),
            "/moderate/sign-in/" + blog.Get<FormTokens>().For(comment.Key.Post),
            "/moderate/sign-in/" + session,
            link[..^1],
            link + "A",
            "/moderate/sign-in/x",
            "/moderate/sign-in/" + new string('x', 2000),
            "/moderate/" + link.Split('/')[^1], // the address of a comment's link
        ];

        foreach (var path in wrong)
        {
            using var answer = await AdminDriver.SendAsync(blog, HttpMethod.Post, path, null);

            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        Assert.Contains(
            "<h1>Sign in</h1>",
            await new AdminDriver(blog, $"__Secure-desk={link.Split('/')[^1]}").ReadAsync("/moderate"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_form_from_elsewhere_does_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        var (moderator, link) = (await AdminDriver.BeginAsync(blog), NewLink(blog));

        foreach (var origin in Elsewhere.Append(null))
        {
            using var left = await AdminDriver.SendAsync(blog, HttpMethod.Post, End, moderator.Cookie, origin);
            using var signedIn = await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null, origin);
            using var asked = await AdminDriver.SendAsync(
                blog,
                HttpMethod.Post,
                "/moderate",
                null,
                origin,
                ("email", "ada@blog.test")
            );

            Assert.All([left, signedIn, asked], answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
            Assert.False(signedIn.Headers.Contains("Set-Cookie"));
        }

        Assert.Contains("Signed in as Ada.", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
        await UntilNoWishAsync(blog);
        Assert.False(Directory.Exists(blog.MailFolder));
        using var fromThisMachine = await AdminDriver.SendAsync(
            blog,
            HttpMethod.Post,
            link,
            null,
            blog.Address.ToString().TrimEnd('/')
        );
        Assert.Equal(HttpStatusCode.SeeOther, fromThisMachine.StatusCode);
    }

    [Fact]
    public async Task The_desk_is_shut_to_cookies_that_are_changed_expired_revoked_or_of_who_is_no_author_any_more()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Authors"] = "Ada <ada@blog.test>; Grace <grace@blog.test>" },
            clock
        );
        var (ada, other, grace) = (
            await AdminDriver.BeginAsync(blog),
            await AdminDriver.BeginAsync(blog),
            await AdminDriver.BeginAsync(blog, "grace@blog.test")
        );
        await using var later = await TestBlog.StartAsync(clock: clock, connection: blog.Connection); // Grace is none of its authors
        var end = ada.Cookie.Split('=')[1].Split('.');

        Assert.True(await IsInAsync(blog, grace.Cookie));
        Assert.False(await IsInAsync(later, grace.Cookie));
        Assert.False(
            await IsInAsync(
                blog,
                $"__Secure-desk={grace.Cookie.Split('=')[1].Split('.')[0]}.{end[1]}.{end[2]}.{end[3]}"
            )
        );
        Assert.False(await IsInAsync(blog, ada.Cookie + "A"));
        Assert.False(await IsInAsync(blog, "__Secure-desk="));
        Assert.False(await IsInAsync(blog, null));
        (await ada.PostAsync(End)).Dispose();
        Assert.False(await IsInAsync(blog, ada.Cookie));
        Assert.True(await IsInAsync(blog, other.Cookie));
        var third = await AdminDriver.BeginAsync(blog);
        (await other.PostAsync(End, ("everywhere", "yes"))).Dispose();
        Assert.False(await IsInAsync(blog, other.Cookie));
        Assert.False(await IsInAsync(blog, third.Cookie));
        clock.Advance(AdminSession.Lifetime);
        Assert.False(await IsInAsync(blog, grace.Cookie));
    }

    [Fact]
    public async Task Pages_of_the_desk_are_kept_by_nobody_and_no_log_knows_a_token()
    {
        var log = new LogCapture<object>();
        await using var blog = await TestBlog.StartAsync(compose: services =>
            services
                .AddSingleton<ILoggerProvider>(new Provider(log))
                .Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Warning)
        );
        await blog.UploadAsync("theme/head.html", "<script>alert(1)</script>"u8.ToArray());
        var link = NewLink(blog);
        using var looked = await blog.Http.GetAsync(link);
        using var form = await blog.Http.GetAsync("/moderate");
        blog.Calls.Fail = call => call.Contains("/desk", StringComparison.Ordinal);
        using var failed = await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null);

        foreach (var answer in new[] { looked, form })
        {
            Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
            Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
            Assert.Contains(answer.Headers.GetValues("Content-Security-Policy"), policy =>
                policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)
            );
            Assert.DoesNotContain("alert(1)", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, failed.StatusCode);
        var lines = log.At(LogLevel.Error);
        Assert.Contains(lines, line => line.Contains("moderate/sign-in/{token} failed", StringComparison.Ordinal));
        Assert.DoesNotContain(Enum.GetValues<LogLevel>().SelectMany(log.At), line =>
            line.Contains(link.Split('/')[^1], StringComparison.Ordinal)
        );
    }

    private static string NewLink(TestBlog blog) =>
        new Uri(
            blog.Get<SignInLinkSigner>()
                .AddressOf(blog.Get<SignInLinkSigner>().For(blog.Get<Moderators>().WithMail("ada@blog.test")!))
        ).AbsolutePath;

    private static Task<HttpResponseMessage> AskAsync(TestBlog blog, string mail) =>
        AdminDriver.SendAsync(blog, HttpMethod.Post, "/moderate", null, fields: ("email", mail));

    private static string CookieOf(HttpResponseMessage answer) => Assert.Single(answer.Headers.GetValues("Set-Cookie"));

    private static async Task<bool> IsInAsync(TestBlog blog, string? cookie)
    {
        using var read = await AdminDriver.SendAsync(blog, HttpMethod.Get, "/moderate", cookie);
        return (await read.Content.ReadAsStringAsync()).Contains("Signed in as", StringComparison.Ordinal);
    }

    private static Task UntilNoWishAsync(TestBlog blog) =>
        TestBlog.UntilAsync(
            async () =>
                (await blog.Get<BlogStorage>().Queue(StorageNames.SignInQueue).GetPropertiesAsync())
                    .Value
                    .ApproximateMessagesCount,
            count => count == 0,
            "every wish looked at"
        );

    private sealed class Provider(LogCapture<object> book) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => book;

        public void Dispose() { }
    }
}
