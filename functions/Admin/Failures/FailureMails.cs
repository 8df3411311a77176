using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;
using ServerlessBlog.Webhooks;

namespace ServerlessBlog.Admin.Failures;

/// <summary>
/// Every hour: tells the authors, by mail and webhooks, what only a person can mend, once: poison messages, and mails
/// that have been unsent for an hour.
/// </summary>
/// <remarks>
/// The id of a mail is made of what it is about, so that it is sent once whatever runs again: the oldest message of a
/// poison queue, and the day for unsent mails. A mail about unsent mails goes out when the mail server is back.
/// </remarks>
public sealed class FailureMails(
    WatchPoison poison,
    PoisonQueues queues,
    NotificationTable notifications,
    NotificationOutbox outbox,
    WebhookOutbox webhooks,
    SiteTextsProvider words,
    BlogSettings settings,
    TimeProvider clock
) : IHourlyTask
{
    private const string IdPrefix = "failure-";

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in await poison.FindNotEmptyAsync(cancellationToken))
        {
            if (await queues.FindOldestAsync(queue, cancellationToken) is { } message)
            {
                await MailPoisonAsync(message, cancellationToken);
            }
        }

        var late = await FindLateAsync(cancellationToken);
        if (late.Count > 0)
        {
            await MailLateAsync(late, cancellationToken);
        }
    }

    private async Task MailPoisonAsync(PoisonMessage message, CancellationToken cancellationToken)
    {
        var id = $"{IdPrefix}{message.Queue}-{ShortHash.Hash($"{message.Since:O}{message.Text}")}";
        if (await IsNewAsync(id, cancellationToken))
        {
            var texts = await words.CurrentAsync(cancellationToken);
            var sentence = texts.Format(
                "mail.poison",
                ("queue", message.Queue),
                ("problem", message.History.Count > 0 ? message.History[^1].Reason : "?")
            );
            await AddAsync(id, texts, sentence, cancellationToken);
        }
    }

    private async Task MailLateAsync(IReadOnlyList<Notification> late, CancellationToken cancellationToken)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"{IdPrefix}late-{clock.GetUtcNow():yyyyMMdd}");
        if (await IsNewAsync(id, cancellationToken))
        {
            var texts = await words.CurrentAsync(cancellationToken);
            var problem = late.Select(notification => notification.LastProblem)
                .FirstOrDefault(text => text is not null);
            var sentence = texts.Count("mail.late", late.Count, ("problem", problem ?? "?"));
            await AddAsync(id, texts, sentence, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<Notification>> FindLateAsync(CancellationToken cancellationToken)
    {
        var late = new List<Notification>();
        await foreach (var (id, created) in notifications.ReadUnsentAsync(cancellationToken))
        {
            if (
                clock.GetUtcNow() - created > NotificationDelivery.LateAfter
                && !id.StartsWith(IdPrefix, StringComparison.Ordinal)
                && await notifications.FindAsync(id, cancellationToken) is { Value: { IsSettled: false } notification }
            )
            {
                late.Add(notification);
            }
        }

        return late;
    }

    private async Task<bool> IsNewAsync(string id, CancellationToken cancellationToken) =>
        (settings.Authors.Count > 0 || webhooks.HasAny) && await notifications.FindAsync(id, cancellationToken) is null;

    private async Task AddAsync(string id, SiteTexts texts, string sentence, CancellationToken cancellationToken)
    {
        await webhooks.AddFailureAsync(id, sentence, cancellationToken);
        if (settings.Authors.Count == 0)
        {
            return;
        }

        var text = $"{sentence}\n\n{settings.BaseUrl}{AdminPaths.Failures}\n";
        var subject = texts.Format("mail.failure-subject", ("blog", settings.Title));
        await outbox.AddAsync(
            new Notification(id, subject, text, settings.Authors, clock.GetUtcNow()),
            cancellationToken
        );
    }
}
