using Microsoft.Extensions.Caching.Memory;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Web.Caching;

/// <summary>Pages by key: from memory, else from Blob Storage, else rendered. A key names one state, so nothing is ever invalidated here.</summary>
/// <remarks>
/// However many readers ask for a page at once, an instance fetches or renders it once. A page that changes faster than readers are promised to
/// see is not waited for: when two states of it, or of one that changes with it, were made within the freshness already, it is made again twice a
/// second and no more often, and the last one is handed out meanwhile, until the freshness is over. What lasts half a second is kept here only.
/// </remarks>
public sealed partial class PageCache(PageFiles files, TimeProvider clock, ILogger<PageCache> logger) : IDisposable
{
    /// <summary>The most bytes of pages in memory: 32 MB.</summary>
    public const int MaxMemory = 32 * 1024 * 1024;

    /// <summary>What it costs to remember that there is nothing, about, in bytes.</summary>
    private const int NothingSize = 256;

    private readonly MemoryCache _memory = new(new MemoryCacheOptions { SizeLimit = MaxMemory });
    private readonly SingleFlight<PageKey, EncodedPage?> _making = new();

    /// <summary>So often within the freshness, and a page changes too fast to be waited for.</summary>
    private const int TooOften = 2;

    /// <summary>Then so long passes before it is made once more: what nobody can tell from the latest costs nothing.</summary>
    private static readonly TimeSpan Pause = Freshness.Lifetime / 4;

    /// <summary>So long the last one is handed out without another look while the next is made: longer than making it takes, as a rule.</summary>
    private static readonly TimeSpan Making = Pause / 10;

    /// <summary>The last state of a page that was made here, and when.</summary>
    private sealed record Last(EncodedPage Page, DateTimeOffset Made);

    /// <summary>When each of the last few states of pages that change together was first made here, oldest first.</summary>
    private sealed record Pace(DateTimeOffset State, IReadOnlyList<DateTimeOffset> Made);

    private static MemoryCacheEntryOptions Momentary =>
        new() { Size = 1, AbsoluteExpirationRelativeToNow = Freshness.Lifetime };

    /// <summary>Gets a page.</summary>
    /// <param name="key">The state of the page; its revisions were read before this call.</param>
    /// <param name="render">Renders it; null when there is nothing to show, which is kept for a moment and here only.</param>
    /// <param name="cancellationToken">Ends the waiting, not the making: others may wait for it too.</param>
    public ValueTask<CachedPage> GetAsync(
        PageKey key,
        Func<CancellationToken, Task<RenderedPage?>> render,
        CancellationToken cancellationToken
    )
    {
        var last = FindBusy(key);
        return _memory.TryGetValue<EncodedPage>(key, out var page)
                ? ValueTask.FromResult(new CachedPage(page, UntilNext(page, last)))
            : last is not null ? ValueTask.FromResult(GoOn(key, last, render))
            : AwaitAsync(_making.GetAsync(key, missing => FindOrMakeAsync(missing, render), cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private static async ValueTask<CachedPage> AwaitAsync(Task<EncodedPage?> making) => new(await making, Until: null);

    /// <summary>The last state of a page that changes too fast to be waited for; null for any other.</summary>
    private Last? FindBusy(PageKey key)
    {
        var now = clock.GetUtcNow();
        return
            now - key.Modified < Freshness.Lifetime
            && _memory.TryGetValue<Pace>(key.Kin, out var pace)
            && pace!.Made.Count == TooOften
            && now - pace.Made[0] < Freshness.Lifetime
            && _memory.TryGetValue<Last>(key.Page, out var last)
            && now - last!.Made < Freshness.Lifetime / 2 // between it and the key another instance may have made changes that this one never saw
            ? last
            : null;
    }

    /// <summary>When it may be made again.</summary>
    private static DateTimeOffset NextOf(Last last) => last.Made + Pause;

    /// <summary>For the page that was asked for: null when it changes no faster than it can be waited for, or might be made again already.</summary>
    private DateTimeOffset? UntilNext(EncodedPage? page, Last? last) =>
        last is not null && ReferenceEquals(last.Page, page) && clock.GetUtcNow() < NextOf(last) ? NextOf(last) : null;

    private CachedPage GoOn(PageKey key, Last last, Func<CancellationToken, Task<RenderedPage?>> render)
    {
        var (now, next) = (clock.GetUtcNow(), NextOf(last));
        if (now >= next)
        {
            next = now + Making;
            Task.Run(() =>
                    _making.GetAsync(key, missing => MakeForMemoryAsync(missing, render), CancellationToken.None)
                )
                .ContinueWith(
                    failed => LogUnmade(key, failed.Exception!),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default
                );
        }

        return new CachedPage(last.Page, next);
    }

    private async Task<EncodedPage?> FindOrMakeAsync(PageKey key, Func<CancellationToken, Task<RenderedPage?>> render)
    {
        var page = await TryFindAsync(key);
        if (page is null && await render(CancellationToken.None) is { } rendered)
        {
            page = EncodedPage.Encode(rendered, key.Modified);
            await TryKeepAsync(key, page);
        }

        return Remember(key, page);
    }

    private async Task<EncodedPage?> MakeForMemoryAsync(
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
                new MemoryCacheEntryOptions { Size = NothingSize, AbsoluteExpirationRelativeToNow = Freshness.Lifetime }
            );
            return null;
        }

        _memory.Set(key, page, new MemoryCacheEntryOptions { Size = page.Size });
        var now = clock.GetUtcNow();
        RememberLast(key.Page, new Last(page, now));
        RememberPace(key, now);
        return page;
    }

    /// <summary>A slow rendering that ends after a newer one does not come over it.</summary>
    private void RememberLast(string name, Last next)
    {
        if (_memory.Get<Last>(name) is not { } last || last.Page.Modified <= next.Page.Modified)
        {
            _memory.Set(name, next, Momentary); // the page is counted under its key
        }
    }

    private void RememberPace(PageKey key, DateTimeOffset now)
    {
        var last = _memory.Get<Pace>(key.Kin);
        if (last is null || last.State < key.Modified)
        {
            _memory.Set(
                key.Kin,
                new Pace(key.Modified, [.. (last?.Made ?? []).TakeLast(TooOften - 1), now]),
                Momentary
            );
        }
    }

    /// <summary>The cache is never the reader's problem: out of reach, the page is rendered.</summary>
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

    private async Task TryKeepAsync(PageKey key, EncodedPage page)
    {
        try
        {
            await files.KeepAsync(key, page, CancellationToken.None);
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
    private partial void LogUnmade(PageKey page, Exception problem);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "The page cache does not answer; {Page} is rendered without it."
    )]
    private partial void LogUnreachable(PageKey page, Exception problem);
}
