using Moq;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NoticeDeskTests
{
    [Fact]
    public async Task A_notice_given_twice_is_one_mail()
    {
        var stage = await NoticeStage.OpenAsync();
        var notifier = new Mock<INotifier>(MockBehavior.Strict);
        notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);

        await stage.Desk.GiveAsync(stage.NewNotice(), default);
        await stage.Desk.GiveAsync(stage.NewNotice(), default);
        await stage.Function(notifier.Object).RunAsync("held-1-2", default);
        await stage.Function(notifier.Object).RunAsync("held-1-2", default);
        await stage.Desk.GiveAsync(stage.NewNotice(), default);
        await stage.Function(notifier.Object).RunAsync("held-1-2", default);

        notifier.Verify(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>()), Times.Once);
        Assert.Equal(NoticeState.Sent, (await stage.ReadAsync()).State);
    }

    [Fact]
    public async Task The_message_holds_the_id_in_base64_and_never_expires()
    {
        var stage = await NoticeStage.OpenAsync();

        await stage.Desk.GiveAsync(stage.NewNotice(), default);

        var message = Assert.Single((await stage.Queue.ReceiveMessagesAsync()).Value);
        Assert.Equal("held-1-2", message.Body.ToString());
        Assert.True(message.ExpiresOn > DateTimeOffset.UtcNow.AddYears(10));
    }

    [Fact]
    public async Task A_delayed_message_is_not_seen_yet()
    {
        var stage = await NoticeStage.OpenAsync();

        await stage.Inbox.SendAsync("held-1-2", TimeSpan.FromHours(1), default);

        Assert.Empty((await stage.Queue.ReceiveMessagesAsync()).Value);
        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromHours(1)), Assert.Single(stage.Wire.Messages));
    }
}
