using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Observes the messages that this program sends, so that their queues are polled at once; messages of other programs
/// are found by regular polling. Safe for any number of threads.
/// </summary>
internal sealed class QueueSendPolicy : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _signals = new();

    /// <summary>Waits until a message is sent to a queue, at most for <paramref name="timeout"/>.</summary>
    public Task WaitAsync(string queue, TimeSpan timeout, CancellationToken cancellationToken) =>
        SignalOf(queue).WaitAsync(timeout, cancellationToken);

    /// <summary>Wakes the waiter of a queue or, when none waits yet, the next one.</summary>
    public void Signal(string queue)
    {
        if (SignalOf(queue) is { CurrentCount: 0 } signal)
        {
            signal.Release();
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        if (
            message.Request.Method == RequestMethod.Post
            && message.Request.Uri.ToUri().Segments is [.., var queue, "messages"]
        )
        {
            Signal(queue.TrimEnd('/'));
        }
    }

    private SemaphoreSlim SignalOf(string queue) => _signals.GetOrAdd(queue, _ => new SemaphoreSlim(0));
}
