using System.Text.Json.Serialization.Metadata;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Webhooks;

/// <summary>
/// Adds a notification of an event for each webhook. They are sent by the queue function of notifications, so that no
/// server of somebody else delays a comment or a post.
/// </summary>
public sealed class WebhookOutbox(NotificationOutbox outbox, BlogSettings settings, TimeProvider clock)
{
    /// <summary>Whether there are any webhooks.</summary>
    public bool HasAny => settings.Webhooks.Count > 0;

    /// <summary>Tells of a failure. The same id tells once.</summary>
    public Task AddFailureAsync(string id, string problem, CancellationToken cancellationToken) =>
        AddAsync(
            id,
            new WebhookEvent<FailureData>(
                WebhookEventTypes.Failure,
                clock.GetUtcNow(),
                new FailureData(problem, settings.BaseUrl + AdminPaths.Failures)
            ),
            WebhookJson.Readable.WebhookEventFailureData,
            cancellationToken
        );

    /// <summary>Tells of an event. The same id tells once.</summary>
    /// <param name="id">What happened, with the characters of a notification's id.</param>
    /// <param name="happened">The event.</param>
    /// <param name="type">How its JSON is written.</param>
    /// <param name="cancellationToken">Stops the work; call again.</param>
    internal async Task AddAsync<TData>(
        string id,
        WebhookEvent<TData> happened,
        JsonTypeInfo<WebhookEvent<TData>> type,
        CancellationToken cancellationToken
    )
    {
        var text = WebhookJson.Format(happened, type);
        foreach (var webhook in settings.Webhooks)
        {
            var notification = new Notification(
                $"{id}-{webhook.Key}",
                happened.Type,
                text,
                [new Person(webhook.Address.Host, "")],
                clock.GetUtcNow()
            )
            {
                Webhook = webhook.Key,
            };
            await outbox.QueueAsync(notification, cancellationToken);
        }
    }
}
