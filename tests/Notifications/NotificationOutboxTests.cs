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

        await fixture.Outbox.AddAsync(fixture.NewNotification(), default);
        await fixture.Outbox.AddAsync(fixture.NewNotification(), default);
        await fixture.Function(notifier.Object).RunAsync("held-1-2", default);
        await fixture.Function(notifier.Object).RunAsync("held-1-2", default);
        await fixture.Outbox.AddAsync(fixture.NewNotification(), default);
        await fixture.Function(notifier.Object).RunAsync("held-1-2", default);

        notifier.Verify(it => it.SendAsync(It.IsAny<Notification>(), It.IsAny<CancellationToken>()), Times.Once);
        Assert.Equal(NotificationState.Sent, (await fixture.ReadAsync()).State);
    }

    [Fact]
    public async Task The_message_holds_the_id_in_base64_and_never_expires()
    {
        var fixture = await NotificationFixture.OpenAsync();

        await fixture.Outbox.AddAsync(fixture.NewNotification(), default);

        var message = Assert.Single((await fixture.Queue.ReceiveMessagesAsync()).Value);
        Assert.Equal("held-1-2", message.Body.ToString());
        Assert.True(message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10));
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
