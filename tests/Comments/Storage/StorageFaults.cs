using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>Breaks some of a blog's calls to storage, by their number: before storage hears of them, or after it did what was asked.</summary>
public sealed class StorageFaults : HttpPipelinePolicy
{
    private readonly Lock _gate = new();
    private int _made;
    private Range _broken;
    private bool _afterwards;

    /// <summary>How many calls were made since <see cref="Break"/>, tries that follow a failed one among them.</summary>
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

    /// <summary>Begins to count, and breaks the calls with these numbers, from 0.</summary>
    /// <param name="calls">Which ones; none with an empty range.</param>
    /// <param name="afterwards">True: storage does as it is told, and its answer is lost.</param>
    public void Break(Range calls, bool afterwards = false)
    {
        lock (_gate)
        {
            (_made, _broken, _afterwards) = (0, calls, afterwards);
        }
    }

    /// <inheritdoc/>
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The blog calls storage asynchronously.");

    /// <inheritdoc/>
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var (isBroken, afterwards) = Next();
        if (!isBroken || afterwards)
        {
            await ProcessNextAsync(message, pipeline);
        }

        if (isBroken)
        {
            throw new RequestFailedException("The line is broken, as the test wants it."); // what the SDK's transport throws
        }
    }

    private (bool IsBroken, bool Afterwards) Next()
    {
        lock (_gate)
        {
            var number = _made++;
            return (number >= _broken.Start.Value && number < _broken.End.Value, _afterwards);
        }
    }
}
