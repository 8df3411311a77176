using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
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
        "/no/such/page",
        "/tags",
        "/archive",
        "/sitemap.xml", // these read every key, a thousand at a time
    ];

    [Fact]
    public async Task A_page_asks_as_much_of_storage_among_three_hundred_posts_as_among_thirty()
    {
        await using var blog = await TestBlog.StartAsync(clock: new FakeTimeProvider(DateTimeOffset.UtcNow)); // its timers stay still
        await AddPostsAsync(blog, 1, 30);
        var few = await CostAsync(blog);
        await AddPostsAsync(blog, 31, 300);

        var many = await CostAsync(blog);

        Assert.Equal(few, many);
        Assert.All(few, cost => Assert.Contains("/posts", cost, StringComparison.Ordinal));
    }

    /// <summary>For each page the calls that rendering it took an instance that has rendered nothing before.</summary>
    private static async Task<List<string>> CostAsync(TestBlog writer)
    {
        await writer.RaiseSiteAsync();
        await using var blog = await TestBlog.StartAsync(
            connection: writer.Connection,
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow)
        );
        await blog.ReadAsync("/style.css"); // makes what all pages share
        var costs = new List<string>();
        foreach (var path in Lists)
        {
            blog.Calls.Forget();
            await blog.ReadAsync(path);
            costs.Add(
                $"{path}: {string.Join(' ', blog.Calls.Made.Where(IsRendering).Select(KindOf).GroupBy(call => call).OrderBy(kind => kind.Key).Select(kind => $"{kind.Count()} {kind.Key}"))}"
            );
        }

        return costs;
    }

    /// <summary>Not what the local host does meanwhile, what is read beside requests, and whether an address was fresh.</summary>
    private static bool IsRendering(string call) =>
        !StorageCalls.IsLocalHosts(call)
        && !call.Contains("'site'", StringComparison.Ordinal)
        && !call.StartsWith("GET /addresses(", StringComparison.Ordinal);

    private static string KindOf(string call) =>
        string.Join('/', call.Split('/', '(')[..2]) + (call.EndsWith("()", StringComparison.Ordinal) ? " query" : "");

    /// <summary>Public posts with texts, a minute apart.</summary>
    private static Task AddPostsAsync(TestBlog blog, int from, int to) =>
        Parallel.ForEachAsync(
            Enumerable.Range(from, to - from + 1),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, stop) =>
            {
                var text = Encoding.UTF8.GetBytes($"---\ntitle: Filler {number}\n---\nText.\n");
                var post = ContentBuilder.PostOf($"filler-{number}");
                await blog.Get<AcceptedFiles>().KeepAsync(post.Id, text, stop);
                post = post with { ContentHash = AcceptedFiles.HashOf(text), Date = post.Date.AddMinutes(number) };
                await blog.Get<PostTable>().SaveAsync(read: null, post, stop);
                await blog.Get<AddressTable>()
                    .SettleAsync(
                        post.Path,
                        _ =>
                            Task.FromResult<Address?>(
                                new Address(AddressKind.Post, post.Id, Revision.None.Text, post.Path)
                            ),
                        stop
                    );
            }
        );
}
