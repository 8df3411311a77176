using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Measures the search over 10,000 posts of 5 KB: the index's size, what the first search of a cold instance takes and
/// what later ones take (the published handler), and what putting one more post into the index costs.
/// </summary>
internal static class SearchCommand
{
    private const int Posts = 10_000;
    private const int WordsOfPost = 750;
    private const int Vocabulary = 30_000;
    private const int Queries = 60;

    /// <summary>The rank of the most frequent word that is searched for: about every seventh post has it.</summary>
    private const int MinRank = 500;

    private const int Instances = 3;

    private const double SizeLimit = 40;
    private const double FirstLimit = 300;
    private const double LaterLimit = 5;
    private const int CallsLimit = 6;

    /// <summary>The seed of words and queries, so that each run measures the same.</summary>
    private const int Seed = 20261129;

    public static Command Create()
    {
        var command = new Command(
            "search",
            "The search over 10,000 posts: size, first search, later ones, a new post."
        );
        command.SetAction((_, _) => RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        await PublishedHandler.EnsurePublishedAsync();
        var report = new LimitReport();
        var connection = await StorageAccounts.NewAccountAsync();
        await using var blog = await TestBlog.StartAsync(connection: connection, options: TestBlog.IdleHostOptions);
        var posts = BuildPosts();
        report.AtMost("Index of 10,000 posts of 5 KB", await StoreIndexAsync(blog, posts), SizeLimit, " MB");
        await StoreRowsAsync(blog, posts);
        var (queries, common) = (BuildQueries(MinRank), BuildQueries(minRank: 1));
        await StoreTextsAsync(blog, posts, [.. queries, .. common]);

        var instances = new List<(double First, double New, double Again)>();
        for (var number = 0; number < Instances; number++)
        {
            instances.Add(await MeasureAsync(connection, queries));
        }

        LimitReport.Print($"With words as they are used, many of which every post has:");
        var withCommon = await MeasureAsync(connection, common);

        report.AtMost(
            "First search of a cold instance, processor time, median",
            Statistics.Median(instances.Select(instance => instance.First)),
            FirstLimit,
            " ms"
        );
        report.AtMost(
            "Later searches, processor time, median of the means",
            Statistics.Median(instances.Select(instance => instance.Again)),
            LaterLimit,
            " ms"
        );
        report.Note(
            "The same, for posts that the instance has not read yet, ms",
            Statistics.Median(instances.Select(instance => instance.New)),
            "each of ten posts is read with its text"
        );
        report.Note(
            "Later searches for words that many posts have, ms",
            withCommon.Again,
            "each post that has them is ranked"
        );
        report.AtMost("Calls for a new post beside the file", await CountCallsAsync(blog), CallsLimit);
        return report.Close();
    }

    private static List<(Post Post, string Text)> BuildPosts()
    {
        var random = new Random(Seed);
        return
        [
            .. Enumerable
                .Range(1, Posts)
                .Select(number =>
                {
                    var text = string.Join(' ', Enumerable.Range(0, WordsOfPost).Select(_ => Word(random)));
                    var post = ContentBuilder.BuildPost($"filler-{number}");
                    var title = string.Join(' ', Enumerable.Range(0, 5).Select(_ => Word(random)));
                    return (
                        post with
                        {
                            Metadata = post.Metadata with { Title = title },
                            ContentHash = AcceptedFiles.Hash(Encoding.UTF8.GetBytes(File(text))),
                        },
                        text
                    );
                }),
        ];
    }

    private static string File(string text) => $"---\ntitle: Filler\n---\n{text}\n";

    /// <summary>A word by Zipf's law, roughly: the n-th is used in proportion to 1/n.</summary>
    private static string Word(Random random, int minRank = 1)
    {
        var rank = (int)(minRank * Math.Pow(Vocabulary / (double)minRank, random.NextDouble()));
        var (word, rest) = (new StringBuilder(), (rank * 7919L) + 101);
        do
        {
            word.Append("bcdfghklmnprstvz"[(int)(rest % 16)]).Append("aeiou"[(int)(rest / 16 % 5)]);
            rest /= 80;
        } while (rest > 0);

        return word.ToString();
    }

    /// <summary>One or two words each, without those of the lowest ranks, such as "the" and "of".</summary>
    private static List<string> BuildQueries(int minRank)
    {
        var random = new Random(Seed + 1);
        return
        [
            .. Enumerable
                .Range(0, Queries)
                .Select(number =>
                    number % 3 == 0 ? Word(random, minRank) : $"{Word(random, minRank)} {Word(random, minRank)}"
                )
                .Distinct(),
        ];
    }

    private static async Task<double> StoreIndexAsync(TestBlog blog, List<(Post Post, string Text)> posts)
    {
        var path = TemporaryIndex.CreatePath();
        try
        {
            var watch = Stopwatch.StartNew();
            using (var database = SearchDatabase.Create(path))
            {
                database.Change(() =>
                    posts.ForEach(post =>
                        database.Put(
                            IndexedPost.From(post.Post, Encoding.UTF8.GetBytes(File(post.Text)), TimeZoneInfo.Utc)
                        )
                    )
                );
                database.Optimize();
                database.Shrink();
            }

            var size = new FileInfo(path).Length / 1e6;
            LimitReport.Print(
                $"The index of {Posts:N0} posts: {size:0.0} MB, built in {watch.Elapsed.TotalSeconds:0} s"
            );
            var file = await blog.Get<SearchIndexFiles>().SaveAsync(path, CancellationToken.None);
            await blog.Get<SearchIndexTable>()
                .WriteAsync(
                    new SearchIndexState(file, SearchDatabase.Schema, DateTimeOffset.UtcNow, null),
                    readVersion: null,
                    [],
                    CancellationToken.None
                );
            return size;
        }
        finally
        {
            TemporaryIndex.Delete(path);
        }
    }

    private static async Task StoreRowsAsync(TestBlog blog, List<(Post Post, string Text)> posts)
    {
        var table = new TableClient(blog.Connection, StorageNames.PostTable);
        foreach (var batch in posts.Chunk(100))
        {
            await table.SubmitTransactionAsync(
                batch.Select(post => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    Row.Create(PostRows.Partition, PostRows.KeyFor(post.Post.Id), post.Post, PostJson.Default.Post)
                ))
            );
        }
    }

