using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>
/// Delivers the queue messages that the notifications code sends to itself, in order of their due time, by advancing
/// the fake clock instead of waiting. Stands in for the Functions host.
/// </summary>
internal sealed class DeliveryDriver(NotificationFixture fixture, Func<SendNotification> function)
{
    private readonly PriorityQueue<string, DateTimeOffset> _pending = new();

    /// <summary>The number of deliveries so far, at most 1,000.</summary>
    public int Deliveries { get; private set; }

    /// <summary>
    /// The time after which a message is delivered again when its delivery was killed. The default is 10 min, the time
    /// for which the host hides a message whose process died.
    /// </summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Delivers these messages, and those that their deliveries send, until none is pending.</summary>
    public async Task RunAsync(params string[] messages)
    {
        foreach (var message in messages)
        {
            _pending.Enqueue(message, fixture.Clock.GetUtcNow());
        }

        EnqueueSentMessages();
        while (_pending.TryDequeue(out var message, out var time))
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
                _pending.Enqueue(message, fixture.Clock.GetUtcNow() + VisibilityTimeout);
            }

            EnqueueSentMessages();
        }
    }

    private void EnqueueSentMessages()
    {
        while (fixture.Pipeline.Messages.TryDequeue(out var sent))
        {
            _pending.Enqueue(sent.Text, fixture.Clock.GetUtcNow() + sent.Delay);
        }
    }
}
