using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>
/// Runs scenarios during which the handler is killed at every moment of <see cref="CrashFixture"/>. The tests run each
/// scenario once, with the moments after which storage is in another state; the command <c>crashes</c> of
/// tests/Benchmarks runs any number of passes, with all.
/// </summary>
internal static partial class CrashDriver
{
    /// <summary>
    /// The collection of the tests that kill: they run one after the other. All at once they make the emulator slower
    /// than the handler's patience.
    /// </summary>
    public const string Collection = "ServerlessBlog.Tests.Crashes.Kills";

    /// <summary>
    /// The number of blogs that a scenario runs on at once: 3. A round mostly waits: for a delayed message, for the
    /// freshness of a page to end.
    /// </summary>
    private const int Lanes = 3;

    /// <summary>
    /// Runs a scenario with a kill at moment 1, then at moment 2 and so on, until it ends before the kill. The moments
    /// are dealt out to several blogs, which run at once. Returns the number of moments.
    /// </summary>
    /// <param name="scenario">The scenario, which gets the moment.</param>
    /// <param name="leastMoments">The number of moments that it has at least.</param>
    /// <param name="countsAllCalls">See <see cref="CrashFixture.CountsAllCalls"/>.</param>
    /// <param name="settings">Settings of the blog.</param>
    public static async Task<int> KillAtEveryMomentAsync(
        Func<CrashFixture, int, Task> scenario,
        int leastMoments,
        bool countsAllCalls = false,
        params (string Name, string Value)[] settings
    )
    {
        var kills = await Task.WhenAll(
            Enumerable
                .Range(1, Lanes)
                .Select(first => KillAtEveryMomentOfLaneAsync(scenario, first, countsAllCalls, settings))
        );
        Assert.InRange(kills.Max(), leastMoments, 300);
        return kills.Max();
    }

    /// <summary>
    /// Kills at the first moment, then at every <see cref="Lanes"/>th after it. Returns the last moment at which the
    /// scenario was killed; 0 when it ended before the first.
    /// </summary>
    private static async Task<int> KillAtEveryMomentOfLaneAsync(
        Func<CrashFixture, int, Task> scenario,
        int first,
        bool countsAllCalls,
        (string Name, string Value)[] settings
    )
    {
        await using var fixture = await CrashFixture.StartAsync(countsAllCalls, settings);
        for (var (moment, last) = (first, 0); ; (moment, last) = (moment + Lanes, moment))
        {
            await scenario(fixture, moment);
            await fixture.AssertNoPoisonMessagesAsync();
            if (fixture.Killed is null)
            {
                return last;
            }
        }
    }

