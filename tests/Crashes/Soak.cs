using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Timers;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>
/// A soak test: two handlers on one storage under concurrent load by readers, commenters, a moderator and an author. It
/// takes a few seconds in the tests; the command <c>soak</c> of tests/Benchmarks runs it for any time.
/// </summary>
internal sealed partial class Soak(CrashFixture fixture, StandInHost second)
{
    private const int Posts = 4;

    /// <summary>
    /// Maximum age of a served page: 3 s. A revision is read again after 2 s; the site's revision, read concurrently
    /// with requests, counts as fresh for one second more.
    /// </summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Maximum time until the first decision: 2 min. The run is prolonged until then when a busy machine makes no
    /// decision in the requested time.
    /// </summary>
    private static readonly TimeSpan MaxTimeToFirstDecision = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<CommentKey, byte> _accepted = [];
    private readonly ConcurrentQueue<string> _errors = [];
    private readonly int[] _versions = new int[Posts];
    private int _reads;
    private int _decisions;

    /// <summary>Runs the soak test. Fails when anything was lost, duplicated or served out of order.</summary>
    /// <returns>A summary with the numbers of reads, comments, decisions and uploads.</returns>
    public static async Task<string> RunAsync(TimeSpan time)
    {
        await using var fixture = await CrashFixture.StartAsync(("Blog__Comments__PreviouslyApproved", "false"));
        await using var second = await StandInHost.StartAsync(
            fixture.Observer.Connection,
            settings:
            [
                ("Blog__Authors", $"Ada <{fixture.Author}>"),
                ("Blog__Smtp", fixture.Mails.SmtpAddress),
                ("Blog__Comments__PreviouslyApproved", "false"),
            ]
        );
        return await new Soak(fixture, second).RunForAsync(time);
    }

