using Moq;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed class SendNotificationCrashTests
{
    [Theory]
    [InlineData(4, 600, 58)] // four failures: the last backoff is longer than a claim
    [InlineData(4, 30, 58)] // storage refused a call: the host tries the message again while the claim lives
    public async Task Killed_between_any_two_steps_the_notice_is_still_sent_and_twice_only_when_the_server_had_taken_it(
        int failures,
        int secondsHidden,
        int leastMoments
    )
    {
        var fixture = await NotificationFixture.OpenAsync();
        var sentTwice = 0;
        var moment = 1;
        while (
            await SendAsync(fixture, moment, failures, TimeSpan.FromSeconds(secondsHidden))
                is { Killed: true, Mails: var mails }
        )
        {
            sentTwice += mails - 1;
            moment++;
        }

        Assert.InRange(moment, leastMoments, 150);
        Assert.Equal(2, sentTwice); // after the server's 250, and before the row is written
    }

    /// <summary>A notice's life in which the process dies once.</summary>
    private static async Task<(bool Killed, int Mails)> SendAsync(
        NotificationFixture fixture,
        int moment,
        int failures,
        TimeSpan hidden
    )
    {
        var notification = fixture.NewNotice($"held-{moment}");
        var (tries, mails) = (0, 0);
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(() =>
            {
                fixture.Wire.Moment();
                if (++tries <= failures)
                {
                    throw new NotifierException("Down.");
                }

                mails++;
                fixture.Wire.Moment();
                return Task.CompletedTask;
            });
        fixture.Wire.KillAt(moment);

        await GiveAsync(fixture, notification);
        await new DeliveryDriver(fixture, () => fixture.Function(notifier.Object))
        {
            ComesAgainAfter = hidden,
        }.RunAsync();

        var killed = !fixture.Wire.IsArmed;
        fixture.Wire.KillAt(0);
        var end = await fixture.ReadAsync(notification.Id);
        Assert.True(end.State == NotificationState.Sent, $"Killed at moment {moment} it ended as {end}.");
        Assert.InRange(mails, 1, 2);
        return (killed, mails);
    }

    /// <summary>Who gives gives again after a crash.</summary>
    private static async Task GiveAsync(NotificationFixture fixture, Notification notification)
    {
        try
        {
            await fixture.Outbox.AddAsync(notification, default);
        }
        catch (KilledException)
        {
            await fixture.Outbox.AddAsync(notification, default);
        }
    }
}
