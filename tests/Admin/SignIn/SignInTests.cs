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
    private const string SignOutPath = "/moderate/session/end";

    private static readonly string[] ForeignOrigins =
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
    public async Task An_author_signs_in_with_a_mailed_link_and_signs_out()
    {
        await using var blog = await TestBlog.StartAsync();

        using var requested = await RequestLinkAsync(blog, "ADA@blog.test");
        var mail = Assert.Single(await blog.MailsAsync());
        var link = AdminDriver.FindSignInLink(mail.TextBody!);
        using var opened = await blog.Http.GetAsync(link);
        using var signedIn = await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null);
        var moderator = new AdminDriver(blog, CookieOf(signedIn).Split(';')[0]);
        var adminPage = await moderator.ReadAsync("/moderate");
        using var signedOut = await moderator.PostAsync(SignOutPath);

        Assert.Equal("[Test blog] Sign in to moderate", mail.Subject);
        Assert.Equal("ada@blog.test", Assert.Single(mail.GetRecipients()).Address);
        Assert.Contains("Check your mail", await requested.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "You will be Ada in this browser",
            await opened.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.False(opened.Headers.Contains("Set-Cookie"));
        Assert.Equal(
            (HttpStatusCode.SeeOther, "/moderate"),
            (signedIn.StatusCode, signedIn.Headers.Location!.ToString())
        );
        Assert.Contains("Signed in as Ada.", adminPage, StringComparison.Ordinal);
        Assert.Contains("<h1>Sign in</h1>", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
        Assert.StartsWith("__Secure-desk=; expires=Thu, 01 Jan 1970", CookieOf(signedOut), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_is_limited_to_the_admin_area_and_hidden_from_scripts()
    {
        await using var blog = await TestBlog.StartAsync();
        using var signedIn = await AdminDriver.SendAsync(blog, HttpMethod.Post, NewLink(blog), null);

        var cookie = CookieOf(signedIn).Split("; ");

        Assert.Matches("^__Secure-desk=[0-9a-f]{16}\\.[0-9a-f]{32}\\.[0-9]+\\.[A-Za-z0-9_-]{24}$", cookie[0]);
        Assert.Equal(
            ["httponly", "max-age=2592000", "path=/moderate", "samesite=strict", "secure"],
            cookie[1..]
                .Where(part => !part.StartsWith("expires", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Authors_and_strangers_get_the_same_response_with_the_same_storage_calls()
    {
        var (responses, calls) = (new List<string>(), new List<string>());
        await using var blog = await TestBlog.StartAsync(options: TestBlog.IdleHostOptions);
        _ = await blog.ReadAsync("/moderate"); // the site layout is read once, at the first page

        foreach (var mail in new[] { "ada@blog.test", "eva@blog.test" })
        {
            blog.Calls.Clear();
            using var requested = await RequestLinkAsync(blog, mail);
            var page = await requested.Content.ReadAsStringAsync();
            responses.Add($"{requested.StatusCode} {page.Replace(mail, "", StringComparison.Ordinal)}");
            calls.Add(
                string.Join(
                    '\n',
                    blog.Calls.Recorded.Where(call => !call.StartsWith("GET /posts", StringComparison.Ordinal))
                )
            ); // the site's revision is read concurrently with requests
        }

        Assert.Equal(responses[0], responses[1]);
        Assert.Equal(["POST /sign-ins/messages", "POST /sign-ins/messages"], calls);
    }

    [Fact]
    public async Task A_stranger_is_sent_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        (await RequestLinkAsync(blog, "eva@blog.test")).Dispose();
        (await RequestLinkAsync(blog, "ada@blog.test")).Dispose();

        await WaitForEmptyQueueAsync(blog);

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

        using var signedIn = await AdminDriver.SendAsync(
            blog,
            HttpMethod.Post,
            AdminDriver.FindSignInLink(command.Output),
            null
        );

        Assert.True(await IsSignedInAsync(blog, CookieOf(signedIn).Split(';')[0]));
        Assert.Equal("eva@blog.test is not in Blog__Authors: name one of ada@blog.test.\n", stranger.Errors);
    }

    [Theory]
    [InlineData("http://localhost:7071", "author@localhost", null, true)]
    [InlineData("http://localhost:7071", "Ada <ada@blog.test>", null, false)]
    [InlineData("https://blog.test", "author@localhost", null, false)]
    [InlineData("http://localhost:7071", "author@localhost", "smtp://127.0.0.1:1", true)]
    public async Task On_localhost_the_form_names_the_accepted_address_and_the_mail_folder(
        string address,
        string authors,
        string? smtp,
        bool isShown
    )
    {
        var settings = new Dictionary<string, string?>
        {
            ["Blog:BaseUrl"] = address,
            ["Blog:Authors"] = authors,
            ["Blog:Smtp"] = smtp,
        };
        await using var blog = await TestBlog.StartAsync(settings, options: TestBlog.IdleHostOptions);

        var page = await blog.ReadAsync("/moderate");

        Assert.Equal(
            isShown,
            page.Contains("the address to write here is author@localhost.", StringComparison.Ordinal)
        );
        Assert.Equal(
            isShown && smtp is null,
            page.Contains($"The mail with the link is written to {blog.MailFolder}.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_invalid_address_is_reported_in_the_form()
    {
        await using var blog = await TestBlog.StartAsync();

        foreach (var typed in new[] { "", "ada", new string('a', 300) + "@blog.test" })
        {
            using var requested = await RequestLinkAsync(blog, typed);

            Assert.Equal(HttpStatusCode.BadRequest, requested.StatusCode);
            Assert.Contains(
                "Write an e-mail address such as",
                await requested.Content.ReadAsStringAsync(),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public async Task An_author_is_sent_at_most_five_links_an_hour()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        var queue = blog.Get<SignInQueueClient>();
        var request = new SignInRequest(SignInLink.NewId(), "ada@blog.test", clock.GetUtcNow());
        await queue.SendAsync(request, CancellationToken.None);
        await queue.SendAsync(request, CancellationToken.None); // a duplicate delivery
        for (var number = 0; number < SignInTable.MaxLinks + 2; number++)
        {
            (await RequestLinkAsync(blog, "ada@blog.test")).Dispose();
        }

        await WaitForEmptyQueueAsync(blog);
        Assert.Equal(SignInTable.MaxLinks, (await blog.MailsAsync(SignInTable.MaxLinks)).Count);

        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(1));
        (await RequestLinkAsync(blog, "ada@blog.test")).Dispose();
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
        using var opened = await blog.Http.GetAsync(late);

        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        Assert.Contains("It was used before", await second.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.All([second, expired, opened], response => Assert.Equal(HttpStatusCode.NotFound, response.StatusCode));
        Assert.All([second, expired, opened], response => Assert.False(response.Headers.Contains("Set-Cookie")));
    }

    [Fact]
    public async Task Of_several_concurrent_uses_of_a_link_one_signs_in()
    {
        await using var blog = await TestBlog.StartAsync();
        var link = NewLink(blog);

        var responses = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => AdminDriver.SendAsync(blog, HttpMethod.Post, link, null))
        );

        Assert.Single(responses, response => response.StatusCode == HttpStatusCode.SeeOther);
        Assert.Equal(7, responses.Count(response => response.StatusCode == HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task A_token_of_another_kind_signs_nobody_in()
    {
        await using var blog = await TestBlog.StartAsync();
        var link = NewLink(blog);
        var comment = ContentBuilder.BuildComment([1], PostId.FromBlobName("x.md"), "Words.");
        using var signedIn = await AdminDriver.SendAsync(blog, HttpMethod.Post, NewLink(blog), null);
        var session = CookieOf(signedIn).Split(';')[0].Split('=')[1];
        string[] wrong =
        [
            "/moderate/sign-in/" + blog.Get<SignedLinks>().Sign(LinkAction.Approve, comment),
            "/moderate/sign-in/" + blog.Get<FormTokens>().Create(comment.Key.Post),
            "/moderate/sign-in/" + session,
            link[..^1],
            link + "A",
            "/moderate/sign-in/x",
            "/moderate/sign-in/" + new string('x', 2000),
            "/moderate/" + link.Split('/')[^1], // the path of the links about comments
        ];

        foreach (var path in wrong)
        {
            using var response = await AdminDriver.SendAsync(blog, HttpMethod.Post, path, null);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.False(response.Headers.Contains("Set-Cookie"));
        }

        Assert.Contains(
            "<h1>Sign in</h1>",
            await new AdminDriver(blog, $"__Secure-desk={link.Split('/')[^1]}").ReadAsync("/moderate"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_form_from_another_origin_does_nothing()
    {
        await using var blog = await TestBlog.StartAsync();
        var (moderator, link) = (await AdminDriver.SignInAsync(blog), NewLink(blog));

        foreach (var origin in ForeignOrigins.Append(null))
        {
            using var signedOut = await AdminDriver.SendAsync(
                blog,
                HttpMethod.Post,
                SignOutPath,
                moderator.Cookie,
                origin
            );
            using var signedIn = await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null, origin);
            using var requested = await AdminDriver.SendAsync(
                blog,
                HttpMethod.Post,
                "/moderate",
                null,
                origin,
                ("email", "ada@blog.test")
            );

            Assert.All([signedOut, signedIn, requested], response =>
                Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode)
            );
            Assert.False(signedIn.Headers.Contains("Set-Cookie"));
        }

        Assert.Contains("Signed in as Ada.", await moderator.ReadAsync("/moderate"), StringComparison.Ordinal);
        await WaitForEmptyQueueAsync(blog);
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
    public async Task Cookies_that_are_changed_expired_revoked_or_of_a_former_author_are_refused()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(
            new() { ["Blog:Authors"] = "Ada <ada@blog.test>; Grace <grace@blog.test>" },
            clock
        );
        var (ada, other, grace) = (
            await AdminDriver.SignInAsync(blog),
            await AdminDriver.SignInAsync(blog),
            await AdminDriver.SignInAsync(blog, "grace@blog.test")
        );
        // Grace is no author of this blog.
        await using var later = await TestBlog.StartAsync(clock: clock, connection: blog.Connection);
        var parts = ada.Cookie.Split('=')[1].Split('.');

        Assert.True(await IsSignedInAsync(blog, grace.Cookie));
        Assert.False(await IsSignedInAsync(later, grace.Cookie));
        Assert.False(
            await IsSignedInAsync(
                blog,
                $"__Secure-desk={grace.Cookie.Split('=')[1].Split('.')[0]}.{parts[1]}.{parts[2]}.{parts[3]}"
            )
        );
        Assert.False(await IsSignedInAsync(blog, ada.Cookie + "A"));
        Assert.False(await IsSignedInAsync(blog, "__Secure-desk="));
        Assert.False(await IsSignedInAsync(blog, null));
        (await ada.PostAsync(SignOutPath)).Dispose();
        Assert.False(await IsSignedInAsync(blog, ada.Cookie));
        Assert.True(await IsSignedInAsync(blog, other.Cookie));
        var third = await AdminDriver.SignInAsync(blog);
        (await other.PostAsync(SignOutPath, ("everywhere", "yes"))).Dispose();
        Assert.False(await IsSignedInAsync(blog, other.Cookie));
        Assert.False(await IsSignedInAsync(blog, third.Cookie));
        clock.Advance(AdminSession.Lifetime);
        Assert.False(await IsSignedInAsync(blog, grace.Cookie));
    }

    [Fact]
    public async Task Admin_pages_are_not_cached_and_no_token_is_logged()
    {
        var log = new LogCapture<object>();
        await using var blog = await TestBlog.StartAsync(compose: services =>
            services
                .AddSingleton<ILoggerProvider>(new LogCaptureProvider(log))
                .Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Warning)
        );
        await blog.UploadAsync("theme/head.html", "<script>alert(1)</script>"u8.ToArray());
        var link = NewLink(blog);
        using var opened = await blog.Http.GetAsync(link);
        using var form = await blog.Http.GetAsync("/moderate");
        blog.Calls.Delay = call =>
            call.Contains("/desk", StringComparison.Ordinal)
                ? throw new InvalidOperationException("As the test wants it.")
                : Task.CompletedTask;
        using var failed = await AdminDriver.SendAsync(blog, HttpMethod.Post, link, null);

        foreach (var response in new[] { opened, form })
        {
            Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
            Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
            Assert.Contains(response.Headers.GetValues("Content-Security-Policy"), policy =>
                policy.Contains("frame-ancestors 'none'", StringComparison.Ordinal)
            );
            Assert.DoesNotContain("alert(1)", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
                .AddressOf(
                    blog.Get<SignInLinkSigner>().CreateLink(blog.Get<Moderators>().FindByEmail("ada@blog.test")!)
                )
        ).AbsolutePath;

    private static Task<HttpResponseMessage> RequestLinkAsync(TestBlog blog, string mail) =>
        AdminDriver.SendAsync(blog, HttpMethod.Post, "/moderate", null, fields: ("email", mail));

    private static string CookieOf(HttpResponseMessage response) =>
        Assert.Single(response.Headers.GetValues("Set-Cookie"));

    private static async Task<bool> IsSignedInAsync(TestBlog blog, string? cookie)
    {
        using var read = await AdminDriver.SendAsync(blog, HttpMethod.Get, "/moderate", cookie);
        return (await read.Content.ReadAsStringAsync()).Contains("Signed in as", StringComparison.Ordinal);
    }

    private static Task WaitForEmptyQueueAsync(TestBlog blog) =>
        TestBlog.WaitUntilAsync(
            async () =>
                (await blog.Get<BlogStorage>().Queue(StorageNames.SignInQueue).GetPropertiesAsync())
                    .Value
                    .ApproximateMessagesCount,
            count => count == 0,
            "every sign-in request handled"
        );
}