    /// <summary>Stores the texts of the posts that the queries find on their first pages.</summary>
    private static async Task StoreTextsAsync(TestBlog blog, List<(Post Post, string Text)> posts, List<string> queries)
    {
        var texts = posts.ToDictionary(post => post.Post.Id, post => post.Text);
        foreach (var words in queries)
        {
            _ = SearchQuery.TryParse(words, out var query);
            var hits = await blog.Get<SearchIndex>().FindAsync(query!, isForReaders: true, CancellationToken.None);
            foreach (var id in hits!.Posts.Take(10))
            {
                await blog.Get<AcceptedFiles>()
                    .SaveAsync(id, Encoding.UTF8.GetBytes(File(texts[id])), CancellationToken.None);
            }
        }
    }

    private static async Task<(double First, double New, double Again)> MeasureAsync(
        string connection,
        List<string> queries
    )
    {
        await using var handler = await PublishedHandler.StartAsync(connection, ("Blog__SearchesPerDay", "0"));
        using var process = Process.GetProcessById(handler.Run.Id);
        await handler.ReadAsync("/"); // as the Functions host polls
        var first = await TimeAsync(handler, process, queries[..1]);
        var (unread, again) = (
            await TimeAsync(handler, process, queries[1..]),
            await TimeAsync(handler, process, queries[1..])
        );
        process.Refresh();
        LimitReport.Print(
            $"  first search {first:0.0} ms of processor time, later {unread:0.0} ms, with the same posts again ",
            $"{again:0.0} ms; {process.WorkingSet64 / 1e6:0} MB"
        );
        return (first, unread, again);
    }

    /// <summary>Milliseconds of processor time for each of these searches.</summary>
    private static async Task<double> TimeAsync(PublishedHandler handler, Process process, List<string> queries)
    {
        process.Refresh();
        var before = process.TotalProcessorTime;
        foreach (var (number, words) in queries.Index())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/search?q={Uri.EscapeDataString(words)}");
            request.Headers.Add("X-Forwarded-For", $"10.0.0.{number}"); // each from an address of its own
            using var response = await handler.Http.SendAsync(request);
            var page = await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            if (!page.Contains("<mark>", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(
                    string.Create(CultureInfo.InvariantCulture, $"The search for {words} found nothing.")
                );
            }
        }

        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / queries.Count;
    }

    /// <summary>Counts the calls for the message of a new post and for putting it into the index of all.</summary>
    private static async Task<int> CountCallsAsync(TestBlog blog)
    {
        var post = ContentBuilder.BuildPost("new");
        var message = PostChangedMessage.Create(post.Id, post.Source);
        await blog.Get<PostTable>().SaveAsync(read: null, post, CancellationToken.None);
        blog.Calls.Clear();
        var watch = Stopwatch.StartNew();
        await blog.Get<UploadQueueClient>().SendAsync(message, CancellationToken.None);
        await blog.Get<SearchIndexBuilder>().HandleAsync(message, CancellationToken.None);
        LimitReport.Print($"A new post in the index after {watch.Elapsed.TotalSeconds:0.0} s (JIT)");
        return blog.Calls.Recorded.Count(call => !call.Contains("/search/", StringComparison.Ordinal));
    }
}
