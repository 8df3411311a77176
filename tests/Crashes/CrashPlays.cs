using System.Net;
using System.Text.RegularExpressions;
using Azure.Data.Tables;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>
/// What the handler does while it is killed at every moment of it: before and after each call to storage, and at each piece of its talk with the mail
/// server. One pass in the tests; tests/Benchmarks, crashes, plays as many as one likes.
/// </summary>
internal static partial class CrashPlays
{
    /// <summary>Plays it with a kill at moment 1, at moment 2 and so on, until it is over before the kill. Answers how many moments there were.</summary>
    public static async Task<int> AtEveryMomentAsync(Func<CrashStage, int, Task> play, int leastMoments, params (string Name, string Value)[] settings)
    {
        await using var stage = await CrashStage.StartAsync(settings);
        var moment = 0;
        do
        {
            await play(stage, ++moment);
            await stage.NothingPoisonedAsync();
        }
        while (stage.Killed is not null);

        Assert.True(moment - 1 >= leastMoments && moment - 1 <= 300, $"It was over before moment {moment}. {stage}");
        return moment - 1;
    }

    public static async Task HeldAsync(CrashStage stage, int moment)
    {
        var (path, post) = await PublishAsync(stage, $"held-{moment}");
        stage.Arm(moment);

        var key = await CommentAsync(stage, post, $"Comment {moment}");
        await SentAsync(stage, key);

        stage.Disarm();
        await AssertKeptOnceAsync(stage, key, CommentState.Held);
        var mails = (await stage.Mails.MailsAsync()).Where(mail => mail.To.Contains(stage.Author) && mail.Text.Contains($"{path}\n", StringComparison.Ordinal)).ToList();
        Assert.Single(mails.Select(mail => mail.MessageId).Distinct());
        Assert.True(mails.Count <= (MayRepeat(stage) ? 2 : 1), $"{mails.Count} mails. {stage}");
        await stage.AgreesAsync(path, post);
    }

    public static async Task ApprovedAsync(CrashStage stage, int moment)
    {
        var (path, post) = await PublishAsync(stage, $"approved-{moment}");
        stage.Arm(moment);

        var key = await CommentAsync(stage, post, $"Approved comment {moment}.");
        await SettledAsync(stage, key);

        stage.Disarm();
        await AssertKeptOnceAsync(stage, key, CommentState.Approved);
        Assert.Single(Regex.Matches(await stage.AgreesAsync(path, post), $"Approved comment {moment}\\."));
        Assert.Equal(new Tally(1, 1, 1), await stage.Inside.Get<CommentTable>().TallyAsync(post, CancellationToken.None));
    }

    public static async Task ModeratedAsync(CrashStage stage, int moment)
    {
        var (path, post) = await PublishAsync(stage, $"moderated-{moment}");
        var key = await CommentAsync(stage, post, $"Moderated comment {moment}.");
        await SentAsync(stage, key);
        await stage.ReadAsync(path); // kept under its old revision
        var mail = await stage.Mails.WaitForAsync(mail => mail.To.Contains(stage.Author) && mail.Text.Contains($"{path}\n", StringComparison.Ordinal));
        var approve = new Uri(Link().Match(mail.Text).Value).AbsolutePath;
        stage.Arm(moment);

        // Told that storage was slow, the moderator tries again; cut off, never.
        var isAnswered = await TestBlog.UntilAsync(
            async () => await TryPostAsync(stage, approve, []) is HttpStatusCode.SeeOther, isDone => isDone || stage.Killed is not null, $"an answer. {stage}");

        stage.Disarm();
        var page = await stage.AgreesAsync(path, post);
        var comment = (await stage.Inside.Get<CommentTable>().FindPatientlyAsync(key, CancellationToken.None))!.Value;
        Assert.True(!isAnswered || comment.State == CommentState.Approved, $"It was answered, and is {comment.State}. {stage}");
        Assert.Equal(comment.State == CommentState.Approved, page.Contains($"Moderated comment {moment}.", StringComparison.Ordinal));
    }

    public static async Task PublishedAsync(CrashStage stage, int moment)
    {
        var (before, post) = await PublishAsync(stage, $"published-{moment}");
        var after = $"/posts/moved-{moment}";
        await stage.ReadAsync(before);
        await stage.ReadAsync("/");
        stage.Arm(moment);

        var name = $"published-{moment}.md";
        var newest = new DateTime(2026, 2, 1).AddMinutes(moment); // the first on the home page
        await stage.PublishedAsync(name, await stage.UploadAsync(name, $"---\ntitle: Moved {moment}\nslug: moved-{moment}\ndate: {newest:yyyy-MM-dd HH:mm}\n---\nText after.\n"));

        stage.Disarm();
        Assert.Contains("Text after.", await stage.AgreesAsync(after, post), StringComparison.Ordinal);
        Assert.Contains($"Moved {moment}<", await stage.HomeAgreesAsync(), StringComparison.Ordinal);
        using var old = await (await stage.Host.HandlerAsync()).ProxyAsync(HttpMethod.Get, before);
        Assert.Equal((HttpStatusCode.MovedPermanently, after), (old.StatusCode, old.Headers.Location?.ToString()));
    }

