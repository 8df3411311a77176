using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Tests.Posts.Markdown.Html;

/// <summary>The Content-Security-Policy header of each kind of page (https://www.w3.org/TR/CSP3/).</summary>
public sealed class ContentPolicyTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    private static readonly string DefaultPolicy =
        $"default-src 'self'; script-src 'self' '{BuiltInAssets.SchemeScriptHash}'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' https: data:; "
        + "media-src 'self' https:; "
        + "frame-src 'self' https://www.youtube.com https://www.youtube-nocookie.com https://player.vimeo.com; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    [Theory]
    [MemberData(nameof(EveryPageKindBlog.Html), MemberType = typeof(EveryPageKindBlog))]
    [InlineData("/posts/withdrawn")]
    [InlineData("/posts/never")]
    [InlineData("/page/9")]
    public async Task Every_page_has_the_policy_on_the_first_and_on_a_repeated_request(string address)
    {
        Assert.Equal([DefaultPolicy], await PoliciesAsync(fixture.Blog, address));
        Assert.Equal([DefaultPolicy], await PoliciesAsync(fixture.Blog, address));
    }

    [Theory]
    [InlineData("/feed.xml")]
    [InlineData("/sitemap.xml")]
    [InlineData("/robots.txt")]
    [InlineData("/style.css")]
    [InlineData("/blog.js")]
    public async Task Responses_that_are_no_HTML_have_no_policy(string address) =>
        Assert.Empty(await PoliciesAsync(fixture.Blog, address));

    [Fact]
    public async Task A_private_page_may_not_be_framed_at_all()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("private");

        using var wrong = await blog.CommentAsync(post, text: "");
        using var sent = await blog.CommentAsync(post, "A comment.");
        var receipt = await PoliciesAsync(blog, sent.Headers.Location!.OriginalString);
        var link = await PoliciesAsync(blog, "/moderate/not-a-token");
        blog.Calls.ShouldFail = _ => true;
        var failed = await PoliciesAsync(blog, "/posts/unseen");

        Assert.All([Policies(wrong), receipt, link, failed], policies =>
            Assert.Equal(["frame-ancestors 'none'", DefaultPolicy], policies)
        );
    }

    [Fact]
    public async Task Scripts_of_theme_head_html_are_allowed_by_hash_on_cached_pages_too()
    {
        const string Script = "\n  document.title = 'é';\r\n";
        await using var writer = await TestBlog.StartAsync(new() { ["Blog:FrameSources"] = "none" });
        await writer.PublishAsync("any");
        await PutHeadAsync(
            writer,
            $"""
            <script>{Script}</script>
            <script src="/media/own.js"></script>
            <script src="https://example.com/a.js" integrity="sha384-abc+/=" crossorigin="anonymous"></script>
            <script src="https://example.com/b.js" integrity="sha384-x'; script-src *"></script>
            <script type="module">import '/media/own.js'</script>
            """
        );
        var expected = DefaultPolicy
            .Replace(
                $"'{BuiltInAssets.SchemeScriptHash}'",
                $"'{BuiltInAssets.SchemeScriptHash}' '{Hash("\n  document.title = 'é';\n")}' 'sha384-abc+/=' "
                    + $"'{Hash("import '/media/own.js'")}'",
                StringComparison.Ordinal
            )
            .Replace(
                " https://www.youtube.com https://www.youtube-nocookie.com https://player.vimeo.com",
                "",
                StringComparison.Ordinal
            );

        foreach (var address in new[] { "/", "/posts/any", "/no/such/page" })
        {
            Assert.Equal([expected], await PoliciesAsync(writer, address));
        }

        await using var reader = await TestBlog.StartAsync(
            new() { ["Blog:FrameSources"] = "none" },
            connection: writer.Connection
        );
        foreach (var address in new[] { "/", "/posts/any", "/no/such/page" })
        {
            Assert.Equal([expected], await PoliciesAsync(reader, address));
        }

        Assert.Equal(3, reader.Calls.Recorded.Count(call => call.StartsWith("GET /pages/", StringComparison.Ordinal)));
        Assert.DoesNotContain(reader.Calls.Recorded, call => call.StartsWith("PUT /pages/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_of_signed_links_do_not_contain_theme_head_html()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        await PutHeadAsync(blog, "<script>count(location.href)</script>");
        using var sent = await blog.CommentAsync(await blog.PublishAsync("counted"), "A comment.");
        var mail = (await blog.MailsAsync()).Single().TextBody!;
        var link = mail.Split('\n')
            .First(line => line.Contains("http://blog.test/moderate/", StringComparison.Ordinal))
            .Split("http://blog.test")[1]
            .Trim();

        var (review, receipt) = (
            await blog.ReadAsync(link),
            await blog.ReadAsync(sent.Headers.Location!.OriginalString)
        );
        var (invalid, post) = (await blog.ReadAsync(link[..^1]), await blog.ReadAsync("/posts/counted"));
        blog.Calls.ShouldFail = _ => true;
        var failed = await blog.ReadAsync(link);

        Assert.Contains("Approve", review, StringComparison.Ordinal);
        Assert.Contains("Your comment waits", receipt, StringComparison.Ordinal);
        Assert.Contains("This link does not work", invalid, StringComparison.Ordinal);
        Assert.Contains("This did not work", failed, StringComparison.Ordinal);
        Assert.All([review, receipt, invalid, failed], page =>
            Assert.DoesNotContain("location.href", page, StringComparison.Ordinal)
        );
        Assert.Contains("location.href", post, StringComparison.Ordinal);
    }

    private static string Hash(string script) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}";

    /// <summary>Uploads theme/head.html. Completes after the site's revision has been raised.</summary>
    private static Task PutHeadAsync(TestBlog blog, string html) =>
        blog.UploadAsync("theme/head.html", Encoding.UTF8.GetBytes(html));

    private static async Task<IEnumerable<string>> PoliciesAsync(TestBlog blog, string address)
    {
        using var response = await blog.GetAsync(address);
        return Policies(response);
    }

    private static IEnumerable<string> Policies(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Content-Security-Policy", out var policies) ? policies : [];
}
