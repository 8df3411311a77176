using Microsoft.Extensions.Logging;
using Moq;
using ServerlessBlog.Notifications;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Notifications;

public sealed class SendNoticeTests
{
    private readonly Mock<INotifier> _notifier = new(MockBehavior.Strict);

    [Fact]
    public async Task A_waiting_notice_is_sent_as_it_was_given()
    {
        var stage = await NoticeStage.OpenAsync();
        Notice? sent = null;
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Callback((Notice notice, CancellationToken _) => sent = notice).Returns(Task.CompletedTask);
        await stage.Table.AddAsync(stage.NewNotice(), default);

        await DeliverAsync(stage);

        Assert.Equal(("held-1-2", "A comment waits", "Somebody wrote something."), (sent!.Id, sent.Subject, sent.Text));
        Assert.Equal((NoticeState.Sent, 1), ((await stage.ReadAsync()).State, (await stage.ReadAsync()).Attempts));
    }

    [Fact]
    public async Task Five_deliveries_two_at_a_time_are_one_mail()
    {
        var stage = await NoticeStage.OpenAsync();
        for (var round = 0; round < 10; round++)
        {
            var id = $"held-{round}";
            var calls = 0;
            _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Callback(() => Interlocked.Increment(ref calls)).Returns(Task.CompletedTask);
            await stage.Table.AddAsync(stage.NewNotice(id), default);

            await Parallel.ForEachAsync(
                Enumerable.Range(0, 5),
                new ParallelOptions { MaxDegreeOfParallelism = 2 },
                async (_, cancellationToken) => await stage.Function(_notifier.Object).RunAsync(id, cancellationToken));

            Assert.Equal(1, calls);
            Assert.Equal(NoticeState.Sent, (await stage.ReadAsync(id)).State);
            Assert.True(stage.Wire.Messages.Count <= 2, "Only who finds it due sends a message.");
            stage.Wire.Messages.Clear();
        }
    }

    [Fact]
    public async Task A_delivery_that_finds_another_at_work_ends()
    {
        var stage = await NoticeStage.OpenAsync();
        var slow = new TaskCompletionSource();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Returns(slow.Task);
        await stage.Table.AddAsync(stage.NewNotice(), default);
        var first = DeliverAsync(stage);
        await Eventually(() => _notifier.Invocations.Count == 1);

        await DeliverAsync(stage);

        Assert.Equal(NoticeState.Sending, (await stage.ReadAsync()).State);
        Assert.Single(stage.Wire.Messages); // "look again", from the first
        slow.SetResult();
        await first;
        Assert.Equal(NoticeState.Sent, (await stage.ReadAsync()).State);
        Calls(1);
    }

