using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>
/// A pipeline policy that makes storage calls fail by their number: either before storage receives them, or after
/// storage has carried them out.
/// </summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private int _made;
    private Range _failing;
    private bool _isResponseLost;

    /// <summary>The number of calls since <see cref="Break"/>, retries included.</summary>
    public int Made
    {
        get
        {
            lock (_gate)
            {
                return _made;
            }
        }
    }

    /// <summary>Starts counting calls from 0 and makes those with these numbers fail.</summary>
    /// <param name="calls">The numbers of the failing calls; an empty range for none.</param>
    /// <param name="isResponseLost">True when storage carries a failing call out and only its response is lost.</param>
    public void Break(Range calls, bool isResponseLost = false)
    {
        lock (_gate)
        {
            (_made, _failing, _isResponseLost) = (0, calls, isResponseLost);
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var (isBroken, isResponseLost) = Next();
        if (!isBroken || isResponseLost)
        {
            await ProcessNextAsync(message, pipeline);
        }

        if (isBroken)
        {
            // The exception that the SDK's transport throws.
            throw new RequestFailedException("Connection broken, simulated by the test.");
        }
    }

    private (bool IsBroken, bool IsResponseLost) Next()
    {
        lock (_gate)
        {
            var number = _made++;
            return (number >= _failing.Start.Value && number < _failing.End.Value, _isResponseLost);
        }
    }
}
