using System.Collections.Concurrent;
using ServerlessBlog.Hosting.Telemetry;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Serves recent responses again by request path, before routing, without touching the page cache or storage.
/// </summary>
/// <remarks>
/// Freshness is unchanged: a stored response is served no longer than the revisions it was rendered from count as
/// fresh, and no longer than until this instance learns of any change (<see cref="ChangeCounter"/>). A page whose
/// changes are throttled (<see cref="PageCache"/>) is served until its next render is due.
/// While readers keep coming, none of them waits for a render: in the last half second before a response expires, one
/// request refreshes it in the background.
/// </remarks>
public sealed class HotPageMiddleware(ChangeCounter changes, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>The most responses kept. Each lives 2 s at most; when the limit is reached, all are dropped.</summary>
    private const int MaxResponses = 256;

    /// <summary>How long an expired response is still served while it is refreshed: 0.5 s.</summary>
    private static readonly TimeSpan Grace = Freshness.Lifetime - Freshness.RefreshAfter;

    private readonly ConcurrentDictionary<string, StoredResponse> _responses = new(StringComparer.Ordinal);

    private sealed record StoredResponse(IResult Result, ServeUntil Validity, string Page)
    {
        private int _isRefreshing;

        /// <summary>
        /// True for the first caller, until <see cref="EndRefresh"/>: only one request refreshes a response at a time.
        /// </summary>
        public bool TryBeginRefresh() => Interlocked.Exchange(ref _isRefreshing, 1) == 0;

        public void EndRefresh() => Volatile.Write(ref _isRefreshing, 0);
    }

    /// <summary>Serves a stored response when one is valid for the path; otherwise calls the next middleware.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        var now = clock.GetUtcNow();
        if (
            !IsCacheable(context.Request)
            || !_responses.TryGetValue(path.Value!, out var stored)
            || !IsValid(stored.Validity, now - Grace)
        )
        {
            return next(context);
        }

        if (!IsValid(stored.Validity, now) && stored.TryBeginRefresh())
        {
            _ = Task.Run(() => RefreshAsync(stored, path, next), CancellationToken.None);
        }

        BlogTelemetry.PageServed(stored.Page, CacheLayer.Hot);
        return stored.Result.ExecuteAsync(context);
    }

    /// <summary>
    /// Stores a public response for requests of the same path. Does nothing when the request has a query or another
    /// method than GET and HEAD, or when the response is no longer valid.
    /// </summary>
    public void Store(HttpRequest request, IResult result, ServeUntil serveUntil, string page = "")
    {
        if (!IsCacheable(request) || !IsValid(serveUntil, clock.GetUtcNow()))
        {
            return;
        }

        if (_responses.Count >= MaxResponses)
        {
            _responses.Clear();
        }

        _responses[request.Path.Value!] = new StoredResponse(result, serveUntil, page);
    }

    /// <summary>
    /// Runs a GET of the path through the pipeline, which stores the new response. A failure is ignored here: the next
    /// reader's own request meets and reports it.
    /// </summary>
    private async Task RefreshAsync(StoredResponse stored, PathString path, RequestDelegate next)
    {
        try
        {
            await next(
                new DefaultHttpContext
                {
                    ServiceScopeFactory = scopes,
                    Request = { Method = HttpMethods.Get, Path = path },
                }
            );
        }
        finally
        {
            stored.EndRefresh();
        }
    }

    private bool IsValid(ServeUntil serveUntil, DateTimeOffset moment) =>
        (serveUntil.Generation is not { } generation || generation == changes.Current) && moment < serveUntil.Until;

    private static bool IsCacheable(HttpRequest request) =>
        !request.QueryString.HasValue && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