    [Fact]
    public async Task Look_again_is_sent_before_the_claim_and_comes_after_its_end()
    {
        var stage = await NoticeStage.OpenAsync();
        await stage.Table.AddAsync(stage.NewNotice(), default);
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Callback(() => Assert.Single(stage.Wire.Messages)).Returns(Task.CompletedTask);

        await DeliverAsync(stage);

        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromSeconds(125)), Assert.Single(stage.Wire.Messages));
        Calls(1);
    }

    [Fact]
    public async Task A_server_that_fails_is_noted_and_tried_again_after_the_backoff()
    {
        var stage = await NoticeStage.OpenAsync();
        _notifier.SetupSequence(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).ThrowsAsync(new NotifierException("Down.")).Returns(Task.CompletedTask);
        await stage.Table.AddAsync(stage.NewNotice(), default);

        await DeliverAsync(stage);

        var waiting = await stage.ReadAsync();
        Assert.Equal((NoticeState.Waiting, 1, "Down."), (waiting.State, waiting.Attempts, waiting.LastProblem));
        Assert.Equal(stage.Clock.GetUtcNow().AddSeconds(30), waiting.NotBefore);
        Assert.Null(waiting.SendingUntil);
        Assert.Equal(new SentMessage("held-1-2", TimeSpan.FromSeconds(35)), stage.Wire.Messages.Last());

        stage.Clock.Advance(TimeSpan.FromSeconds(35));
        await DeliverAsync(stage);

        Assert.Equal((NoticeState.Sent, 2), ((await stage.ReadAsync()).State, (await stage.ReadAsync()).Attempts));
    }

    [Fact]
    public async Task A_delivery_before_the_backoff_is_over_costs_no_attempt()
    {
        var stage = await NoticeStage.OpenAsync();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).ThrowsAsync(new NotifierException("Down."));
        await stage.Table.AddAsync(stage.NewNotice(), default);
        await DeliverAsync(stage);
        stage.Clock.Advance(TimeSpan.FromSeconds(29));

        await DeliverAsync(stage);
        await DeliverAsync(stage);

        Calls(1);
        Assert.Equal(1, (await stage.ReadAsync()).Attempts);
        Assert.Equal(2, stage.Wire.Messages.Count);
    }

    [Fact]
    public async Task A_server_that_is_down_for_three_days_has_the_notice_given_up_with_an_error()
    {
        var stage = await NoticeStage.OpenAsync();
        var log = new LogBook<SendNotice>();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).ThrowsAsync(new NotifierException("Down."));
        var notice = stage.NewNotice();
        await stage.Table.AddAsync(notice, default);

        var world = new DeliveringWorld(stage, () => stage.Function(_notifier.Object, log));
        await world.RunAsync("held-1-2");

        var failed = await stage.ReadAsync();
        Assert.Equal((NoticeState.Failed, "Down."), (failed.State, failed.LastProblem));
        Assert.InRange(stage.Clock.GetUtcNow() - notice.Created, TimeSpan.FromHours(72), TimeSpan.FromHours(74));
        Assert.InRange(failed.Attempts, 72, 82);
        Assert.InRange(world.Deliveries, 2 * failed.Attempts, 2 * failed.Attempts + 5); // its message and "look again": they do not multiply
        Assert.Single(log.At(LogLevel.Error), line => !line.StartsWith(SendNotice.Sign, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_try_that_fails_after_an_hour_is_an_error_that_begins_with_the_sign()
    {
        var stage = await NoticeStage.OpenAsync();
        var log = new LogBook<SendNotice>();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).ThrowsAsync(new NotifierException("Down."));
        await stage.Table.AddAsync(stage.NewNotice(), default);

        stage.Clock.Advance(TimeSpan.FromHours(1));
        await stage.Function(_notifier.Object, log).RunAsync("held-1-2", default);
        Assert.Empty(log.At(LogLevel.Error));

        stage.Clock.Advance(TimeSpan.FromMilliseconds(90_500));
        await stage.Function(_notifier.Object, log).RunAsync("held-1-2", default);

        Assert.Equal("A notice has been unsent for 01:01:30: held-1-2.", Assert.Single(log.At(LogLevel.Error)));
        Assert.Equal("A notice has been unsent for {Age}: {Id}.", Assert.Single(log.TemplatesAt(LogLevel.Error)));
        Assert.StartsWith(SendNotice.Sign, log.At(LogLevel.Error)[0], StringComparison.Ordinal);
        Calls(2);
    }

    [Fact]
    public async Task However_old_it_is_a_notice_that_is_sent_is_no_error()
    {
        var stage = await NoticeStage.OpenAsync();
        var log = new LogBook<SendNotice>();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        await stage.Table.AddAsync(stage.NewNotice(), default);
        stage.Clock.Advance(TimeSpan.FromDays(1));

        await stage.Function(_notifier.Object, log).RunAsync("held-1-2", default);

        Assert.Empty(log.At(LogLevel.Error));
    }

    [Fact]
    public async Task What_has_waited_longer_than_three_days_for_its_first_try_is_tried()
    {
        var stage = await NoticeStage.OpenAsync();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Returns(Task.CompletedTask);
        await stage.Table.AddAsync(stage.NewNotice(), default);
        stage.Clock.Advance(TimeSpan.FromDays(30));

        await DeliverAsync(stage);

        Assert.Equal(NoticeState.Sent, (await stage.ReadAsync()).State);
    }

    [Fact]
    public async Task A_claim_whose_owner_died_is_taken_over_when_it_is_over_and_not_before()
    {
        var stage = await NoticeStage.OpenAsync();
        _notifier.SetupSequence(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).ThrowsAsync(new KilledException()).Returns(Task.CompletedTask);
        await stage.Table.AddAsync(stage.NewNotice(), default);
        await Assert.ThrowsAsync<KilledException>(() => DeliverAsync(stage));

        stage.Clock.Advance(TimeSpan.FromSeconds(119));
        await DeliverAsync(stage);
        Calls(1);

        stage.Clock.Advance(TimeSpan.FromSeconds(6));
        await DeliverAsync(stage);
        Calls(2);
        Assert.Equal(NoticeState.Sent, (await stage.ReadAsync()).State);
    }

    [Fact]
    public async Task A_notice_that_ends_every_process_is_given_up_too()
    {
        var stage = await NoticeStage.OpenAsync();
        _notifier.Setup(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).ThrowsAsync(new KilledException());
        await stage.Table.AddAsync(stage.NewNotice(), default);
        await Assert.ThrowsAsync<KilledException>(() => DeliverAsync(stage));
        stage.Clock.Advance(TimeSpan.FromDays(3));

        await DeliverAsync(stage);

        Calls(1);
        Assert.Equal((NoticeState.Failed, "The last try was cut off."), ((await stage.ReadAsync()).State, (await stage.ReadAsync()).LastProblem));
    }

    [Fact]
    public async Task Who_was_too_slow_does_not_overwrite_what_another_has_noted()
    {
        var stage = await NoticeStage.OpenAsync();
        var slow = new TaskCompletionSource();
        _notifier.SetupSequence(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>())).Returns(slow.Task).Returns(Task.CompletedTask);
        await stage.Table.AddAsync(stage.NewNotice(), default);
        var first = DeliverAsync(stage);
        await Eventually(() => _notifier.Invocations.Count == 1);
        stage.Clock.Advance(TimeSpan.FromSeconds(125));
        await DeliverAsync(stage);

        slow.SetException(new NotifierException("Too late."));
        await first;

        Assert.Equal((NoticeState.Sent, null), ((await stage.ReadAsync()).State, (await stage.ReadAsync()).LastProblem));
    }

    [Theory]
    [InlineData("never-given")]
    [InlineData("Not an id: 'a/b?'")]
    [InlineData("")]
    public async Task A_message_about_no_notice_is_nothing_to_do(string message)
    {
        var stage = await NoticeStage.OpenAsync();

        await stage.Function(_notifier.Object).RunAsync(message, default);

        Assert.Empty(stage.Wire.Messages);
    }

    private Task DeliverAsync(NoticeStage stage) => stage.Function(_notifier.Object).RunAsync("held-1-2", default);

    private void Calls(int times) => _notifier.Verify(it => it.SendAsync(It.IsAny<Notice>(), It.IsAny<CancellationToken>()), Times.Exactly(times));

    private static async Task Eventually(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            await Task.Delay(5, limit.Token);
        }
    }
}