    private async Task<string> RunForAsync(TimeSpan time)
    {
        for (var post = 0; post < Posts; post++)
        {
            await fixture.WaitForReportAsync(await UploadAsync(post));
        }

        var clock = Stopwatch.StartNew();
        bool IsRunning() => clock.Elapsed < time || (_decisions == 0 && clock.Elapsed < MaxTimeToFirstDecision);
        await Task.WhenAll([
            .. Enumerable.Range(0, 4).Select(_ => LoopAsync(TimeSpan.FromMilliseconds(10), CreateReader(), IsRunning)),
            .. Enumerable
                .Range(0, 2)
                .Select(number =>
                    LoopAsync(TimeSpan.FromMilliseconds(100), iteration => CommentAsync(number, iteration), IsRunning)
                ),
            LoopAsync(TimeSpan.FromMilliseconds(300), ModerateAsync, IsRunning),
            LoopAsync(TimeSpan.FromMilliseconds(200), iteration => UploadAsync(iteration % Posts), IsRunning),
        ]);

        await AssertSettledAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_reads} reads, {_accepted.Count} comments, {_decisions} decisions, {_versions.Sum()} uploads"
        );
    }

    private static async Task LoopAsync(TimeSpan pause, Func<int, Task> action, Func<bool> isRunning)
    {
        for (var iteration = 0; isRunning(); iteration++)
        {
            await action(iteration);
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private Task<PublishedHandler> RandomHandlerAsync() =>
        (Random.Shared.Next(2) == 0 ? fixture.Host : second).HandlerAsync();

    /// <summary>
    /// Creates a reader that records when it first saw each version of a post, and reports older versions served more
    /// than <see cref="Freshness"/> later.
    /// </summary>
    private Func<int, Task> CreateReader()
    {
        var clock = Stopwatch.StartNew();
        var seen = new Dictionary<string, (int Version, TimeSpan At)>();
        return async _ =>
        {
            var post = Random.Shared.Next(Posts);
            var path = Random.Shared.Next(4) == 0 ? "/" : $"/posts/soak-{post}";
            var start = clock.Elapsed;
            var page = await (await RandomHandlerAsync()).ReadAsync(path);
            Interlocked.Increment(ref _reads);
            foreach (Match match in Version().Matches(page))
            {
                var (key, version) = (
                    $"{path} {match.Groups["post"].Value}",
                    int.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture)
                );
                if (!seen.TryGetValue(key, out var last) || last.Version < version)
                {
                    seen[key] = (version, clock.Elapsed);
                }
                else if (version < last.Version && start - last.At > Freshness)
                {
                    _errors.Enqueue(
                        $"{key} went from version {last.Version} back to {version} after {start - last.At}"
                    );
                }
            }
        };
    }

    private async Task CommentAsync(int writer, int iteration)
    {
        var post = PostId.FromBlobName(FileNameOf(iteration % Posts));
        var text =
            iteration % 4 == 3
                ? $"See https://a.example and https://b.example, {writer} {iteration}"
                : $"Writer {writer} says {iteration}";
        using var form = new FormUrlEncodedContent([
            new("name", "Grace"),
            new("email", "grace@example.com"),
            new("website", ""),
            new("comment", text),
        ]);
        using var response = await (await RandomHandlerAsync()).ProxyAsync(
            HttpMethod.Post,
            $"/posts/{post}/comments",
            form
        );
        if (response.StatusCode == HttpStatusCode.SeeOther)
        {
            var idKey = await fixture.Observer.Get<CommentTable>().GetIdKeyAsync(CancellationToken.None);
            _accepted[new CommentKey(post, CommentId.Create(idKey, post, "grace@example.com", "Grace", text))] = 0;
        }
    }

    /// <summary>
    /// Approves a random accepted comment or marks it as spam; the same comment may be decided on several times.
    /// </summary>
    private async Task ModerateAsync(int iteration)
    {
        if (
            _accepted.Keys.ElementAtOrDefault(Random.Shared.Next(_accepted.Count + 1)) is { } key
            && key != default
            && await fixture.Observer.Get<CommentTable>().FindPatientlyAsync(key, CancellationToken.None) is { } found
        )
        {
            var token = fixture
                .Observer.Get<SignedLinks>()
                .Sign(iteration % 3 == 0 ? LinkAction.Spam : LinkAction.Approve, found.Value);
            using var emptyForm = new FormUrlEncodedContent([]);
            using var response = await (await RandomHandlerAsync()).ProxyAsync(
                HttpMethod.Post,
                $"/moderate/{token}",
                emptyForm
            );
            Interlocked.Increment(ref _decisions);
        }
    }

    private async Task<Upload> UploadAsync(int post)
    {
        var version = ++_versions[post];
        return await fixture.UploadAsync(
            FileNameOf(post),
            $"---\ntitle: Soak {post} version {version}.\nslug: soak-{post}\ndate: 2026-01-02\n---\nText.\n"
        );
    }

    private async Task AssertSettledAsync()
    {
        var comments = fixture.Observer.Get<CommentTable>();
        await TestBlog.WaitUntilAsync(CountWaitingAsync, count => count == 0, "no waiting comment");
        await fixture.WaitForEmptyQueueAsync(StorageNames.UploadQueue);
        await fixture.WaitForEmptyQueueAsync(StorageNames.RaiseQueue);
        await fixture.AssertNoPoisonMessagesAsync();
        foreach (var post in Enumerable.Range(0, Posts))
        {
            var id = PostId.FromBlobName(FileNameOf(post));
            var page = await fixture.WaitForFreshPageAsync($"/posts/soak-{post}", id);
            await TestBlog.WaitUntilAsync(
                async () => await (await second.HandlerAsync()).ReadAsync($"/posts/soak-{post}"),
                other => other == page,
                "the same page from the other handler"
            );
            Assert.Contains($"Soak {post} version {_versions[post]}.", page, StringComparison.Ordinal);

            var accepted = _accepted.Keys.Where(key => key.Post == id).ToList();
            var kept = await Task.WhenAll(
                accepted.Select(key => comments.FindPatientlyAsync(key, CancellationToken.None))
            );
            var shown = await comments.ReadThreadsAsync(id, 1, 100_000, CancellationToken.None);
            Assert.All(kept, read => Assert.NotNull(read));
            Assert.Equal(
                kept.Where(read => read!.Value.State == CommentState.Approved)
                    .Select(read => read!.Value.Key.ToString())
                    .Order(StringComparer.Ordinal),
                shown.Select(comment => comment.Key.ToString()).Order(StringComparer.Ordinal)
            );
            Assert.Equal(shown.Count, (await comments.ReadCountsAsync(id, CancellationToken.None)).Shown);
        }

        Assert.Empty(_errors);
    }

    /// <summary>
    /// Runs the hourly check, which queues the comments whose message was not sent, and counts the stored comments that
    /// wait.
    /// A marker alone is of a request that failed before its comment was stored, as may happen on a busy machine.
    /// </summary>
    private async Task<int> CountWaitingAsync()
    {
        await fixture.Host.FireTimerAsync(nameof(CheckHourly));
        var comments = fixture.Observer.Get<CommentTable>();
        return await comments
            .ReadMarkersAsync()
            .Where(
                async (read, cancellationToken) =>
                    await comments.FindPatientlyAsync(read.Value.Comment, cancellationToken) is not null
            )
            .CountAsync();
    }

    private static string FileNameOf(int post) => $"soak-{post}.md";

    [GeneratedRegex(@"Soak (?<post>\d+) version (?<version>\d+)\.")]
    private static partial Regex Version();
}
