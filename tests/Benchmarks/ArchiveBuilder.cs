using Azure.Data.Tables;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Writes many public posts straight into a blog's storage; only the newest 20 get their source file.
/// </summary>
internal static class ArchiveBuilder
{
    /// <summary>A post has five rows, and a table transaction takes at most 100.</summary>
    private const int PostsPerTransaction = 20;

    /// <summary>
    /// Posts whose source file is stored: the number of entries of the feed, which renders their text.
    /// </summary>
    private const int NewestWithText = 20;

    private static readonly byte[] Text = System.Text.Encoding.UTF8.GetBytes(
        $"---\ntitle: Filler\n---\n{ConversationBuilder.Body}\n"
    );

    /// <summary>
    /// Adds the rows that <see cref="PostTable"/> would write for <paramref name="count"/> posts, 20 posts per
    /// transaction.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The store does not find the posts: its row format has changed, and <see cref="Rows"/> must follow it.
    /// </exception>
    public static async Task AddAsync(TestBlog blog, int count)
    {
        var stop = CancellationToken.None;
        var (store, lists) = (blog.Get<PostTable>(), blog.Get<PostLists>());
        var existing = (await lists.ReadNewestAsync(0, 1000, stop)).Count;
        // The default retry options wait longer than the blog's own: Azurite is slow with large tables.
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        var posts = Enumerable
            .Range(1, count)
            .Select(number =>
                ContentBuilder.BuildPost($"filler-{number}") with
                {
                    Date = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number),
                    ContentHash = AcceptedFiles.Hash(Text),
                }
            )
            .ToList();
        foreach (var batch in posts.Chunk(PostsPerTransaction))
        {
            await table.SubmitTransactionAsync(
                batch.SelectMany(Rows).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)),
                stop
            );
        }

        await Task.WhenAll(
            posts.TakeLast(NewestWithText).Select(post => blog.Get<AcceptedFiles>().SaveAsync(post.Id, Text, stop))
        );
        var last = ContentBuilder.BuildPost($"filler-{count}");
        if (
            (await lists.ReadNewestAsync(count + existing - 1, 2, stop)).Count != 1
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
            Row.Create(PostRows.Partition, PostRows.KeyFor(post.Id), post, PostJson.Default.Post),
            .. PostRows.DerivedRows(post),
            new(PostRows.Partition, PostRows.KeyFor(post.Path)) { ["Post"] = post.Id.ToString() },
        ];
}
