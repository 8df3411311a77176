using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// An author who uploads, changes and deletes posts with a storage client while the local host watches the containers.
/// </summary>
[Trait("Category", "Slow")]
public sealed class AuthorTests
{
    [Fact]
    public async Task A_post_is_uploaded_changed_and_deleted()
    {
        await using var blog = await TestBlog.StartAsync();
        await using var otherInstance = await TestBlog.StartAsync(connection: blog.Connection);

        var uploaded = await blog.UploadAsync("trip.md", Text("Trip", "By *train*."));
        Assert.Equal(["http://blog.test/posts/trip"], uploaded.Lines);
        await WaitOnAllAsync(
            "/posts/trip",
            page => page.Contains("By <em>train</em>.", StringComparison.Ordinal),
            blog,
            otherInstance
        );
        await WaitOnAllAsync("/", page => page.Contains("Trip</a>", StringComparison.Ordinal), blog, otherInstance);

        await blog.UploadAsync("trip.md", Text("Trip home", "By *boat*."));
        await WaitOnAllAsync(
            "/posts/trip",
            page => page.Contains("By <em>boat</em>.", StringComparison.Ordinal),
            blog,
            otherInstance
        );
        await WaitOnAllAsync(
            "/",
            page => page.Contains("Trip home</a>", StringComparison.Ordinal),
            blog,
            otherInstance
        );

        await blog.DeleteAsync("trip.md");
        await WaitOnAllAsync(
            "/posts/trip",
            page => page.StartsWith("410", StringComparison.Ordinal),
            blog,
            otherInstance
        );
        await WaitOnAllAsync("/", page => !page.Contains("Trip", StringComparison.Ordinal), blog, otherInstance);
    }

    [Fact]
    public async Task A_post_that_becomes_a_draft_is_gone_and_returns_when_published_again()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("shy.md", Text("Shy", "Text."));

        var report = await blog.UploadAsync("shy.md", Text("Shy", "Text.", "draft: true"));
        Assert.Equal(UploadOutcome.Draft, report.Outcome);
        await WaitOnAllAsync("/posts/shy", page => page.StartsWith("410", StringComparison.Ordinal), blog);

