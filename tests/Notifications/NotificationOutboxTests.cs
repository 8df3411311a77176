using Moq;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NotificationOutboxTests
{
    [Fact]
    public async Task A_notification_added_twice_is_one_mail()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(Task.CompletedTask);

        await fixture.Outbox(notifier.Object).AddAsync(fixture.NewNotification(), default);
        await fixture.Outbox(notifier.Object).AddAsync(fixture.NewNotification(), default);
        await fixture.Function(notifier.Object).RunAsync("held-1-2", default);
        await fixture.Function(notifier.Object).RunAsync("held-1-2", default);
        await fixture.Outbox(notifier.Object).AddAsync(fixture.NewNotification(), default);
        await fixture.Function(notifier.Object).RunAsync("held-1-2", default);

        notifier.Verify(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()), Times.Once);
        Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync()).State);
    }

    [Fact]
    public async Task The_message_holds_the_id_in_base64_and_never_expires()
    {
        var fixture = await NotificationFixture.OpenAsync();

        await fixture.QueueClient.SendAsync("held-1-2", delay: null, default);

        var message = Assert.Single((await fixture.Queue.ReceiveMessagesAsync()).Value);
        Assert.Equal("held-1-2", message.Body.ToString());
        Assert.True(message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10));
    }

    [Fact]
    public async Task A_notification_is_sent_when_it_is_added_and_leaves_no_message()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Callback(() => Assert.Single(fixture.Pipeline.Messages)) // the check, before the row
            .Returns(Task.CompletedTask);

        await fixture.Outbox(notifier.Object).AddAsync(fixture.NewNotification(), default);

        var sent = await fixture.ReadAsync();
        Assert.Equal((NotificationState.Sent, 1), (sent.State, sent.Attempts));
        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromSeconds(125)), Assert.Single(fixture.Pipeline.Messages));
        Assert.Equal(0, (await fixture.Queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task One_that_fails_when_it_is_added_is_sent_by_its_message_after_the_backoff()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier
            .SetupSequence(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new NotifierException("Down."))
            .Returns(Task.CompletedTask);

        await fixture.Outbox(notifier.Object).AddAsync(fixture.NewNotification(), default);
        var waiting = await fixture.ReadAsync();
        await new DeliveryDriver(fixture, () => fixture.Function(notifier.Object)).RunAsync();

        Assert.Equal((NotificationState.Waiting, "Down."), (waiting.State, waiting.LastProblem));
        var sent = await fixture.ReadAsync();
        Assert.Equal((NotificationState.Sent, 2), (sent.State, sent.Attempts));
    }

    [Fact]
    public async Task While_the_mail_server_is_silent_only_a_few_callers_wait_for_it_and_the_others_leave_a_message()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var answer = new TaskCompletionSource();
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier
            .Setup(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()))
            .Returns(answer.Task);
        using var outbox = fixture.Outbox(notifier.Object);

        var waiting = Enumerable
            .Range(0, NotificationOutbox.MaxAtOnce)
            .Select(number => outbox.AddAsync(fixture.NewNotification($"held-{number}"), default))
            .ToList();
        await outbox.AddAsync(fixture.NewNotification("held-more"), default);

        Assert.All(waiting, call => Assert.False(call.IsCompleted));
        Assert.Equal(NotificationState.Waiting, (await fixture.ReadAsync("held-more")).State);
        Assert.Equal("held-more", Assert.Single((await fixture.Queue.ReceiveMessagesAsync()).Value).Body.ToString());
        answer.SetResult();
        await Task.WhenAll(waiting);
        Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync("held-0")).State);
    }

    [Fact]
    public async Task A_delayed_message_is_not_visible_yet()
    {
        var fixture = await NotificationFixture.OpenAsync();

        await fixture.QueueClient.SendAsync("held-1-2", TimeSpan.FromHours(1), default);

        Assert.Empty((await fixture.Queue.ReceiveMessagesAsync()).Value);
        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromHours(1)), Assert.Single(fixture.Pipeline.Messages));
    }
}
