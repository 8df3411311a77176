using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;

namespace ServerlessBlog.Pages;

/// <summary>Pages by key: from memory, else from Blob Storage, else rendered. A key names one state, so nothing is ever invalidated here.</summary>
/// <remarks>However many readers ask for a page at once, an instance fetches or renders it once.</remarks>
public sealed partial class PageCache(PageFiles files, ILogger<PageCache> logger) : IDisposable
{
    /// <summary>The most bytes of pages in memory: 32 MB.</summary>
    public const int MaxMemory = 32 * 1024 * 1024;

    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = MaxMemory });
    private readonly SingleFlight<PageKey, Page?> _making = new();

    /// <summary>Gets a page.</summary>
    /// <param name="key">The state of the page; its revisions were read before this call.</param>
    /// <param name="render">Renders it; null when there is nothing to show, which is not kept.</param>
    /// <param name="cancellationToken">Ends the waiting, not the making: others may wait for it too.</param>
    public ValueTask<Page?> GetAsync(PageKey key, Func<CancellationToken, Task<byte[]?>> render, CancellationToken cancellationToken) =>
        _memory.TryGetValue<Page>(key, out var page)
            ? ValueTask.FromResult(page)
            : new ValueTask<Page?>(_making.GetAsync(key, missing => MakeAsync(missing, render), cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private async Task<Page?> MakeAsync(PageKey key, Func<CancellationToken, Task<byte[]?>> render)
    {
        var page = await TryFindAsync(key);
        if (page is null && await render(CancellationToken.None) is { } html)
        {
            page = Page.Of(html, key.Modified);
            await TryKeepAsync(key, page);
        }

        if (page is not null)
        {
            _memory.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size });
        }

        return page;
    }

    /// <summary>The cache is never the reader's problem: out of reach, the page is rendered.</summary>
    private async Task<Page?> TryFindAsync(PageKey key)
    {
        try
        {
            return await files.FindAsync(key, CancellationToken.None);
        }
        catch (Exception problem) when (Outage.Is(problem))
        {
            LogUnreachable(key, problem);
            return null;
        }
    }

    private async Task TryKeepAsync(PageKey key, Page page)
    {
        try
        {
            await files.KeepAsync(key, page, CancellationToken.None);
        }
        catch (Exception problem) when (Outage.Is(problem))
        {
            LogUnreachable(key, problem);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The page cache does not answer; {Page} is rendered without it.")]
    private partial void LogUnreachable(PageKey page, Exception problem);
}
