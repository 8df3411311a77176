using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Crashes;

/// <summary>A new post is sent to its subscribers while the handler is killed.</summary>
internal static class MailingScenario
{
    private static readonly string[] Readers = ["ann", "bea"];

    public static async Task RunAsync(CrashFixture fixture, int moment)
    {
        var tag = $"mailing-{moment}";
        await fixture.WaitForPublishAsync(
            await fixture.UploadAsync(
                $"{tag}.md",
                $"---\ntitle: Mailed {moment}\ndate: 2026-01-02\ntags: [{tag}]\n---\nWords.\n"
            )
        );
        var addresses = await SubscribeAsync(fixture, tag);
        var key = await AddMailingAsync(fixture, PostId.FromBlobName($"{tag}.md"));
        fixture.Arm(moment);

        await fixture.Observer.Get<NotificationQueueClient>().SendAsync($"mailing:{key}", null, CancellationToken.None);
        await TestBlog.WaitUntilAsync(
            () => ReadStateAsync(fixture, key),
            state => state == MailingState.Done,
            $"the mailing to be done. {fixture}"
        );

        fixture.Disarm();
        var mails = (await fixture.Mails.MailsAsync()).Where(mail => mail.To.Any(addresses.Contains)).ToList();
        Assert.Equal(addresses.Order(), mails.SelectMany(mail => mail.To).Distinct().Order());
        Assert.Equal(addresses.Count, mails.Select(mail => mail.MessageId).Distinct().Count());
        Assert.InRange(mails.Count, addresses.Count, addresses.Count + (fixture.Killed is null ? 0 : 1));
    }

    private static async Task<IReadOnlyList<string>> SubscribeAsync(CrashFixture fixture, string tag)
    {
        var now = DateTimeOffset.UtcNow;
        var unique = Guid.NewGuid().ToString("N");
        var recipients = Readers
            .Select(name =>
                Recipient.Create($"{name}-{unique}@example.com", now) with
                {
                    Confirmed = now,
                    Posts = new PostSubscription([tag], IsWeekly: false, now),
                }
            )
            .ToList();
        await fixture.Observer.Get<RecipientTable>().AddAllAsync(recipients, CancellationToken.None);
        return [.. recipients.Select(recipient => recipient.Mail)];
    }

    private static async Task<string> AddMailingAsync(CrashFixture fixture, PostId post)
    {
        var now = DateTimeOffset.UtcNow;
        var mailing = new Mailing
        {
            Key = Mailing.KeyFor(post),
            Created = now,
            NotBefore = now,
        };
        await fixture.Observer.Get<MailingTable>().AddAsync(mailing, CancellationToken.None);
        return mailing.Key;
    }

    /// <summary>
    /// Reads the state. Ends the claim of a killed handler, and the pause after a connection that it lost, as minutes
    /// of waiting would.
    /// </summary>
    private static async Task<MailingState> ReadStateAsync(CrashFixture fixture, string key)
    {
        var (table, now) = (fixture.Observer.Get<MailingTable>(), DateTimeOffset.UtcNow);
        var read = (await table.FindAsync(key, CancellationToken.None))!;
        var isStale = fixture.Killed is { } killed && read.Value.ClaimedUntil - Mailing.ClaimTime <= killed;
        var isPaused = read.Value.ClaimedUntil is null && read.Value.NotBefore > now;
        if (!read.Value.IsSettled && (isStale || isPaused))
        {
            await table.ReplaceAsync(
                read,
                read.Value with
                {
                    ClaimedUntil = null,
                    NotBefore = now,
                },
                CancellationToken.None
            );
            await fixture
                .Observer.Get<NotificationQueueClient>()
                .SendAsync($"mailing:{key}", delay: null, CancellationToken.None);
        }

        return read.Value.State;
    }
}
