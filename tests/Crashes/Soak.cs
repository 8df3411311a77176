using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>Two handlers on one storage, under readers, commenters, a moderator and an author at once. A few seconds in the tests; tests/Benchmarks, soak, as long as one likes.</summary>
internal sealed partial class Soak(CrashFixture fixture, StandInHost second)
{
    private const int Posts = 4;

    /// <summary>A revision is read again after 2 s; the site's, beside requests, counts as fresh for one second more.</summary>
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(3);

    /// <summary>The most that a moderator's first turn is waited for, should a busy machine take longer than the time that was asked for.</summary>
    private static readonly TimeSpan LongestTurn = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<CommentKey, byte> _promised = [];
    private readonly ConcurrentQueue<string> _wrong = [];
    private readonly int[] _versions = new int[Posts];
    private int _reads;
    private int _decisions;

    /// <summary>Runs it. Fails when anything was lost, doubled or served out of order.</summary>
    /// <returns>What was done, in words.</returns>
    public static async Task<string> RunAsync(TimeSpan time)
    {
        await using var fixture = await CrashFixture.StartAsync(("Blog__Comments__PreviouslyApproved", "false"));
        await using var second = await StandInHost.StartAsync(
            fixture.Inside.Connection,
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
            await fixture.PublishedAsync(NameOf(post), await UploadAsync(post));
        }

        var clock = Stopwatch.StartNew();
        bool IsOn() => clock.Elapsed < time || (_decisions == 0 && clock.Elapsed < LongestTurn);
        await Task.WhenAll([
            .. Enumerable.Range(0, 4).Select(_ => LoopAsync(TimeSpan.FromMilliseconds(10), Reader(), IsOn)),
            .. Enumerable
                .Range(0, 2)
                .Select(number => LoopAsync(TimeSpan.FromMilliseconds(100), turn => CommentAsync(number, turn), IsOn)),
            LoopAsync(TimeSpan.FromMilliseconds(300), ModerateAsync, IsOn),
            LoopAsync(TimeSpan.FromMilliseconds(200), turn => UploadAsync(turn % Posts), IsOn),
        ]);

        await AssertSettledAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{_reads} reads, {_promised.Count} comments, {_decisions} decisions, {_versions.Sum()} uploads"
        );
    }

    private static async Task LoopAsync(TimeSpan pause, Func<int, Task> act, Func<bool> isOn)
    {
        for (var turn = 0; isOn(); turn++)
        {
            await act(turn);
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private Task<PublishedHandler> AnyHandlerAsync() =>
        (Random.Shared.Next(2) == 0 ? fixture.Host : second).HandlerAsync();

    /// <summary>A reader remembers when a version of a page was first seen, and then wants no older one, later than the freshness.</summary>
    private Func<int, Task> Reader()
    {
        var clock = Stopwatch.StartNew();
        var seen = new Dictionary<string, (int Version, TimeSpan At)>();
        return async _ =>
        {
            var post = Random.Shared.Next(Posts);
            var path = Random.Shared.Next(4) == 0 ? "/" : $"/posts/soak-{post}";
            var start = clock.Elapsed;
            var page = await (await AnyHandlerAsync()).ReadAsync(path);
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
                    _wrong.Enqueue($"{key} went from version {last.Version} back to {version} after {start - last.At}");
                }
            }
        };
    }

    private async Task CommentAsync(int writer, int turn)
    {
        var post = PostId.OfFile(NameOf(turn % Posts));
        var text =
            turn % 4 == 3
                ? $"See https://a.example and https://b.example, {writer} {turn}"
                : $"Writer {writer} says {turn}";
        using var form = new FormUrlEncodedContent([
            new("name", "Grace"),
            new("email", "grace@example.com"),
            new("website", ""),
            new("comment", text),
        ]);
        using var answer = await (await AnyHandlerAsync()).ProxyAsync(HttpMethod.Post, $"/posts/{post}/comments", form);
        if (answer.StatusCode == HttpStatusCode.SeeOther)
        {
            var idKey = await fixture.Inside.Get<CommentTable>().IdKeyAsync(CancellationToken.None);
            _promised[new CommentKey(post, CommentId.Create(idKey, post, "grace@example.com", "Grace", text))] = 0;
        }
    }

    /// <summary>Approves, or marks as spam, one comment or the other, more than once too.</summary>
    private async Task ModerateAsync(int turn)
    {
        if (
            _promised.Keys.ElementAtOrDefault(Random.Shared.Next(_promised.Count + 1)) is { } key
            && key != default
            && await fixture.Inside.Get<CommentTable>().FindPatientlyAsync(key, CancellationToken.None) is { } found
        )
        {
            var token = fixture
                .Inside.Get<SignedLinks>()
                .Sign(turn % 3 == 0 ? LinkAction.Spam : LinkAction.Approve, found.Value);
            using var nothing = new FormUrlEncodedContent([]);
            using var answer = await (await AnyHandlerAsync()).ProxyAsync(
                HttpMethod.Post,
                $"/moderate/{token}",
                nothing
            );
            Interlocked.Increment(ref _decisions);
        }
    }

    private async Task<string> UploadAsync(int post)
    {
        var version = ++_versions[post];
        return await fixture.UploadAsync(
            NameOf(post),
            $"---\ntitle: Soak {post} version {version}.\nslug: soak-{post}\ndate: 2026-01-02\n---\nText.\n"
        );
    }

    private async Task AssertSettledAsync()
    {
        var comments = fixture.Inside.Get<CommentTable>();
        await TestBlog.UntilAsync(
            async () => await comments.WaitingAsync().CountAsync(),
            count => count == 0,
            "nothing waits"
        );
        await fixture.EmptyAsync(StorageNames.UploadQueue);
        await fixture.EmptyAsync(StorageNames.RaiseQueue);
        await fixture.NothingPoisonedAsync();
        foreach (var post in Enumerable.Range(0, Posts))
        {
            var id = PostId.OfFile(NameOf(post));
            var page = await fixture.AgreesAsync($"/posts/soak-{post}", id);
            await TestBlog.UntilAsync(
                async () => await (await second.HandlerAsync()).ReadAsync($"/posts/soak-{post}"),
                other => other == page,
                "the other handler agrees"
            );
            Assert.Contains($"Soak {post} version {_versions[post]}.", page, StringComparison.Ordinal);

            var promised = _promised.Keys.Where(key => key.Post == id).ToList();
            var kept = await Task.WhenAll(
                promised.Select(key => comments.FindPatientlyAsync(key, CancellationToken.None))
            );
            var shown = await comments.ShownAsync(id, 1, 100_000, CancellationToken.None);
            Assert.All(kept, read => Assert.NotNull(read));
            Assert.Equal(
                kept.Where(read => read!.Value.State == CommentState.Approved)
                    .Select(read => read!.Value.Key.ToString())
                    .Order(StringComparer.Ordinal),
                shown.Select(comment => comment.Key.ToString()).Order(StringComparer.Ordinal)
            );
            Assert.Equal(shown.Count, (await comments.TallyAsync(id, CancellationToken.None)).Shown);
        }

        Assert.Empty(_wrong);
    }

    private static string NameOf(int post) => $"soak-{post}.md";

    [GeneratedRegex(@"Soak (?<post>\d+) version (?<version>\d+)\.")]
    private static partial Regex Version();
}
