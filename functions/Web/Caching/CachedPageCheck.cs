using System.Collections.Concurrent;

namespace ServerlessBlog.Web.Caching;

/// <summary>Renders every page again and compares it with the one that is stored. Thread-safe.</summary>
public sealed class CachedPageCheck
{
    private readonly ConcurrentQueue<PageKey> _differences = new();
    private int _compared;

    /// <summary>The pages whose stored bytes are not what is rendered now.</summary>
    public IReadOnlyCollection<PageKey> Differences => _differences;

    /// <summary>The number of pages that were stored and could be compared.</summary>
    public int Compared => _compared;

    /// <summary>Renders a page and compares it; null when there is none.</summary>
    /// <param name="key">The state of the page.</param>
    /// <param name="stored">The stored page; null when it is not stored.</param>
    /// <param name="render">Renders it.</param>
    public async Task<EncodedPage?> RenderAsync(
        PageKey key,
        EncodedPage? stored,
        Func<CancellationToken, Task<RenderedPage?>> render
    )
    {
        var rendered = await render(CancellationToken.None);
        if (stored is not null)
        {
            Interlocked.Increment(ref _compared);
            if (!stored.Identity.Span.SequenceEqual(rendered?.Bytes) || stored.Policy != rendered?.Policy)
            {
                _differences.Enqueue(key);
            }
        }

        return rendered is null ? null : EncodedPage.Encode(rendered, key.Modified);
    }
}
