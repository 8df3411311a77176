using System.Diagnostics;
using System.Net;
using AngleSharp.Html.Parser;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>The blog behind a real shared cache (nginx) that obeys the response headers.</summary>
[Trait("Category", "Slow")]
public sealed class CachingProxyTests(CachedBlog fixture) : IClassFixture<CachedBlog>
{
    private const int Readers = 200;

    /// <summary>nginx counts whole seconds.</summary>
    private static readonly TimeSpan ClockStep = TimeSpan.FromSeconds(1);

    private readonly CachingProxy _readers = fixture.Readers;

    [Fact]
    public async Task A_herd_reaches_the_handler_at_most_a_few_times()
    {
        await fixture.Author.PublishAsync("herd");
        await WaitForAsync("/posts/herd", HttpStatusCode.OK);
        var before = await _readers.CountOriginRequestsAsync("/posts/herd");

        var served = await Task.WhenAll(Enumerable.Range(0, Readers).Select(_ => _readers.GetAsync("/posts/herd")));

        Assert.All(served, reader => Assert.Equal(HttpStatusCode.OK, reader.Response.StatusCode));
        Assert.InRange(await _readers.CountOriginRequestsAsync("/posts/herd") - before, 0, 3);
        Assert.InRange(served.Count(reader => reader.Cache is "HIT" or "UPDATING"), Readers - 3, Readers);
    }

    [Fact]
    public async Task A_herd_on_a_page_that_nobody_has_read_is_one_request()
    {
        await fixture.Author.PublishAsync("first-herd");

        var served = await Task.WhenAll(
            Enumerable.Range(0, Readers).Select(_ => _readers.GetAsync("/posts/first-herd"))
        );

        Assert.All(served, reader => Assert.Equal(HttpStatusCode.OK, reader.Response.StatusCode));
        Assert.InRange(await _readers.CountOriginRequestsAsync("/posts/first-herd"), 1, 3);
    }

    [Fact]
    public async Task A_comment_and_a_deletion_are_seen_within_the_promised_time_without_a_purge()
    {
        var (busy, quiet) = (await fixture.Author.PublishAsync("busy"), await fixture.Author.PublishAsync("quiet"));
        await fixture.Author.PublishAsync("deleted");
        foreach (var address in new[] { "/posts/busy", "/posts/quiet", "/posts/deleted" })
        {
            await WaitForAsync(address, HttpStatusCode.OK);
        }

        await Task.WhenAll(fixture.CommentAsync(busy, "Seen soon."), fixture.CommentAsync(quiet, "Seen soon."));
        await fixture.Author.DeleteAsync("deleted.md");
        var since = Stopwatch.StartNew();
        await TestBlog.WaitUntilAsync(
            () => _readers.ReadAsync("/posts/busy"),
            page =>
                page.Contains("Seen soon.", StringComparison.Ordinal)
                || since.Elapsed > CachePolicy.MaxPageAge + ClockStep,
            "the comment on a page that is read all the time"
        );
        var busyAfter = since.Elapsed;
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(since.Elapsed),
            elapsed => elapsed > CachePolicy.MaxPageAge + ClockStep,
            "the promised time"
        );

        Assert.InRange(busyAfter, TimeSpan.Zero, CachePolicy.MaxPageAge + ClockStep);
        Assert.Contains("Seen soon.", await _readers.ReadAsync("/posts/quiet"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await _readers.GetAsync("/posts/deleted")).Response.StatusCode);
    }

    [Fact]
    public async Task Private_pages_are_never_stored_and_public_ones_set_no_cookie()
    {
        var post = await fixture.Author.PublishAsync("private");
        await fixture.Author.UploadAsync("old.md", "---\ntitle: Old\naliases: ['/?p=77']\n---\nOld.\n");
        var receipt = await fixture.CommentAsync(post, "Mine.");
        var revise = new HtmlParser()
            .ParseDocument(await _readers.ReadAsync(receipt))
            .QuerySelector("a[href*='/comment/']")!
            .GetAttribute("href")!;
        var cookie = await SignInAsync();
        string[] everybodys = ["/", "/posts/private", "/feed.xml", "/style.css", "/nowhere"];
        string[] own =
        [
            receipt,
            new Uri(_readers.Http.BaseAddress!, revise).PathAndQuery,
            "/posts/private?reply=1",
            $"/Posts/private?receipt=token",
            "/?p=77",
            $"/api/form-token/{post}",
            "/moderate/nothing",
            "/moderate/sign-in/nothing",
        ];
        string[] moderators = ["/moderate", "/moderate/posts/all", "/moderate/rules/edit", $"/moderate/badge/{post}"];

        foreach (var address in everybodys)
        {
            Assert.False((await _readers.GetAsync(address)).Response.Headers.Contains("Set-Cookie"), address);
        }

        foreach (var address in own.Concat(own))
        {
            Assert.Equal((address, "MISS"), (address, (await _readers.GetAsync(address)).Cache));
        }

        foreach (var address in moderators)
        {
            var (response, _) = await _readers.GetAsync(address, cookie);
            Assert.Equal((address, HttpStatusCode.OK), (address, response.StatusCode));
            Assert.Equal((address, "MISS"), (address, (await _readers.GetAsync(address)).Cache));
        }

        var stored = _readers.StoredAddresses();
        Assert.Empty(everybodys.Except(stored));
        Assert.DoesNotContain(stored, address =>
            address.Contains('?')
            || ReservedForVisitors.Any(begin => address.StartsWith(begin, StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task The_handler_lets_nobody_in_but_the_cache()
    {
        using var direct = await fixture.Handler.Http.GetAsync(new Uri("/", UriKind.Relative));
        var (throughCache, _) = await _readers.GetAsync("/");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (direct.StatusCode, throughCache.StatusCode));
    }

    private static string[] ReservedForVisitors { get; } = [AdminPaths.Home, "/comment/", "/api/"];

    /// <summary>Reads an address through the cache until it has this status.</summary>
    private Task WaitForAsync(string address, HttpStatusCode status) =>
        TestBlog.WaitUntilAsync(
            () => _readers.GetAsync(address),
            reader => reader.Response.StatusCode == status,
            $"{address} with {status}"
        );

    /// <summary>Signs Ada in through the cache and returns her session cookie.</summary>
    private async Task<string> SignInAsync()
    {
        var moderators = fixture.Author.Get<Moderators>();
        var links = fixture.Author.Get<SignInLinkSigner>();
        var link = links.AddressOf(links.CreateLink(moderators.FindByEmail("ada@blog.test")!));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(link).AbsolutePath)
        {
            Content = new FormUrlEncodedContent([]),
            Headers = { { "Origin", "http://blog.test" } },
        };
        using var response = await _readers.Http.SendAsync(request);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