    private static async Task<(string Path, PostId Post)> PublishAsync(CrashStage stage, string slug)
    {
        await stage.PublishedAsync($"{slug}.md", await stage.UploadAsync($"{slug}.md", $"---\ntitle: Title of {slug}\ndate: 2026-01-02\n---\nText before.\n"));
        return ($"/posts/{slug}", PostId.OfFile($"{slug}.md"));
    }

    /// <summary>Sends the form, and again until it is answered as a writer does. Answers the comment's key.</summary>
    private static async Task<CommentKey> CommentAsync(CrashStage stage, PostId post, string text)
    {
        KeyValuePair<string, string>[] form = [new("name", "Grace"), new("email", $"{Guid.NewGuid():N}@example.com"), new("website", ""), new("comment", text)];
        while (await TryPostAsync(stage, $"/posts/{post}/comments", form) is not HttpStatusCode.SeeOther)
        {
        }

        var idKey = await stage.Inside.Get<CommentTable>().IdKeyAsync(CancellationToken.None);
        return new CommentKey(post, CommentId.Of(idKey, post, form[1].Value, "Grace", text));
    }

    /// <summary>Null: the handler died before it answered.</summary>
    private static async Task<HttpStatusCode?> TryPostAsync(CrashStage stage, string path, KeyValuePair<string, string>[] form)
    {
        try
        {
            using var content = new FormUrlEncodedContent(form);
            using var answer = await (await stage.Host.HandlerAsync()).ProxyAsync(HttpMethod.Post, path, content);
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static Task SettledAsync(CrashStage stage, CommentKey key) => TestBlog.UntilAsync(
        async () => (await stage.Inside.Get<CommentTable>().WaitingAsync().ToListAsync()).Select(read => read.Value.Comment), waiting => !waiting.Contains(key), $"nothing waits. {stage}");

    private static async Task SentAsync(CrashStage stage, CommentKey key)
    {
        await SettledAsync(stage, key);
        await TestBlog.UntilAsync(() => LookAsync(stage, $"held-{key}"), state => state == NoticeState.Sent, $"the notice. {stage}");
    }

    /// <summary>The notice's state. The claim of a handler that is dead by now is brought to its end, as 2 min would.</summary>
    private static async Task<NoticeState?> LookAsync(CrashStage stage, string id)
    {
        var (notices, inbox) = (stage.Inside.Get<NoticeTable>(), stage.Inside.Get<NoticeInbox>());
        if (await notices.FindAsync(id, CancellationToken.None) is not { } read)
        {
            return null;
        }

        if (read.Value is { State: NoticeState.Sending, SendingUntil: { } end } && stage.Killed is { } killed && end - Notice.ClaimTime <= killed)
        {
            await notices.ReplaceAsync(read, read.Value with { SendingUntil = DateTimeOffset.UtcNow }, CancellationToken.None);
            await inbox.SendAsync(id, delay: null, CancellationToken.None); // that message is there already, for later
        }

        return read.Value.State;
    }

    private static async Task AssertKeptOnceAsync(CrashStage stage, CommentKey key, CommentState state)
    {
        var comments = stage.Inside.Get<CommentTable>();
        var rows = new TableClient(stage.Inside.Connection, StorageNames.CommentTable)
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {key.Post.ToString()} and RowKey ge {"comment:"} and RowKey lt {"comment;"}"));
        Assert.Equal(1, await rows.CountAsync());
        Assert.Equal(state, (await comments.FindPatientlyAsync(key, CancellationToken.None))!.Value.State);
        Assert.Single(await comments.AuditAsync(key, CancellationToken.None));
    }

    /// <summary>Whether the handler was killed after the server had the mail, and before the row said so.</summary>
    private static bool MayRepeat(CrashStage stage)
    {
        var passed = stage.Moments.ToList();
        var go = passed.FindIndex(moment => moment.StartsWith("server: 354", StringComparison.Ordinal));
        return stage.Killed is not null && go >= 0 && passed.Count > go + 2 && !passed[^1].StartsWith("done: ", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"http://blog\.test/moderate/\S+")]
    private static partial Regex Link();
}