    public static async Task HeldCommentAsync(CrashFixture fixture, int moment)
    {
        var (path, post) = await PublishAsync(fixture, $"held-{moment}");
        fixture.Arm(moment);

        var key = await CommentAsync(fixture, post, $"Comment {moment}");
        await WaitForMailSentAsync(fixture, key);

        fixture.Disarm();
        await AssertStoredOnceAsync(fixture, key, CommentState.Held);
        var mails = (await fixture.Mails.MailsAsync())
            .Where(mail =>
                mail.To.Contains(fixture.Author) && mail.Text.Contains($"{path}\n", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Single(mails.Select(mail => mail.MessageId).Distinct());
        Assert.True(mails.Count <= (MayMailRepeat(fixture) ? 2 : 1), $"{mails.Count} mails. {fixture}");
        await fixture.WaitForFreshPageAsync(path, post);
    }

    public static async Task ApprovedCommentAsync(CrashFixture fixture, int moment)
    {
        var (path, post) = await PublishAsync(fixture, $"approved-{moment}");
        fixture.Arm(moment);

        var key = await CommentAsync(fixture, post, $"Approved comment {moment}.");
        await WaitForDecisionAsync(fixture, key);

        fixture.Disarm();
        await AssertStoredOnceAsync(fixture, key, CommentState.Approved);
        Assert.Single(Regex.Matches(await fixture.WaitForFreshPageAsync(path, post), $">Approved comment {moment}\\."));
        Assert.Equal(
            new CommentCounts(1, 1, 1),
            await fixture.Observer.Get<CommentTable>().ReadCountsAsync(post, CancellationToken.None)
        );
    }

    public static async Task ModeratedCommentAsync(CrashFixture fixture, int moment)
    {
        var (path, post) = await PublishAsync(fixture, $"moderated-{moment}");
        var key = await CommentAsync(fixture, post, $"Moderated comment {moment}.");
        await WaitForMailSentAsync(fixture, key);
        await fixture.ReadAsync(path); // fills the cache entry of the current revision
        var mail = await fixture.Mails.WaitForAsync(mail =>
            mail.To.Contains(fixture.Author) && mail.Text.Contains($"{path}\n", StringComparison.Ordinal)
        );
        var link = new Uri(Link().Match(mail.Text).Value).AbsolutePath;
        fixture.Arm(moment);

        // The moderator retries after an error response, such as one about slow storage, but not after a lost
        // connection.
        var isAccepted = await TestBlog.WaitUntilAsync(
            async () => await TryPostAsync(fixture, link, [new("act", "approve")]) is HttpStatusCode.SeeOther,
            isDone => isDone || fixture.Killed is not null,
            $"a response. {fixture}"
        );

        fixture.Disarm();
        var page = await fixture.WaitForFreshPageAsync(path, post);
        var comment = (
            await fixture.Observer.Get<CommentTable>().FindPatientlyAsync(key, CancellationToken.None)
        )!.Value;
        Assert.True(
            !isAccepted || comment.State == CommentState.Approved,
            $"The decision was accepted, but the comment is {comment.State}. {fixture}"
        );
        Assert.Equal(
            comment.State == CommentState.Approved,
            page.Contains($"Moderated comment {moment}.", StringComparison.Ordinal)
        );
    }

    public static async Task PublishedPostAsync(CrashFixture fixture, int moment)
    {
        var (before, post) = await PublishAsync(fixture, $"published-{moment}");
        var after = $"/posts/moved-{moment}";
        await fixture.ReadAsync(before);
        await fixture.ReadAsync("/");
        fixture.Arm(moment);

        var name = $"published-{moment}.md";
        var newest = new DateTime(2026, 2, 1).AddMinutes(moment); // makes it the first post of the home page
        await fixture.WaitForPublishAsync(
            await fixture.UploadAsync(
                name,
                $"---\ntitle: Moved {moment}\nslug: moved-{moment}\ndate: {newest:yyyy-MM-dd HH:mm}\n---\nText after.\n"
            )
        );

        fixture.Disarm();
        Assert.Contains("Text after.", await fixture.WaitForFreshPageAsync(after, post), StringComparison.Ordinal);
        Assert.Contains($"Moved {moment}<", await fixture.WaitForFreshHomePageAsync(), StringComparison.Ordinal);
        using var old = await (await fixture.Host.HandlerAsync()).ProxyAsync(HttpMethod.Get, before);
        Assert.Equal((HttpStatusCode.MovedPermanently, after), (old.StatusCode, old.Headers.Location?.ToString()));
    }

    private static async Task<(string Path, PostId Post)> PublishAsync(CrashFixture fixture, string slug)
    {
        await fixture.WaitForPublishAsync(
            await fixture.UploadAsync(
                $"{slug}.md",
                $"---\ntitle: Title of {slug}\ndate: 2026-01-02\n---\nText before.\n"
            )
        );
        return ($"/posts/{slug}", PostId.FromBlobName($"{slug}.md"));
    }

    /// <summary>
    /// Posts the comment form, retrying like a commenter until it is accepted, and returns the comment's key.
    /// </summary>
    private static async Task<CommentKey> CommentAsync(CrashFixture fixture, PostId post, string text)
    {
        KeyValuePair<string, string>[] form =
        [
            new("name", "Grace"),
            new("email", $"{Guid.NewGuid():N}@example.com"),
            new("website", ""),
            new("comment", text),
        ];
        while (await TryPostAsync(fixture, $"/posts/{post}/comments", form) is not HttpStatusCode.SeeOther) { }

        var idKey = await fixture.Observer.Get<CommentTable>().GetIdKeyAsync(CancellationToken.None);
        return new CommentKey(post, CommentId.Create(idKey, post, form[1].Value, "Grace", text));
    }

    /// <summary>
    /// Posts a form and returns the response's status; null when the handler died before it responded.
    /// </summary>
    private static async Task<HttpStatusCode?> TryPostAsync(
        CrashFixture fixture,
        string path,
        KeyValuePair<string, string>[] form
    )
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var response = await (await fixture.Host.HandlerAsync()).ProxyAsync(HttpMethod.Post, path, content);
            return response.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Task WaitForDecisionAsync(CrashFixture fixture, CommentKey key) =>
        TestBlog.WaitUntilAsync(
            async () =>
                (await fixture.Observer.Get<CommentTable>().ReadMarkersAsync().ToListAsync()).Select(read =>
                    read.Value.Comment
                ),
            waiting => !waiting.Contains(key),
            $"no waiting comment. {fixture}"
        );

    private static async Task WaitForMailSentAsync(CrashFixture fixture, CommentKey key)
    {
        await WaitForDecisionAsync(fixture, key);
        await TestBlog.WaitUntilAsync(
            () => ReadNotificationStateAsync(fixture, $"held-{key}"),
            state => state == NotificationState.Sent,
            $"the mail to be sent. {fixture}"
        );
    }

    /// <summary>
    /// Reads a notification's state; null when there is none. Ends the claim of a killed handler, as 2 min of waiting
    /// would.
    /// </summary>
    private static async Task<NotificationState?> ReadNotificationStateAsync(CrashFixture fixture, string id)
    {
        var (notifications, queue) = (
            fixture.Observer.Get<NotificationTable>(),
            fixture.Observer.Get<NotificationQueueClient>()
        );
        if (await notifications.FindAsync(id, CancellationToken.None) is not { } read)
        {
            return null;
        }

        if (
            read.Value is { State: NotificationState.Sending, SendingUntil: { } end }
            && fixture.Killed is { } killed
            && end - Notification.ClaimTime <= killed
        )
        {
            await notifications.ReplaceAsync(
                read,
                read.Value with
                {
                    SendingUntil = DateTimeOffset.UtcNow,
                },
                CancellationToken.None
            );
            // The retry message exists, but is still delayed.
            await queue.SendAsync(id, delay: null, CancellationToken.None);
        }

        return read.Value.State;
    }

    private static async Task AssertStoredOnceAsync(CrashFixture fixture, CommentKey key, CommentState state)
    {
        var comments = fixture.Observer.Get<CommentTable>();
        var rows = new TableClient(fixture.Observer.Connection, StorageNames.CommentTable).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {key.Post.ToString()} and RowKey ge {"comment:"} and RowKey lt {"comment;"}"
            )
        );
        Assert.Equal(1, await rows.CountAsync());
        Assert.Equal(state, (await comments.FindPatientlyAsync(key, CancellationToken.None))!.Value.State);
        Assert.Single(await comments.ReadAuditAsync(key, CancellationToken.None));
    }

    /// <summary>
    /// Determines whether the handler was killed after the server had received the mail and before the row recorded
    /// that.
    /// </summary>
    private static bool MayMailRepeat(CrashFixture fixture)
    {
        var moments = fixture.Moments.ToList();
        var dataAccepted = moments.FindIndex(moment => moment.StartsWith("server: 354", StringComparison.Ordinal));
        return fixture.Killed is not null
            && dataAccepted >= 0
            && moments.Count > dataAccepted + 2
            && !moments[^1].StartsWith("done: ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://blog\.test/moderate/\S+")]
    private static partial Regex Link();
}
