using Microsoft.Extensions.Logging;
using Moq;
using ServerlessBlog.Notifications;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Notifications;

public sealed class SendNotificationTests
{
    private readonly Mock<INotifier> _notifier = new(MockBehavior.Strict);

    [Fact]
    public async Task A_waiting_notification_is_sent_unchanged()
    {
        var fixture = await NotificationFixture.OpenAsync();
        Notification? sent = null;
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Callback((Notification notification, CancellationToken _) => sent = notification)
            .Returns(Task.CompletedTask);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);

        await DeliverAsync(fixture);

        Assert.Equal(("held-1-2", "A comment waits", "Somebody wrote something."), (sent!.Id, sent.Subject, sent.Text));
        Assert.Equal(
            (NotificationState.Sent, 1),
            ((await fixture.ReadAsync()).State, (await fixture.ReadAsync()).Attempts)
        );
    }

    [Fact]
    public async Task Five_deliveries_two_at_a_time_send_one_mail()
    {
        var fixture = await NotificationFixture.OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var id = $"held-{round}";
            var calls = 0;
            _notifier
                .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
                .Callback(() => Interlocked.Increment(ref calls))
                .Returns(Task.CompletedTask);
            await fixture.Table.AddAsync(fixture.NewNotification(id), default);

            await Parallel.ForEachAsync(
                Enumerable.Range(0, 5),
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (_, cancellationToken) => await fixture.Function(_notifier.Object).RunAsync(id, cancellationToken)
            );

            Assert.Equal(1, calls);
            Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync(id)).State);
            Assert.True(fixture.Pipeline.Messages.Count <= 2, "Only a delivery that finds it due sends a message.");
            fixture.Pipeline.Messages.Clear();
        }
    }

    [Fact]
    public async Task A_delivery_that_finds_a_valid_claim_does_nothing()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var slow = new TaskCompletionSource();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>())).Returns(slow.Task);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        var first = DeliverAsync(fixture);
        await WaitUntilAsync(() => _notifier.Invocations.Count == 1);

        await DeliverAsync(fixture);

        Assert.Equal(NotificationState.Sending, (await fixture.ReadAsync()).State);
        Assert.Single(fixture.Pipeline.Messages); // the recheck message of the first delivery
        slow.SetResult();
        await first;
        Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync()).State);
        AssertAttempts(1);
    }

    [Fact]
    public async Task The_recheck_message_is_sent_before_the_claim_and_is_due_after_its_expiry()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Callback(() => Assert.Single(fixture.Pipeline.Messages))
            .Returns(Task.CompletedTask);

        await DeliverAsync(fixture);

        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromSeconds(125)), Assert.Single(fixture.Pipeline.Messages));
        AssertAttempts(1);
    }

    [Fact]
    public async Task A_failed_attempt_is_recorded_and_retried_after_the_backoff()
    {
        var fixture = await NotificationFixture.OpenAsync();
        _notifier
            .SetupSequence(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new NotifierException("Down."))
            .Returns(Task.CompletedTask);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);

        await DeliverAsync(fixture);

        var waiting = await fixture.ReadAsync();
        Assert.Equal((NotificationState.Waiting, 1, "Down."), (waiting.State, waiting.Attempts, waiting.LastProblem));
        Assert.Equal(fixture.Clock.GetUtcNow().AddSeconds(30), waiting.NotBefore);
        Assert.Null(waiting.SendingUntil);
        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromSeconds(35)), fixture.Pipeline.Messages.Last());

        fixture.Clock.Advance(TimeSpan.FromSeconds(35));
        await DeliverAsync(fixture);

        Assert.Equal(
            (NotificationState.Sent, 2),
            ((await fixture.ReadAsync()).State, (await fixture.ReadAsync()).Attempts)
        );
    }

    [Fact]
    public async Task A_delivery_during_the_backoff_is_not_an_attempt()
    {
        var fixture = await NotificationFixture.OpenAsync();
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new NotifierException("Down."));
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        await DeliverAsync(fixture);
        fixture.Clock.Advance(TimeSpan.FromSeconds(29));

        await DeliverAsync(fixture);
        await DeliverAsync(fixture);

        AssertAttempts(1);
        Assert.Equal(1, (await fixture.ReadAsync()).Attempts);
        Assert.Equal(2, fixture.Pipeline.Messages.Count);
    }

    [Fact]
    public async Task After_two_days_of_failures_the_notification_fails_for_good_and_an_error_is_logged()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var log = new LogCapture<NotificationDelivery>();
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new NotifierException("Down."));
        var notification = fixture.NewNotification();
        await fixture.Table.AddAsync(notification, default);

        var driver = new DeliveryDriver(fixture, () => fixture.Function(_notifier.Object, log));
        await driver.RunAsync("held-1-2");

        var failed = await fixture.ReadAsync();
        Assert.Equal((NotificationState.Failed, "Down."), (failed.State, failed.LastProblem));
        Assert.InRange(
            fixture.Clock.GetUtcNow() - notification.Created,
            TimeSpan.FromHours(48),
            TimeSpan.FromHours(50)
        );
        Assert.InRange(failed.Attempts, 48, 58);
        // Two deliveries for each attempt, its own message and the recheck message: messages do not multiply.
        Assert.InRange(driver.Deliveries, 2 * failed.Attempts, 2 * failed.Attempts + 5);
        Assert.Single(log.At(LogLevel.Error), line =>
            !line.StartsWith(SendNotification.LateMessagePrefix, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_attempt_that_fails_after_an_hour_logs_an_error_with_the_text_that_alert_rules_match()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var log = new LogCapture<NotificationDelivery>();
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new NotifierException("Down."));
        await fixture.Table.AddAsync(fixture.NewNotification(), default);

        fixture.Clock.Advance(TimeSpan.FromHours(1));
        await fixture.Function(_notifier.Object, log).RunAsync("held-1-2", default);
        Assert.Empty(log.At(LogLevel.Error));

        fixture.Clock.Advance(TimeSpan.FromMilliseconds(90_500));
        await fixture.Function(_notifier.Object, log).RunAsync("held-1-2", default);

        Assert.Equal("A notice has been unsent for 01:01:30: held-1-2.", Assert.Single(log.At(LogLevel.Error)));
        Assert.Equal("A notice has been unsent for {Age}: {Id}.", Assert.Single(log.TemplatesAt(LogLevel.Error)));
        Assert.StartsWith(SendNotification.LateMessagePrefix, log.At(LogLevel.Error)[0], StringComparison.Ordinal);
        AssertAttempts(2);
    }

    [Fact]
    public async Task An_old_notification_that_is_sent_logs_no_error()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var log = new LogCapture<NotificationDelivery>();
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        fixture.Clock.Advance(TimeSpan.FromDays(1));

        await fixture.Function(_notifier.Object, log).RunAsync("held-1-2", default);

        Assert.Empty(log.At(LogLevel.Error));
    }

    [Fact]
    public async Task A_notification_that_waited_longer_than_three_days_for_its_first_attempt_is_attempted()
    {
        var fixture = await NotificationFixture.OpenAsync();
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        fixture.Clock.Advance(TimeSpan.FromDays(30));

        await DeliverAsync(fixture);

        Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync()).State);
    }

    [Fact]
    public async Task The_claim_of_a_killed_delivery_is_taken_over_after_its_expiry_and_not_before()
    {
        var fixture = await NotificationFixture.OpenAsync();
        _notifier
            .SetupSequence(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new KilledException())
            .Returns(Task.CompletedTask);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        await Assert.ThrowsAsync<KilledException>(() => DeliverAsync(fixture));

        fixture.Clock.Advance(TimeSpan.FromSeconds(119));
        await DeliverAsync(fixture);
        AssertAttempts(1);

        fixture.Clock.Advance(TimeSpan.FromSeconds(6));
        await DeliverAsync(fixture);
        AssertAttempts(2);
        Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync()).State);
    }

    [Fact]
    public async Task A_notification_whose_delivery_was_killed_fails_for_good_after_three_days()
    {
        var fixture = await NotificationFixture.OpenAsync();
        _notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new KilledException());
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        await Assert.ThrowsAsync<KilledException>(() => DeliverAsync(fixture));
        fixture.Clock.Advance(TimeSpan.FromDays(3));

        await DeliverAsync(fixture);

        AssertAttempts(1);
        Assert.Equal(
            (NotificationState.Failed, "The last try was cut off."),
            ((await fixture.ReadAsync()).State, (await fixture.ReadAsync()).LastProblem)
        );
    }

    [Fact]
    public async Task A_delivery_that_outlives_its_claim_does_not_overwrite_the_result_of_another()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var slow = new TaskCompletionSource();
        _notifier
            .SetupSequence(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(slow.Task)
            .Returns(Task.CompletedTask);
        await fixture.Table.AddAsync(fixture.NewNotification(), default);
        var first = DeliverAsync(fixture);
        await WaitUntilAsync(() => _notifier.Invocations.Count == 1);
        fixture.Clock.Advance(TimeSpan.FromSeconds(125));
        await DeliverAsync(fixture);

        slow.SetException(new NotifierException("Too late."));
        await first;

        Assert.Equal(
            (NotificationState.Sent, null),
            ((await fixture.ReadAsync()).State, (await fixture.ReadAsync()).LastProblem)
        );
    }

    [Theory]
    [InlineData("never-given")]
    [InlineData("Not an id: 'a/b?'")]
    [InlineData("")]
    public async Task A_message_with_an_unknown_id_is_ignored(string message)
    {
        var fixture = await NotificationFixture.OpenAsync();

        await fixture.Function(_notifier.Object).RunAsync(message, default);

        Assert.Empty(fixture.Pipeline.Messages);
    }

    private Task DeliverAsync(NotificationFixture fixture) =>
        fixture.Function(_notifier.Object).RunAsync("held-1-2", default);

    private void AssertAttempts(int times) =>
        _notifier.Verify(
            it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()),
            Times.Exactly(times)
        );

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, timeout.Token);
        }
    }
}
