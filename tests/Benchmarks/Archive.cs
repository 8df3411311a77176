using Azure.Data.Tables;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Benchmarks;

/// <summary>Puts many public posts, without text, into a blog's storage.</summary>
internal static class Archive
{
    /// <summary>Three rows each; the service takes 100 rows in one batch.</summary>
    private const int PostsInABatch = 33;

    /// <summary>Adds them as the rows that <see cref="PostTable"/> writes, many in a batch.</summary>
    /// <exception cref="InvalidOperationException">The store does not find what was written: its rows have changed, and these must too.</exception>
    public static async Task AddAsync(TestBlog blog, int count)
    {
        var stop = CancellationToken.None;
        var store = blog.Get<PostTable>();
        var before = (await store.ListAsync(0, 1000, stop)).Count;
        var table = new TableClient(blog.Connection, StorageNames.PostTable); // with more patience than the blog's: the emulator is slow with large tables
        var posts = Enumerable.Range(1, count).Select(number => Scene.PostOf($"filler-{number}") with { Date = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number) });
        foreach (var some in posts.Chunk(PostsInABatch))
        {
            await table.SubmitTransactionAsync(some.SelectMany(Rows).Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), stop);
        }

        var last = Scene.PostOf($"filler-{count}");
        if ((await store.ListAsync(count + before - 1, 2, stop)).Count != 1 || (await store.FindHolderAsync(last.Head.Slug, stop))?.Id != last.Id)
        {
            throw new InvalidOperationException($"The store does not find the {count} posts that were written past it.");
        }
    }

    private static IEnumerable<TableEntity> Rows(Post post) =>
    [
        Row.Of("posts", $"post:{post.Id}", post, PostJson.Default.Post),
        Row.Of(
            "posts",
            $"list:{Row.NewestFirst(post.Date)}:{post.Id}",
            new ListedPost(post.Id, post.Head.Slug, post.Head.Title, post.Date, post.Head.Author, post.Head.Summary, post.Head.Tags),
            PostJson.Default.ListedPost),
        new("posts", $"slug:{post.Head.Slug}") { ["Post"] = post.Id.ToString() },
    ];
}
