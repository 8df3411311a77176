using Moq;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

[Trait("Category", "Slow")]
public sealed class SendNotificationCrashTests
{
    [Theory]
    [InlineData(4, 600, 58)] // after four failures the backoff is longer than a claim
    [InlineData(4, 30, 58)] // the host retries the message while the claim is still valid
    public async Task Killed_between_any_two_steps_the_notification_is_sent_once_or_after_the_server_accepted_it_twice(
        int failures,
        int visibilitySeconds,
        int minKillPoints
    )
    {
        var fixture = await NotificationFixture.OpenAsync();
        var sentTwice = 0;
        var killPoint = 1;
        while (
            await SendAsync(fixture, killPoint, failures, TimeSpan.FromSeconds(visibilitySeconds))
                is { Killed: true, Mails: var mails }
        )
        {
            sentTwice += mails - 1;
            killPoint++;
        }

        Assert.InRange(killPoint, minKillPoints, 150);
        Assert.Equal(2, sentTwice); // killed after the server's 250 reply and before the row is written
    }

    /// <summary>Sends one notification while the process is killed once, at the given point.</summary>
    private static async Task<(bool Killed, int Mails)> SendAsync(
        NotificationFixture fixture,
        int killPoint,
        int failures,
        TimeSpan visibilityTimeout
    )
    {
        var notification = fixture.NewNotification($"held-{killPoint}");
        var (attempts, mails) = (0, 0);
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                fixture.Pipeline.KillPoint();
                if (++attempts <= failures)
                {
                    throw new NotifierException("Down.");
                }

                mails++;
                fixture.Pipeline.KillPoint();
                return Task.CompletedTask;
            });
        fixture.Pipeline.KillAt(killPoint);

        await AddAsync(fixture.Outbox(notifier.Object), notification);
        await new DeliveryDriver(fixture, () => fixture.Function(notifier.Object))
        {
            VisibilityTimeout = visibilityTimeout,
        }.RunAsync();

        var killed = !fixture.Pipeline.IsArmed;
        fixture.Pipeline.KillAt(0);
        var final = await fixture.ReadAsync(notification.Id);
        Assert.True(final.State == NotificationState.Sent, $"Killed at moment {killPoint} it ended as {final}.");
        Assert.InRange(mails, 1, 2);
        return (killed, mails);
    }

    /// <summary>Adds the notification to the outbox, and once more after a crash, as its callers do.</summary>
    private static async Task AddAsync(NotificationOutbox outbox, Notification notification)
    {
        try
        {
            await outbox.AddAsync(notification, default);
        }
        catch (KilledException)
        {
            await outbox.AddAsync(notification, default);
        }
    }
}
