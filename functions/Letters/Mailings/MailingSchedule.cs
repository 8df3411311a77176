using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Letters.Mailings;

/// <summary>
/// Adds a mailing for each post that becomes public, and one a week; each begins later by a message. Every hour, sends
/// a message again for those whose message was lost.
/// </summary>
public sealed class MailingSchedule(
    MailingTable mailings,
    MailingSender sender,
    NotificationQueueClient queue,
    PostTable posts,
    PostLists lists,
    BlogSettings settings,
    TimeProvider clock
) : IPostChangeHandler, INotificationSource, IHourlyTask, IDailyTask
{
    /// <summary>
    /// The time between the publishing of a post and the first letter: 10 min, in which an author sees and mends
    /// mistakes.
    /// </summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMinutes(10);

    /// <summary>The time after which the message of a mailing that is due counts as lost: 10 min.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(10);

    private const string MessagePrefix = "mailing:";

    /// <summary>Creates the message that sends a mailing.</summary>
    internal static string MessageFor(string key) => MessagePrefix + key;

    /// <inheritdoc/>
    public async Task HandleAsync(PostChangedMessage message, CancellationToken cancellationToken)
    {
        if (
            settings.SendsMail
            && (await posts.FindForWriteAsync(message.Changed, cancellationToken))?.Value is { } post
            && post.IsNewAt(clock.GetUtcNow())
        )
        {
            await AddAsync(Mailing.KeyFor(post.Id), Delay, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<bool> TryHandleAsync(string message, CancellationToken cancellationToken)
    {
        if (!message.StartsWith(MessagePrefix, StringComparison.Ordinal))
        {
            return false;
        }

        await sender.SendAsync(message[MessagePrefix.Length..], cancellationToken);
        return true;
    }

    /// <summary>Sends a message for each mailing whose message was lost.</summary>
    async Task IHourlyTask.RunAsync(CancellationToken cancellationToken)
    {
        var lost = clock.GetUtcNow() - LostAfter;
        await foreach (var mailing in mailings.ReadAsync(cancellationToken))
        {
            if (!mailing.IsSettled && mailing.NotBefore < lost && !(mailing.ClaimedUntil > lost))
            {
                await queue.SendAsync(MessageFor(mailing.Key), delay: null, cancellationToken);
            }
        }
    }

    /// <summary>On Mondays (UTC), adds the mailing about the week before, if it had posts.</summary>
    async Task IDailyTask.RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (settings.SendsMail && now.UtcDateTime.DayOfWeek == DayOfWeek.Monday)
        {
            var week = await MailingContentReader.ReadWeekAsync(lists, now, cancellationToken);
            if (week.Count > 0)
            {
                await AddAsync(
                    Mailing.KeyForWeek(DateOnly.FromDateTime(now.UtcDateTime)),
                    TimeSpan.Zero,
                    cancellationToken
                );
            }
        }
    }

    /// <summary>Adds a mailing unless there is one; first the message that sends it.</summary>
    private async Task AddAsync(string key, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (await mailings.FindAsync(key, cancellationToken) is not null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        await queue.SendAsync(MessageFor(key), delay + NotificationDelivery.ClockSkew, cancellationToken);
        await mailings.AddAsync(
            new Mailing
            {
                Key = key,
                Created = now,
                NotBefore = now + delay,
            },
            cancellationToken
        );
    }
}
