using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks.Conversations;

/// <summary>Writes approved comments straight into a blog's storage.</summary>
internal static class ConversationBuilder
{
    /// <summary>A comment has two rows, and a table transaction takes at most 100.</summary>
    private const int CommentsPerTransaction = 50;

    private static readonly string[] Sentences =
    [
        "I tried this last week and it worked the first time.",
        "The part about *caching* cleared up something that had puzzled me for years.",
        "Is there a reason not to do the same for the [feed](https://example.com/feed)?",
        "Thank you for writing it down.",
        "On my machine `gzip -9` made hardly any difference, for what it is worth.",
        "The second example has a typing error, but the **idea** is clear.",
        "I would read a whole series about this.",
    ];

    /// <summary>About 150 words of Markdown.</summary>
    public static string Body { get; } =
        "A page that many people read and few people change should be made once. "
        + "That is an old idea, and a good one: the first\n"
        + "web servers handed out files, and handing out files is still what machines do best.\n\n"
        + "## What a reader waits for\n\n"
        + "A reader waits for *the first byte*, then for the rest. "
        + "The first byte waits for whatever has to be looked up, and each\n"
        + "look at a database adds the time of a round trip. "
        + "So the page is kept as finished bytes, already compressed, next to\n"
        + "the one number that says whether they are still true.\n\n"
        + "- When nothing has changed, nothing is made again.\n"
        + "- When something has changed, the number has too.\n"
        + "- When two people ask at once, one of them waits for the other.\n\n"
        + "Comments are part of the page, so they need no script. "
        + "See [the protocol](https://www.rfc-editor.org/rfc/rfc9110) for\n"
        + "what `ETag` promises, and what it does not.";

    /// <summary>The Markdown of a comment of one or two sentences; different for every number.</summary>
    public static string TextOf(int number) =>
        $"Said {number}. {Sentences[number % Sentences.Length]}"
        + (number % 2 == 0 ? " " + Sentences[(number / 2 + 3) % Sentences.Length] : "");

    /// <summary>
    /// Adds approved comments to a post that has none: the rows that <see cref="CommentTable"/> would write, 50
    /// comments per transaction, without their audit entries, which no page reads.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The store does not find the comments: its row format has changed, and <see cref="Rows"/> must follow it.
    /// </exception>
    public static async Task AddAsync(TestBlog blog, PostId post, int count)
    {
        var stop = CancellationToken.None;
        var store = blog.Get<CommentTable>();
        var key = await store.GetIdKeyAsync(stop);
        // The default retry options wait longer than the blog's own: Azurite is slow with large tables.
        var table = new TableClient(blog.Connection, StorageNames.CommentTable);
        var comments = Enumerable
            .Range(1, count)
            .Select(number =>
                ContentBuilder.BuildComment(key, post, TextOf(number), number) with
                {
                    State = CommentState.Approved,
                    Number = number,
                    Decisions = 1,
                }
            );
        await Parallel.ForEachAsync(
            comments.Chunk(CommentsPerTransaction),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (batch, _) =>
                await table.SubmitTransactionAsync(
                    batch
                        .SelectMany(Rows)
                        .Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)),
                    stop
                )
        );
        await table.AddEntityAsync(
            Row.Create($"{post}", "tally", new CommentCounts(count, count, count), CommentJson.Default.CommentCounts),
            stop
        );

        var counts = await store.ReadCountsAsync(post, stop);
        var last = await store.ReadThreadsAsync(post, count, count, stop);
        if (
            counts.Shown != count
            || last is not [{ State: CommentState.Approved }]
            || await store.FindAsync(last[0].Key, stop) is null
        )
        {
            throw new InvalidOperationException(
                $"The store does not find the {count} comments that were written past it."
            );
        }
    }

    private static IEnumerable<TableEntity> Rows(Comment comment) =>
        [
            Row.Create($"{comment.Key.Post}", $"comment:{comment.Key.Comment}", comment, CommentJson.Default.Comment),
            Row.Create($"{comment.Key.Post}", $"shown:{comment.Number:D8}", comment, CommentJson.Default.Comment),
        ];
}
