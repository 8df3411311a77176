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
/// What the handler does while it is killed at every moment of it: before and after each call to storage, and at each piece of its talk with the mail
/// server. One pass in the tests; tests/Benchmarks, crashes, plays as many as one likes.
/// </summary>
internal static partial class CrashDriver
{
    /// <summary>Plays it with a kill at moment 1, at moment 2 and so on, until it is over before the kill. Answers how many moments there were.</summary>
    public static async Task<int> AtEveryMomentAsync(
        Func<CrashFixture, int, Task> play,
        int leastMoments,
        params (string Name, string Value)[] settings
    )
    {
        await using var fixture = await CrashFixture.StartAsync(settings);
        var moment = 0;
        do
        {
            await play(fixture, ++moment);
            await fixture.NothingPoisonedAsync();
        } while (fixture.Killed is not null);

        Assert.True(moment - 1 >= leastMoments && moment - 1 <= 300, $"It was over before moment {moment}. {fixture}");
        return moment - 1;
    }

    public static async Task HeldAsync(CrashFixture fixture, int moment)
    {
        var (path, post) = await PublishAsync(fixture, $"held-{moment}");
        fixture.Arm(moment);

        var key = await CommentAsync(fixture, post, $"Comment {moment}");
        await SentAsync(fixture, key);

        fixture.Disarm();
        await AssertKeptOnceAsync(fixture, key, CommentState.Held);
        var mails = (await fixture.Mails.MailsAsync())
            .Where(mail =>
                mail.To.Contains(fixture.Author) && mail.Text.Contains($"{path}\n", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Single(mails.Select(mail => mail.MessageId).Distinct());
        Assert.True(mails.Count <= (MayRepeat(fixture) ? 2 : 1), $"{mails.Count} mails. {fixture}");
        await fixture.AgreesAsync(path, post);
    }

    public static async Task ApprovedAsync(CrashFixture fixture, int moment)
    {
        var (path, post) = await PublishAsync(fixture, $"approved-{moment}");
        fixture.Arm(moment);

        var key = await CommentAsync(fixture, post, $"Approved comment {moment}.");
        await SettledAsync(fixture, key);

        fixture.Disarm();
        await AssertKeptOnceAsync(fixture, key, CommentState.Approved);
        Assert.Single(Regex.Matches(await fixture.AgreesAsync(path, post), $"Approved comment {moment}\\."));
        Assert.Equal(
            new CommentCounts(1, 1, 1),
            await fixture.Inside.Get<CommentTable>().TallyAsync(post, CancellationToken.None)
        );
    }

    public static async Task ModeratedAsync(CrashFixture fixture, int moment)
    {
        var (path, post) = await PublishAsync(fixture, $"moderated-{moment}");
        var key = await CommentAsync(fixture, post, $"Moderated comment {moment}.");
        await SentAsync(fixture, key);
        await fixture.ReadAsync(path); // kept under its old revision
        var mail = await fixture.Mails.WaitForAsync(mail =>
            mail.To.Contains(fixture.Author) && mail.Text.Contains($"{path}\n", StringComparison.Ordinal)
        );
        var approve = new Uri(Link().Match(mail.Text).Value).AbsolutePath;
        fixture.Arm(moment);

        // Told that storage was slow, the moderator tries again; cut off, never.
        var isAnswered = await TestBlog.UntilAsync(
            async () => await TryPostAsync(fixture, approve, []) is HttpStatusCode.SeeOther,
            isDone => isDone || fixture.Killed is not null,
            $"an answer. {fixture}"
        );

        fixture.Disarm();
        var page = await fixture.AgreesAsync(path, post);
        var comment = (await fixture.Inside.Get<CommentTable>().FindPatientlyAsync(key, CancellationToken.None))!.Value;
        Assert.True(
            !isAnswered || comment.State == CommentState.Approved,
            $"It was answered, and is {comment.State}. {fixture}"
        );
        Assert.Equal(
            comment.State == CommentState.Approved,
            page.Contains($"Moderated comment {moment}.", StringComparison.Ordinal)
        );
    }

    public static async Task PublishedAsync(CrashFixture fixture, int moment)
    {
        var (before, post) = await PublishAsync(fixture, $"published-{moment}");
        var after = $"/posts/moved-{moment}";
        await fixture.ReadAsync(before);
        await fixture.ReadAsync("/");
        fixture.Arm(moment);

        var name = $"published-{moment}.md";
        var newest = new DateTime(2026, 2, 1).AddMinutes(moment); // the first on the home page
        await fixture.PublishedAsync(
            name,
            await fixture.UploadAsync(
                name,
                $"---\ntitle: Moved {moment}\nslug: moved-{moment}\ndate: {newest:yyyy-MM-dd HH:mm}\n---\nText after.\n"
            )
        );

        fixture.Disarm();
        Assert.Contains("Text after.", await fixture.AgreesAsync(after, post), StringComparison.Ordinal);
        Assert.Contains($"Moved {moment}<", await fixture.HomeAgreesAsync(), StringComparison.Ordinal);
        using var old = await (await fixture.Host.HandlerAsync()).ProxyAsync(HttpMethod.Get, before);
        Assert.Equal((HttpStatusCode.MovedPermanently, after), (old.StatusCode, old.Headers.Location?.ToString()));
    }

    private static async Task<(string Path, PostId Post)> PublishAsync(CrashFixture fixture, string slug)
    {
        await fixture.PublishedAsync(
            $"{slug}.md",
            await fixture.UploadAsync(
                $"{slug}.md",
                $"---\ntitle: Title of {slug}\ndate: 2026-01-02\n---\nText before.\n"
            )
        );
        return ($"/posts/{slug}", PostId.OfFile($"{slug}.md"));
    }

    /// <summary>Sends the form, and again until it is answered as a writer does. Answers the comment's key.</summary>
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

        var idKey = await fixture.Inside.Get<CommentTable>().IdKeyAsync(CancellationToken.None);
        return new CommentKey(post, CommentId.Create(idKey, post, form[1].Value, "Grace", text));
    }

    /// <summary>Null: the handler died before it answered.</summary>
    private static async Task<HttpStatusCode?> TryPostAsync(
        CrashFixture fixture,
        string path,
        KeyValuePair<string, string>[] form
    )
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await (await fixture.Host.HandlerAsync()).ProxyAsync(HttpMethod.Post, path, content);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Task SettledAsync(CrashFixture fixture, CommentKey key) =>
        TestBlog.UntilAsync(
            async () =>
                (await fixture.Inside.Get<CommentTable>().WaitingAsync().ToListAsync()).Select(read =>
                    read.Value.Comment
                ),
            waiting => !waiting.Contains(key),
            $"nothing waits. {fixture}"
        );

    private static async Task SentAsync(CrashFixture fixture, CommentKey key)
    {
        await SettledAsync(fixture, key);
        await TestBlog.UntilAsync(
            () => LookAsync(fixture, $"held-{key}"),
            state => state == NotificationState.Sent,
            $"the notice. {fixture}"
        );
    }

    /// <summary>The notice's state. The claim of a handler that is dead by now is brought to its end, as 2 min would.</summary>
    private static async Task<NotificationState?> LookAsync(CrashFixture fixture, string id)
    {
        var (notifications, queue) = (
            fixture.Inside.Get<NotificationTable>(),
            fixture.Inside.Get<NotificationQueueClient>()
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
            await queue.SendAsync(id, delay: null, CancellationToken.None); // that message is there already, for later
        }

        return read.Value.State;
    }

    private static async Task AssertKeptOnceAsync(CrashFixture fixture, CommentKey key, CommentState state)
    {
        var comments = fixture.Inside.Get<CommentTable>();
        var rows = new TableClient(fixture.Inside.Connection, StorageNames.CommentTable).QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {key.Post.ToString()} and RowKey ge {"comment:"} and RowKey lt {"comment;"}"
            )
        );
        Assert.Equal(1, await rows.CountAsync());
        Assert.Equal(state, (await comments.FindPatientlyAsync(key, CancellationToken.None))!.Value.State);
        Assert.Single(await comments.AuditAsync(key, CancellationToken.None));
    }

    /// <summary>Whether the handler was killed after the server had the mail, and before the row said so.</summary>
    private static bool MayRepeat(CrashFixture fixture)
    {
        var passed = fixture.Moments.ToList();
        var go = passed.FindIndex(moment => moment.StartsWith("server: 354", StringComparison.Ordinal));
        return fixture.Killed is not null
            && go >= 0
            && passed.Count > go + 2
            && !passed[^1].StartsWith("done: ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://blog\.test/moderate/\S+")]
    private static partial Regex Link();
}
