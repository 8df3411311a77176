using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Posts;

/// <summary>The page of a post in the admin area, and its secret links.</summary>
[Trait("Category", "Slow")]
public sealed partial class PostPagesTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    [Fact]
    public async Task A_post_is_deleted_and_brought_back_and_an_earlier_version_is_restored()
    {
        var id = await blog.Blog.PublishAsync("pages", "First title");
        await blog.Blog.PublishAsync("pages", "Second title", "See ![](/media/none.jpg).");
        var path = $"/moderate/post/{id}";

        var page = await blog.Moderator.ReadAsync(path);
        var text = await blog.Moderator.ReadAsync($"{path}?version=1");
        var deleted = await blog.Moderator.SubmitAsync(path, ("act", "delete"), ("version", VersionIn(page)));
        var gone = await blog.Blog.Http.GetAsync("/posts/pages");
        var back = await blog.Moderator.SubmitAsync(path, ("act", "restore"));
        var restored = await blog.Moderator.SubmitAsync(
            path,
            ("act", "restore"),
            ("number", "1"),
            ("version", VersionIn(back))
        );

        Assert.Contains("is missing: upload the picture", page, StringComparison.Ordinal);
        Assert.Contains("title: First title", text, StringComparison.Ordinal);
        Assert.Contains("Deleted. It can be brought back.", deleted, StringComparison.Ordinal);
        Assert.Contains(">Bring it back</button>", deleted, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("<h1 dir=\"auto\">Second title</h1>", back, StringComparison.Ordinal);
        Assert.Contains("<h1 dir=\"auto\">First title</h1>", restored, StringComparison.Ordinal);
        Assert.Contains("Restored.", restored, StringComparison.Ordinal);
        Assert.Contains(
            "First title",
            await blog.Blog.ReadUntilAsync("/posts/pages", html =>
                html.Contains("<h1 class=\"p-name\">First", StringComparison.Ordinal)
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_form_that_somebody_overtook_is_a_conflict_and_one_from_elsewhere_or_of_nobody_does_nothing()
    {
        var id = await blog.Blog.PublishAsync("overtaken");
        var path = $"/moderate/post/{id}";
        var version = VersionIn(await blog.Moderator.ReadAsync(path));
        await blog.Blog.PublishAsync("overtaken", "Theirs");

        using var conflict = await blog.Moderator.PostAsync(path, ("act", "delete"), ("version", version));
        using var stranger = await AdminDriver.SendAsync(
            blog.Blog,
            HttpMethod.Post,
            path,
            null,
            fields: ("act", "delete")
        );
        using var elsewhere = await AdminDriver.SendAsync(
            blog.Blog,
            HttpMethod.Post,
            path,
            blog.Moderator.Cookie,
            "https://evil.example",
            ("act", "stop")
        );

        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("Nothing was done", await conflict.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, stranger.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);
        Assert.Contains("Theirs", await blog.Blog.ReadAsync("/posts/overtaken"), StringComparison.Ordinal);
        foreach (var none in new[] { "/moderate/post/nothing", $"/moderate/post/{PostId.FromBlobName("none.md")}" })
        {
            Assert.Contains("Nothing here", await blog.Moderator.ReadAsync(none), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_link_shows_a_draft_to_anybody_until_it_expires_or_is_stopped_or_the_post_is_public()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var own = await TestBlog.StartAsync(clock: clock);
        var draft = "---\ntitle: A draft\ndraft: true\ndate: 2026-01-02\n---\nSecret **words**.\n";
        await own.UploadAsync("secret.md", draft);
        var (moderator, path) = (
            await AdminDriver.SignInAsync(own),
            $"/moderate/post/{PostId.FromBlobName("secret.md")}"
        );
        var first = LinkIn(await moderator.SubmitAsync(path, ("act", "share")));

        using var shown = await own.Http.GetAsync(first);
        var page = await shown.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains("Secret <strong>words</strong>.", page, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"robots\" content=\"noindex\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<form", page, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"canonical\"", page, StringComparison.Ordinal);
        Assert.Equal("no-store, private", shown.Headers.CacheControl!.ToString());
        Assert.Equal("no-referrer", shown.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(first[..^1] + (first[^1] == 'A' ? 'B' : 'A')));

        Assert.Contains(
            "No link to this post works any more.",
            await moderator.SubmitAsync(path, ("act", "stop")),
            StringComparison.Ordinal
        );
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(first));
        var second = LinkIn(await moderator.SubmitAsync(path, ("act", "share")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second));
        clock.Advance(TimeSpan.FromDays(6));
        await own.UploadAsync("secret.md", draft.Replace("draft: true\n", "", StringComparison.Ordinal));
        using var published = await own.Http.GetAsync(second);
        Assert.Equal("/posts/secret", published.Headers.Location!.OriginalString);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(second));

        async Task<HttpStatusCode> StatusAsync(string address)
        {
            using var response = await own.Http.GetAsync(address);
            return response.StatusCode;
        }
    }

    private static string VersionIn(string page) => WebUtility.HtmlDecode(VersionField().Match(page).Groups[1].Value);

    private static string LinkIn(string page) => Link().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"version\" value=\"([^\"]*)\"")]
    private static partial Regex VersionField();

    [GeneratedRegex("href=\"http://blog\\.test(/moderate/preview/[^\"]+)\"")]
    private static partial Regex Link();
}
