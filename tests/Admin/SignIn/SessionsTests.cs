using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Admin.SignIn;

/// <summary>The page of where a moderator is signed in.</summary>
public sealed class SessionsTests
{
    private const string SessionsPath = "/moderate/sessions/all";
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private static readonly DateTimeOffset Start = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_moderator_sees_every_browser_and_signs_out_of_one()
    {
        await using var blog = await StartAsync();
        var (here, there) = (await SignInAsync(blog, Firefox), await SignInAsync(blog, "<script>alert(1)</script>"));
        var bob = await SignInAsync(blog, "Bob's browser", "bob@blog.test");

        var page = Parse(await here.ReadAsync(SessionsPath));

        Assert.Equal(["Firefox on Linux", "<script>alert(1)</script>"], page.Words(".sessions strong"));
        Assert.Equal(["Firefox on Linux (this browser)"], page.Words(".sessions li:first-child p:first-child"));
        Assert.Equal(["Sign out", "Sign out there"], page.Words(".sessions button"));

        var other = page.QuerySelector(".sessions li:last-child button")!.GetAttribute("value")!;
        var after = Parse(await here.SubmitAsync(SessionsPath, ("end", other)));

        Assert.Equal(["Signed out there."], after.Words(".receipt"));
        Assert.Equal(["Firefox on Linux"], after.Words(".sessions strong"));
        Assert.False(await IsSignedInAsync(there));
        Assert.True(await IsSignedInAsync(here));
        Assert.True(await IsSignedInAsync(bob));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../asked")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData(null)] // the session of another author
    public async Task Only_a_session_of_ones_own_can_be_ended(string? id)
    {
        await using var blog = await StartAsync();
        var (ada, bob) = (await SignInAsync(blog, Firefox), await SignInAsync(blog, Firefox, "bob@blog.test"));

        using var response = await ada.PostAsync(SessionsPath, ("end", id ?? bob.Cookie.Split('.')[1]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(await IsSignedInAsync(bob));
        Assert.True(await IsSignedInAsync(ada));
    }

    [Fact]
    public async Task Ones_own_session_ends_as_by_signing_out_and_everywhere_ends_all()
    {
        await using var blog = await StartAsync();
        var (first, second) = (await SignInAsync(blog, Firefox), await SignInAsync(blog, Firefox));

        using var own = await first.PostAsync(SessionsPath, ("end", first.Cookie.Split('.')[1]));
        var third = await SignInAsync(blog, Firefox);
        using var all = await second.PostAsync("/moderate/session/end", ("everywhere", "yes"));

        Assert.Equal((HttpStatusCode.SeeOther, "/moderate"), (own.StatusCode, own.Headers.Location!.ToString()));
        Assert.StartsWith("__Secure-desk=;", own.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, all.StatusCode);
        Assert.All([first, second, third], moderator => Assert.False(IsSignedInAsync(moderator).Result));
    }

    [Fact]
    public async Task The_last_use_is_written_once_a_day_and_an_ended_session_does_not_come_back()
    {
        var clock = new FakeTimeProvider(Start);
        await using var blog = await StartAsync(clock);
        var (here, there) = (await SignInAsync(blog, Firefox), await SignInAsync(blog, "Other"));
        blog.Calls.Clear();

        await here.ReadAsync(SessionsPath);
        Assert.Empty(WritesOf(blog));
        clock.Advance(TimeSpan.FromDays(2));
        await here.ReadAsync(SessionsPath);
        await here.ReadAsync("/moderate");
        var page = Parse(await here.ReadAsync(SessionsPath));

        Assert.Single(WritesOf(blog));
        Assert.Equal(
            [
                "Signed in on November 29, 2026, last used on December 1, 2026",
                "Signed in on November 29, 2026, last used on November 29, 2026",
            ],
            page.Words(".sessions .byline")
        );

        await there.PostAsync("/moderate/session/end");
        clock.Advance(TimeSpan.FromDays(1));
        Assert.False(await IsSignedInAsync(there));
        Assert.Single(Parse(await here.ReadAsync(SessionsPath)).Words(".sessions li"));
    }

    [Fact]
    public async Task A_session_of_version_1_0_0_goes_on_and_is_listed()
    {
        var clock = new FakeTimeProvider(Start);
        await using var blog = await StartAsync(clock);
        var here = await SignInAsync(blog, Firefox);
        var (author, id) = (here.Cookie.Split('=', '.')[1], here.Cookie.Split('.')[1]);
        var table = blog.Get<BlogStorage>().Table(StorageNames.AdminTable);
        var row = (await table.GetEntityAsync<TableEntity>(author, $"session:{id}")).Value;
        row["Data"] = $$"""{"Id":"{{id}}","Until":"2026-12-20T12:00:00+00:00"}""";
        await table.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace);

        var page = Parse(await here.ReadAsync(SessionsPath));

        Assert.Equal(["A browser that does not say its name"], page.Words(".sessions strong"));
        Assert.Equal(
            ["Signed in on November 20, 2026, last used on November 29, 2026"],
            page.Words(".sessions .byline")
        );
    }

    [Theory]
    [InlineData(Firefox, "Firefox", "Linux")]
    [InlineData(
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 "
            + "Safari/537.36 Edg/140.0.0.0",
        "Edge",
        "Windows"
    )]
    [InlineData(
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile "
            + "Safari/537.36",
        "Chrome",
        "Android"
    )]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            + "Version/18.6 Mobile/15E148 Safari/604.1",
        "Safari",
        "iPhone"
    )]
    [InlineData("curl/8.5.0", null, null)]
    [InlineData("", null, null)]
    public void Browsers_and_systems_have_plain_names(string userAgent, string? browser, string? system) =>
        Assert.Equal(new BrowserName(browser, system), BrowserName.From(userAgent));

    [Fact]
    public void A_long_user_agent_is_cut() =>
        Assert.Equal(new string('x', 200), AdminSession.Begin(new string('x', 5000), Start).UserAgent);

    private static Task<TestBlog> StartAsync(TimeProvider? clock = null) =>
        TestBlog.StartAsync(
            new() { ["Blog:Authors"] = "Ada <ada@blog.test>; Bob <bob@blog.test>" },
            clock,
            options: TestBlog.IdleHostOptions
        );

    private static async Task<AdminDriver> SignInAsync(TestBlog blog, string userAgent, string mail = "ada@blog.test")
    {
        Person author = blog.Get<Moderators>().FindByEmail(mail)!;
        var cookie = await blog.Get<AdminSignIn>().BeginAsync(author, userAgent, CancellationToken.None);
        return new AdminDriver(blog, $"__Secure-desk={cookie}");
    }

    private static async Task<bool> IsSignedInAsync(AdminDriver moderator) =>
        !(await moderator.ReadAsync("/moderate")).Contains("<h1>Sign in</h1>", StringComparison.Ordinal);

    private static IEnumerable<string> WritesOf(TestBlog blog) =>
        blog.Calls.Recorded.Where(call =>
            call.Contains("/desk", StringComparison.Ordinal) && !call.StartsWith("GET", StringComparison.Ordinal)
        );

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);
}
