using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Hears this program put a message into a queue, which is then looked into at once: for everybody else's, a look now and then is enough.</summary>
internal sealed class QueueSendPolicy : HttpPipelinePolicy
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _bells = new();

    /// <summary>Waits until it rings for a queue, but no longer than this.</summary>
    public Task WaitAsync(string queue, TimeSpan longest, CancellationToken cancellationToken) =>
        BellOf(queue).WaitAsync(longest, cancellationToken);

    /// <summary>Rings for a queue; for who is not waiting yet, too.</summary>
    public void Ring(string queue)
    {
        if (BellOf(queue) is { CurrentCount: 0 } bell)
        {
            bell.Release();
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
            Ring(queue.TrimEnd('/'));
        }
    }

    private SemaphoreSlim BellOf(string queue) => _bells.GetOrAdd(queue, _ => new SemaphoreSlim(0));
}
