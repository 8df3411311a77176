using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Pages by cache key: from memory, else from Blob Storage, else rendered. A key names one state of a page, so no entry
/// is ever invalidated.
/// </summary>
/// <remarks>
/// Requests for the same key share one read or render per instance. Safe for any number of threads.
/// A page that changes faster than readers are promised to see is throttled: when this instance has rendered two states
/// of it, or of a page in its group (<see cref="PageKey.Group"/>), within <see cref="Freshness.Lifetime"/> (2 s), it is
/// rendered at most twice a second, and the last render is served in between, within that lifetime. Throttled renders
/// are kept in memory only.
/// </remarks>
public sealed partial class PageCache(PageFiles files, TimeProvider clock, ILogger<PageCache> logger) : IDisposable
{
    /// <summary>The most bytes of pages in memory: 32 MB, least recently used dropped first.</summary>
    public const int MaxMemory = 32 * 1024 * 1024;

    /// <summary>The approximate size, in bytes, of an entry that says that there is no page.</summary>
    private const int NoPageSize = 256;

    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = MaxMemory });
    private readonly SingleFlight<PageKey, EncodedPage?> _renders = new();

    /// <summary>
    /// The number of states rendered within <see cref="Freshness.Lifetime"/> from which on a page is throttled.
    /// </summary>
    private const int ThrottleThreshold = 2;

    /// <summary>
    /// Minimum time between two renders of a page that changes faster than readers can notice: 500 ms.
    /// </summary>
    private static readonly TimeSpan MinRenderInterval = Freshness.Lifetime / 4;

    /// <summary>
    /// How long the last render is served without another lookup while the next one runs: 50 ms, usually longer than a
    /// render takes.
    /// </summary>
    private static readonly TimeSpan RenderAllowance = MinRenderInterval / 10;

    /// <summary>The last state of a page that this instance rendered or read, and when.</summary>
    private sealed record LastRender(EncodedPage Page, DateTimeOffset At);

    /// <summary>When this instance first had each of the last few states of a group of pages, oldest first.</summary>
    private sealed record RecentChanges(DateTimeOffset Modified, IReadOnlyList<DateTimeOffset> Seen);

    private static MemoryCacheEntryOptions ShortLived =>
        new() { Size = 1, AbsoluteExpirationRelativeToNow = Freshness.Lifetime };

    /// <summary>Returns the page of a key, from the cache or rendered.</summary>
    /// <param name="key">
    /// The state of the page. Its revisions must be read before this call, so that a render of older content never gets
    /// a newer key.
    /// </param>
    /// <param name="render">
    /// Renders the page; returns null when there is none, which is remembered for 2 s, in memory only. Its token is
    /// never cancelled, because other requests may wait for the same render.
    /// </param>
    /// <param name="cancellationToken">Cancels the wait, not the render.</param>
    public ValueTask<CachedPage> GetAsync(
        PageKey key,
        Func<CancellationToken, Task<RenderedPage?>> render,
        CancellationToken cancellationToken
    )
    {
        var last = FindThrottled(key);
        return _memory.TryGetValue<EncodedPage>(key, out var page)
                ? ValueTask.FromResult(new CachedPage(page, UntilNext(page, last)))
            : last is not null ? ValueTask.FromResult(ServeLast(key, last, render))
            : AwaitAsync(_renders.GetAsync(key, missing => FindOrRenderAsync(missing, render), cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static async ValueTask<CachedPage> AwaitAsync(Task<EncodedPage?> page) => new(await page, Until: null);

    /// <summary>The last render of a page whose changes are throttled; null for any other page.</summary>
    private LastRender? FindThrottled(PageKey key)
    {
        var now = clock.GetUtcNow();
        // Half the lifetime for the last render: another instance may have raised revisions between it and the key that
        // this instance never saw, so the render may be older than its own time says.
        return
            now - key.Modified < Freshness.Lifetime
            && _memory.TryGetValue<RecentChanges>(key.Group, out var changes)
            && changes!.Seen.Count == ThrottleThreshold
            && now - changes.Seen[0] < Freshness.Lifetime
            && _memory.TryGetValue<LastRender>(key.Page, out var last)
            && now - last!.At < Freshness.Lifetime / 2
            ? last
            : null;
    }

    /// <summary>The earliest time of the next render.</summary>
    private static DateTimeOffset NextRenderAfter(LastRender last) => last.At + MinRenderInterval;

    /// <summary>
    /// Until when the page found under its own key may be served without another lookup. Null when the page is not
    /// throttled, or its next render is already due.
    /// </summary>
    private DateTimeOffset? UntilNext(EncodedPage? page, LastRender? last) =>
        last is not null && ReferenceEquals(last.Page, page) && clock.GetUtcNow() < NextRenderAfter(last)
            ? NextRenderAfter(last)
            : null;

    /// <summary>
    /// Serves the last render of a throttled page; starts the next one in the background when it is due.
    /// </summary>
    private CachedPage ServeLast(PageKey key, LastRender last, Func<CancellationToken, Task<RenderedPage?>> render)
    {
        var (now, next) = (clock.GetUtcNow(), NextRenderAfter(last));
        if (now >= next)
        {
            next = now + RenderAllowance;
            Task.Run(() =>
                    _renders.GetAsync(key, missing => RenderForMemoryAsync(missing, render), CancellationToken.None)
                )
                .ContinueWith(
                    failed => LogNotRendered(key, failed.Exception!),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default
                );
        }

        return new CachedPage(last.Page, next);
    }

    private async Task<EncodedPage?> FindOrRenderAsync(PageKey key, Func<CancellationToken, Task<RenderedPage?>> render)
    {
        var page = await TryFindAsync(key);
        if (page is null && await render(CancellationToken.None) is { } rendered)
        {
            page = EncodedPage.Encode(rendered, key.Modified);
            await TryStoreAsync(key, page);
        }

        return Remember(key, page);
    }

    private async Task<EncodedPage?> RenderForMemoryAsync(
        PageKey key,
        Func<CancellationToken, Task<RenderedPage?>> render
    ) =>
        Remember(
            key,
            await render(CancellationToken.None) is { } rendered ? EncodedPage.Encode(rendered, key.Modified) : null
        );

    private EncodedPage? Remember(PageKey key, EncodedPage? page)
    {
        if (page is null)
        {
            _memory.Set(
                key,
                page,
                new MemoryCacheEntryOptions { Size = NoPageSize, AbsoluteExpirationRelativeToNow = Freshness.Lifetime }
            );
            return null;
        }

        _memory.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size });
        var now = clock.GetUtcNow();
        RememberLast(key.Page, new LastRender(page, now));
        RememberChange(key, now);
        return page;
    }

    /// <summary>
    /// Replaces the last render of a page, unless that one is of a newer state: a slow render may end after a newer
    /// one.
    /// </summary>
    private void RememberLast(string page, LastRender render)
    {
        if (_memory.Get<LastRender>(page) is not { } last || last.Page.Modified <= render.Page.Modified)
        {
            // The bytes of the page are counted by the entry under its key; this entry counts 1.
            _memory.Set(page, render, ShortLived);
        }
    }

    private void RememberChange(PageKey key, DateTimeOffset now)
    {
        var last = _memory.Get<RecentChanges>(key.Group);
        if (last is null || last.Modified < key.Modified)
        {
            _memory.Set(
                key.Group,
                new RecentChanges(key.Modified, [.. (last?.Seen ?? []).TakeLast(ThrottleThreshold - 1), now]),
                ShortLived
            );
        }
    }

    /// <summary>
    /// Reads a page from Blob Storage. Returns null during a storage outage too: the page is rendered instead.
    /// </summary>
    private async Task<EncodedPage?> TryFindAsync(PageKey key)
    {
        try
        {
            return await files.FindAsync(key, CancellationToken.None);
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            LogUnreachable(key, problem);
            return null;
        }
    }

    private async Task TryStoreAsync(PageKey key, EncodedPage page)
    {
        try
        {
            await files.StoreAsync(key, page, CancellationToken.None);
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            LogUnreachable(key, problem);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Page} could not be made; readers had the one before meanwhile."
    )]
    private partial void LogNotRendered(PageKey page, Exception problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The page cache does not answer; {Page} is rendered without it."
    )]
    private partial void LogUnreachable(PageKey page, Exception problem);
}

/// <summary>A page as the cache returns it.</summary>
/// <param name="Page">The page; null when there is none.</param>
/// <param name="Until">
/// For a throttled page: until when it may be served without another lookup. It may then be the state before the one
/// that was asked for. Null for the state that was asked for, valid as long as its revisions are.
/// </param>
public readonly record struct CachedPage(EncodedPage? Page, DateTimeOffset? Until);