        await blog.UploadAsync("shy.md", Text("Shy", "Text again."));
        await WaitOnAllAsync("/posts/shy", page => page.Contains("Text again.", StringComparison.Ordinal), blog);
    }

    [Fact]
    public async Task A_draft_is_not_served()
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync("secret.md", Text("Secret", "Text.", "draft: true"));

        Assert.Equal(UploadOutcome.Draft, report.Outcome);
        Assert.StartsWith("404", await PageAsync(blog, "/posts/secret"), StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", await PageAsync(blog, "/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_slug_redirects_the_old_address_and_keeps_the_comments()
    {
        await using var blog = await TestBlog.StartAsync();
        var id = await blog.PublishAsync("old-name");
        await blog.CommentAsync(id, "I was here.");
        await WaitOnAllAsync("/posts/old-name", page => page.Contains("I was here.", StringComparison.Ordinal), blog);

        await blog.UploadAsync("old-name.md", Text("A post", "Text.", "slug: new-name"));
        await WaitOnAllAsync(
            "/posts/old-name",
            page => page.StartsWith("301 /posts/new-name", StringComparison.Ordinal),
            blog
        );
        await WaitOnAllAsync("/posts/new-name", page => page.Contains("I was here.", StringComparison.Ordinal), blog);

        await blog.UploadAsync("old-name.md", Text("A post", "Text.", "slug: third-name"));
        await WaitOnAllAsync(
            "/posts/old-name",
            page => page.StartsWith("301 /posts/third-name", StringComparison.Ordinal),
            blog
        );
        await WaitOnAllAsync(
            "/posts/new-name",
            page => page.StartsWith("301 /posts/third-name", StringComparison.Ordinal),
            blog
        );

        await blog.DeleteAsync("old-name.md");
        await WaitOnAllAsync("/posts/old-name", page => page.StartsWith("410", StringComparison.Ordinal), blog);
        await WaitOnAllAsync("/posts/third-name", page => page.StartsWith("410", StringComparison.Ordinal), blog);
    }

    [Fact]
    public async Task A_broken_upload_is_reported_and_the_last_good_version_stays()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("good.md", Text("Good", "Good text."));

        var report = await blog.UploadAsync("good.md", "---\r\ntitle: Bad\r\ndate: soon\r\n---\r\nBad text.\r\n");

        Assert.Equal(UploadOutcome.Refused, report.Outcome);
        Assert.Equal(
            [
                "line 3, column 7: in 'date': 'soon' is not a date: "
                    + "write 2026-05-22, 2026-05-22 14:30 or 2026-05-22T14:30:00+02:00.",
                "The last good version stays at http://blog.test/posts/good",
            ],
            report.Lines
        );
        Assert.Contains("Good text.", await PageAsync(blog, "/posts/good"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_belongs_to_the_first_file_and_the_second_is_refused()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.UploadAsync("first.md", Text("First", "First text.", "slug: wanted"));

        var report = await blog.UploadAsync("notes/second.md", Text("Second", "Second text.", "slug: wanted"));

        Assert.Equal(UploadOutcome.Refused, report.Outcome);
        Assert.Equal(
            [
                "line 1, column 1: the address /posts/wanted belongs to first.md: "
                    + "give this post another one with 'slug: ...'.",
            ],
            report.Lines
        );
        Assert.Contains("First text.", await PageAsync(blog, "/posts/wanted"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_a_post_or_has_too_long_a_name_is_refused()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.Contains(
            "posts end in .md",
            (await blog.UploadAsync("notes.txt", "x")).Lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "keep at most 500",
            (await blog.UploadAsync(new string('x', 498) + ".md", Text("T", "x"))).Lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "must begin with front matter",
            (await blog.UploadAsync("empty.md", "")).Lines[0],
            StringComparison.Ordinal
        );
        Assert.Contains(
            "more than 1,048,576 bytes",
            (await blog.UploadAsync("big.md", new string('x', 3_000_000))).Lines[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Unknown_fields_are_named_in_the_report()
    {
        await using var blog = await TestBlog.StartAsync();

        var report = await blog.UploadAsync("extra.md", Text("T", "x", "layout: wide"));

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Equal(
            ["http://blog.test/posts/extra", "line 4: the field 'layout' is kept, and not used."],
            report.Lines
        );
    }

    [Fact]
    public async Task A_post_with_every_field_as_long_as_it_may_be_is_published()
    {
        await using var blog = await TestBlog.StartAsync();
        string Long(int length) => string.Concat(Enumerable.Repeat("字", length));
        var name = Long(496) + ".md";

        var report = await blog.UploadAsync(
            name,
            $"---\ntitle: {Long(200)}\nslug: {new string('a', 80)}\n"
                + $"summary: {Long(1000)}\nauthor: {Long(100)}\n"
                + $"tags: [{string.Join(", ", Enumerable.Range(10, 20).Select(number => number + Long(48)))}]\n"
                + $"image: /{Long(499)}\nimage_alt: {Long(500)}\nimage_credit: {Long(800)}\n---\nText.\n"
        );

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.StartsWith("200", await PageAsync(blog, "/posts/" + new string('a', 80)), StringComparison.Ordinal);
    }

    private static string Text(string title, string body, string? field = null) =>
        $"---\ntitle: {title}\ndate: 2026-01-02\n{(field is null ? "" : field + "\n")}---\n{body}\n";

    private static async Task WaitOnAllAsync(string path, Func<string, bool> wanted, params TestBlog[] blogs)
    {
        foreach (var blog in blogs)
        {
            await TestBlog.WaitUntilAsync(() => PageAsync(blog, path), wanted, path);
        }
    }

    private static async Task<string> PageAsync(TestBlog blog, string path)
    {
        using var response = await blog.Http.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)response.StatusCode} {response.Headers.Location} {await response.Content.ReadAsStringAsync()}";
    }
}
