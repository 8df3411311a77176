using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Moq;
using ServerlessBlog.Notifications;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Notifications;

public sealed class LateNotificationsTests
{
    private readonly LogCapture<LateNotifications> _log = new();

    [Fact]
    public async Task A_notification_whose_message_was_lost_is_queued_again_and_reported_after_an_hour()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(fixture.NewNotification(), default);

        fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        await RunAsync(fixture);
        Assert.Empty(fixture.Pipeline.Messages);
        fixture.Clock.Advance(TimeSpan.FromSeconds(61));
        await RunAsync(fixture);

        Assert.Equal(new SentMessage("held-1-2", TimeSpan.Zero), Assert.Single(fixture.Pipeline.Messages));
        Assert.Equal("A notice has been unsent for 01:00:01: held-1-2.", Assert.Single(_log.At(LogLevel.Error)));
        Assert.StartsWith(SendNotification.LateMessagePrefix, _log.At(LogLevel.Error)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_waits_for_its_next_attempt_is_reported_and_left_to_its_message()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(
            fixture.NewNotification() with
            {
                NotBefore = fixture.Clock.GetUtcNow().AddHours(2),
            },
            default
        );

        fixture.Clock.Advance(TimeSpan.FromHours(1.5));
        await RunAsync(fixture);

        Assert.Empty(fixture.Pipeline.Messages);
        Assert.Single(_log.At(LogLevel.Error));
    }

    [Fact]
    public async Task One_that_was_sent_or_deleted_is_not_among_the_unsent()
    {
        var fixture = await NotificationFixture.OpenAsync();
        var notifier = new Mock<INotifier>();
        await fixture.Outbox(notifier.Object).AddAsync(fixture.NewNotification("sent"), default);
        await fixture.Table.AddAsync(fixture.NewNotification("deleted"), default);
        await fixture.Table.AddAsync(fixture.NewNotification("waiting"), default);

        await fixture.Table.RemoveAsync("deleted", default);

        Assert.Equal(["waiting"], await UnsentAsync(fixture));
    }

    [Fact]
    public async Task The_row_of_one_that_was_settled_by_a_process_that_was_killed_then_is_removed()
    {
        var fixture = await NotificationFixture.OpenAsync();
        await fixture.Table.AddAsync(fixture.NewNotification() with { State = NotificationState.Sent }, default);
        await fixture.Rows.AddEntityAsync(
            new TableEntity("unsent:", "never-added") { ["Created"] = fixture.Clock.GetUtcNow() }
        );

        fixture.Clock.Advance(TimeSpan.FromHours(2));
        await RunAsync(fixture);
        Assert.Equal(["never-added"], await UnsentAsync(fixture));
        fixture.Clock.Advance(TimeSpan.FromDays(3));
        await RunAsync(fixture);

        Assert.Empty(await UnsentAsync(fixture));
        Assert.Empty(fixture.Pipeline.Messages);
        Assert.Empty(_log.At(LogLevel.Error));
    }

    private Task RunAsync(NotificationFixture fixture) =>
        new LateNotifications(fixture.Table, fixture.QueueClient, fixture.Clock, _log).RunAsync(default);

    private static async Task<List<string>> UnsentAsync(NotificationFixture fixture) =>
        await fixture.Table.ReadUnsentAsync(default).Select(unsent => unsent.Id).ToListAsync();
}
