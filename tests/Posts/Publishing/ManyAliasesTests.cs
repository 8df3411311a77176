using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

public sealed class ManyAliasesTests
{
    private const int Posts = 200;
    private const int PerPost = 25;

    [Fact]
    public async Task Among_5000_old_addresses_one_costs_a_reader_one_point_read()
    {
        await using var writer = await PublishingFixture.StartAsync();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Posts),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (number, stop) => await AddAsync(writer.Blog, number, stop)
        );
        await using var reader = await TestBlog.StartAsync(connection: writer.Blog.Connection, clock: BetweenTimers());
        await reader.ReadAsync("/");

        foreach (var (post, alias) in new[] { (0, 0), (117, 3), (Posts - 1, PerPost - 1) })
        {
            reader.Calls.Forget();
            using var first = await reader.Http.GetAsync($"/OLD/{post}/{alias}.php?a=b");
            using var again = await reader.Http.GetAsync($"/old/{post}/{alias}.php");

            Assert.Equal($"/posts/many-{post}?a=b", first.Headers.Location?.ToString());
            Assert.Equal($"/posts/many-{post}", again.Headers.Location?.ToString());
            Assert.StartsWith(
                "GET /addresses(PartitionKey=",
                Assert.Single(CallsOfReaders(reader)),
                StringComparison.Ordinal
            );
        }
    }

    private static async Task AddAsync(TestBlog blog, int number, CancellationToken cancellationToken)
    {
        var post = ContentBuilder.PostOf($"many-{number}") with
        {
            Aliases = [.. Enumerable.Range(0, PerPost).Select(alias => SitePath.Parse($"/old/{number}/{alias}.php"))],
        };
        await blog.Get<PostTable>().SaveAsync(read: null, post, cancellationToken);
        foreach (var alias in post.Aliases)
        {
            await blog.Get<AddressTable>()
                .SettleAsync(
                    alias,
                    _ =>
                        Task.FromResult<Address?>(
                            new Address(AddressKind.Moved, post.Id, Revision.None.Text, post.Path)
                        ),
                    cancellationToken
                );
        }
    }

    /// <summary>At the fifth second of a minute: the blog's timers, which ask storage too, stay away.</summary>
    private static FakeTimeProvider BetweenTimers() =>
        new(DateTimeOffset.UtcNow.AddSeconds(5 - DateTimeOffset.UtcNow.Second));

    /// <summary>Without the local host's own looks at queues, and what is read beside requests.</summary>
    private static List<string> CallsOfReaders(TestBlog blog) =>
        [
            .. blog.Calls.Made.Where(call =>
                !StorageCalls.IsLocalHosts(call) && call != "GET /posts(PartitionKey='site',RowKey='revision')"
            ),
        ];
}
