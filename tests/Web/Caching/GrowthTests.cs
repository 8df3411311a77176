using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

public sealed class GrowthTests
{
    private static readonly string[] Lists =
    [
        "/",
        "/page/2",
        "/page/3",
        "/tags/filler",
        "/tags/filler/page/2",
        "/archive/2026",
        "/archive/2026/01/page/2",
        "/posts/filler-7",
        "/feed.xml",
        "/comments.xml",
        "/posts/filler-7/comments.xml",
        "/no/such/page",
        "/tags",
        "/archive",
        "/sitemap.xml", // the last three query all rows, a thousand per call
    ];

    [Fact]
    public async Task A_page_makes_the_same_storage_calls_with_300_posts_as_with_30()
    {
        // A clock that stands still, so that no timer of the blog runs.
        await using var blog = await TestBlog.StartAsync(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
        await AddPostsAsync(blog, 1, 30);
        var few = await CostAsync(blog);
        await AddPostsAsync(blog, 31, 300);

        var many = await CostAsync(blog);

        Assert.Equal(few, many);
        Assert.All(few, cost => Assert.Contains("/posts", cost, StringComparison.Ordinal));
    }

    /// <summary>The storage calls, for each path, of an instance that renders the page for the first time.</summary>
    private static async Task<List<string>> CostAsync(TestBlog writer)
    {
        await writer.RaiseSiteAsync();
        await using var blog = await TestBlog.StartAsync(
            connection: writer.Connection,
            options: TestBlog.IdleHostOptions,
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow)
        );
        await blog.ReadAsync("/style.css"); // creates what all pages share
        var costs = new List<string>();
        foreach (var path in Lists)
        {
            blog.Calls.Clear();
            await blog.ReadAsync(path);
            var calls = blog
                .Calls.Recorded.Where(IsRendering)
                .Select(KindOf)
                .GroupBy(call => call)
                .OrderBy(kind => kind.Key);
            costs.Add($"{path}: {string.Join(' ', calls.Select(kind => $"{kind.Count()} {kind.Key}"))}");
        }

        return costs;
    }

    /// <summary>
    /// Whether a call is part of rendering: not of the local host, not the background read of the site's revision, and
    /// not the revalidation of an address.
    /// </summary>
    private static bool IsRendering(string call) =>
        !StorageCalls.IsFromLocalHost(call)
        && !call.Contains("'site'", StringComparison.Ordinal)
        && !call.StartsWith("GET /addresses(", StringComparison.Ordinal);

    private static string KindOf(string call) =>
        string.Join('/', call.Split('/', '(')[..2]) + (call.EndsWith("()", StringComparison.Ordinal) ? " query" : "");

    /// <summary>Adds public posts with texts, dated a minute apart.</summary>
    private static Task AddPostsAsync(TestBlog blog, int from, int to) =>
        Parallel.ForEachAsync(
            Enumerable.Range(from, to - from + 1),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, _) =>
            {
                var post = ContentBuilder.BuildPost($"filler-{number}");
                await ContentBuilder.AddPostWithTextAsync(
                    blog,
                    post with
                    {
                        Date = post.Date.AddMinutes(number),
                    },
                    "Text."
                );
            }
        );
}
