namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Pages by cache key: from memory, else from Blob Storage, else rendered. A key names one state of a page, so no entry
/// is ever invalidated.
/// </summary>
/// <remarks>
/// Requests for the same key share one read or render per instance. Safe for any number of threads. With a check,
/// every page is rendered and compared with the stored one, and none is stored.
/// </remarks>
public sealed class PageCache(PageFiles files, StorageCircuit circuit, CachedPageCheck? check = null) : IDisposable
{
    /// <summary>The approximate size, in bytes, of an entry that says that there is no page.</summary>
    private const int NoPageSize = 256;

    private readonly BoundedCache<PageKey, EncodedPage?> _pages = new(CacheLimits.PageBytes, (_, page) =>
        page?.Size ?? NoPageSize
    );

    /// <summary>Returns the page of a key, from the cache or rendered; null when there is none.</summary>
    /// <param name="key">
    /// The state of the page. Its revisions must be read before this call, so that a render of older content never gets
    /// a newer key.
    /// </param>
    /// <param name="render">
    /// Renders the page; returns null when there is none, which is remembered in memory only. Its token is never
    /// cancelled, because other requests may wait for the same render.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the render.</param>
    public ValueTask<EncodedPage?> GetAsync(
        PageKey key,
        Func<CancellationToken, Task<RenderedPage?>> render,
        CancellationToken cancellationToken
    ) => _pages.GetOrCreateAsync(key, missing => FindOrRenderAsync(missing, render), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _pages.Dispose();

    private async Task<EncodedPage?> FindOrRenderAsync(PageKey key, Func<CancellationToken, Task<RenderedPage?>> render)
    {
        var page = await TryAsync(() => files.FindAsync(key, CancellationToken.None));
        if (check is not null)
        {
            return await check.RenderAsync(key, page, render);
        }

        if (page is null && await render(CancellationToken.None) is { } rendered)
        {
            page = EncodedPage.Encode(rendered, key.Modified);
            await TryAsync(() => files.StoreAsync(key, page, CancellationToken.None));
        }

        return page;
    }

    /// <summary>Calls Blob Storage. Returns null when it fails: the page is then rendered, or not stored.</summary>
    private async Task<EncodedPage?> TryAsync(Func<Task<EncodedPage?>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem);
            return null;
        }
    }
}
