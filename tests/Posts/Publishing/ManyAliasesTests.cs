using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

[Trait("Category", "Slow")]
public sealed class ManyAliasesTests
{
    private const int Posts = 40;
    private const int AliasesPerPost = 25;

    [Fact]
    public async Task Resolving_one_of_1000_aliases_costs_one_point_read()
    {
        await using var writer = await PublishingFixture.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Posts),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, stop) => await AddAsync(writer.Blog, number, stop)
        );
        await using var reader = await TestBlog.StartAsync(connection: writer.Blog.Connection, clock: BetweenTimers());
        await reader.ReadAsync("/");

        foreach (var (post, alias) in new[] { (0, 0), (17, 3), (Posts - 1, AliasesPerPost - 1) })
        {
            reader.Calls.Clear();
            using var first = await reader.Http.GetAsync($"/OLD/{post}/{alias}.php?a=b");
            using var again = await reader.Http.GetAsync($"/old/{post}/{alias}.php");

            Assert.Equal($"/posts/many-{post}?a=b", first.Headers.Location?.ToString());
            Assert.Equal($"/posts/many-{post}", again.Headers.Location?.ToString());
            Assert.StartsWith(
                "GET /addresses(PartitionKey=",
                Assert.Single(CallsOfRequests(reader)),
                StringComparison.Ordinal
            );
        }
    }

    private static async Task AddAsync(TestBlog blog, int number, CancellationToken cancellationToken)
    {
        var post = ContentBuilder.BuildPost($"many-{number}") with
        {
            Aliases =
            [
                .. Enumerable.Range(0, AliasesPerPost).Select(alias => SitePath.Parse($"/old/{number}/{alias}.php")),
            ],
        };
        await blog.Get<PostTable>().SaveAsync(read: null, post, cancellationToken);
        foreach (var alias in post.Aliases)
        {
            await blog.Get<AddressTable>()
                .ReconcileAsync(
                    alias,
                    _ =>
                        Task.FromResult<Address?>(
                            new Address(AddressKind.Moved, post.Id, Revision.None.Text, post.Path)
                        ),
                    cancellationToken
                );
        }
    }

    /// <summary>
    /// A clock that starts at the fifth second of a minute, so that no timer of the blog runs during the test.
    /// </summary>
    private static FakeTimeProvider BetweenTimers() =>
        new(DateTimeOffset.UtcNow.AddSeconds(5 - DateTimeOffset.UtcNow.Second));

    /// <summary>
    /// The storage calls of requests: without the queue polling of the local host and the background read of the site's
    /// revision.
    /// </summary>
    private static List<string> CallsOfRequests(TestBlog blog) =>
        [
            .. blog.Calls.Recorded.Where(call =>
                !StorageCalls.IsFromLocalHost(call) && call != "GET /posts(PartitionKey='site',RowKey='revision')"
            ),
        ];
}
