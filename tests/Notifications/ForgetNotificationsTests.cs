using Moq;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed class ForgetNotificationsTests
{
    [Fact]
    public async Task What_was_sent_a_month_ago_is_deleted_and_what_waits_is_kept()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var outbox = fixture.Outbox(new Mock<INotifier>().Object);
        await outbox.AddAsync(fixture.NewNotification("old"), default);
        await fixture.Table.AddAsync(fixture.NewNotification("waiting"), default);
        fixture.Clock.Advance(ForgetNotifications.KeepFor - TimeSpan.FromMinutes(1));
        await outbox.AddAsync(fixture.NewNotification("new"), default);
        await RunAsync(fixture);
        Assert.NotNull(await fixture.Table.FindAsync("old", default));

        fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await RunAsync(fixture);

        Assert.Null(await fixture.Table.FindAsync("old", default));
        Assert.NotNull(await fixture.Table.FindAsync("waiting", default));
        Assert.NotNull(await fixture.Table.FindAsync("new", default));
    }

    private static Task RunAsync(NotificationFixture fixture) =>
        new ForgetNotifications(fixture.Table, fixture.Clock).RunAsync(default);
}
