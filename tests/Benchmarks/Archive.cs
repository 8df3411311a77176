using Azure.Data.Tables;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>Puts many public posts into a blog's storage, the newest with their texts.</summary>
internal static class Archive
{
    /// <summary>Five rows each; the service takes 100 rows in one batch.</summary>
    private const int PostsInABatch = 20;

    /// <summary>As many as a feed has.</summary>
    private const int WithText = 20;

    private static readonly byte[] Text = System.Text.Encoding.UTF8.GetBytes(
        $"---\ntitle: Filler\n---\n{ConversationBuilder.Body}\n"
    );

    /// <summary>Adds them as the rows that <see cref="PostTable"/> writes, many in a batch.</summary>
    /// <exception cref="InvalidOperationException">The store does not find what was written: its rows have changed, and these must too.</exception>
    public static async Task AddAsync(TestBlog blog, int count)
    {
        var stop = CancellationToken.None;
        var (store, lists) = (blog.Get<PostTable>(), blog.Get<PostLists>());
        var before = (await lists.NewestAsync(0, 1000, stop)).Count;
        var table = new TableClient(blog.Connection, StorageNames.PostTable); // with more patience than the blog's: the emulator is slow with large tables
        var posts = Enumerable
            .Range(1, count)
            .Select(number =>
                ContentBuilder.PostOf($"filler-{number}") with
                {
                    Date = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number),
                    ContentHash = AcceptedFiles.HashOf(Text),
                }
            )
            .ToList();
        foreach (var some in posts.Chunk(PostsInABatch))
        {
            await table.SubmitTransactionAsync(
                some.SelectMany(Rows).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)),
                stop
            );
        }

        await Task.WhenAll(
            posts.TakeLast(WithText).Select(post => blog.Get<AcceptedFiles>().KeepAsync(post.Id, Text, stop))
        );
        var last = ContentBuilder.PostOf($"filler-{count}");
        if (
            (await lists.NewestAsync(count + before - 1, 2, stop)).Count != 1
            || (await store.FindHolderAsync(last.Path, stop))?.Id != last.Id
        )
        {
            throw new InvalidOperationException(
                $"The store does not find the {count} posts that were written past it."
            );
        }
    }

    private static IEnumerable<TableEntity> Rows(Post post) =>
        [
            Row.Create(PostRows.Partition, PostRows.KeyOf(post.Id), post, PostJson.Default.Post),
            .. PostRows.Places(post),
            new(PostRows.Partition, PostRows.KeyOf(post.Path)) { ["Post"] = post.Id.ToString() },
        ];
}
