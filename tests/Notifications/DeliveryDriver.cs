using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>Delivers what the room sends itself, in order, by setting the clock to when each message is seen: as the host would, in no time.</summary>
internal sealed class DeliveryDriver(NotificationFixture fixture, Func<SendNotification> function)
{
    private readonly PriorityQueue<string, DateTimeOffset> _underWay = new();

    public int Deliveries { get; private set; }

    /// <summary>After so long a message comes again whose delivery did not end: 10 min, for which the host hides it, when the process died.</summary>
    public TimeSpan ComesAgainAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Until no message is under way.</summary>
    public async Task RunAsync(params string[] messages)
    {
        foreach (var message in messages)
        {
            _underWay.Enqueue(message, fixture.Clock.GetUtcNow());
        }

        TakeUp();
        while (_underWay.TryDequeue(out var message, out var time))
        {
            Assert.True(++Deliveries < 1_000, "Messages multiply.");
            if (time > fixture.Clock.GetUtcNow())
            {
                fixture.Clock.SetUtcNow(time);
            }

            try
            {
                await function().RunAsync(message, default);
            }
            catch (KilledException)
            {
                _underWay.Enqueue(message, fixture.Clock.GetUtcNow() + ComesAgainAfter);
            }

            TakeUp();
        }
    }

    private void TakeUp()
    {
        while (fixture.Wire.Messages.TryDequeue(out var sent))
        {
            _underWay.Enqueue(sent.Text, fixture.Clock.GetUtcNow() + sent.Delay);
        }
    }
}
