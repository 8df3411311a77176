using System.Collections.Concurrent;
using ServerlessBlog.Hosting.Caching;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Web.Caching;

/// <summary>
/// Serves recent responses again by request path, before routing, without touching the page cache or storage; and while
/// the next response is rendered (stale-while-revalidate, RFC 5861).
/// </summary>
/// <remarks>
/// A response is served for at most <see cref="CacheLimits.Lifetime"/>. In its last half second, and as soon as this
/// instance knows of any change (<see cref="ChangeCounter"/>), one request at a time refreshes it in the background: no
/// reader of a busy page waits for a render. Authors, moderators and writers see what they have done at once:
/// <see cref="ChangeCounter.Expire"/>.
/// </remarks>
public sealed class HotPageMiddleware(ChangeCounter changes, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>The paths of forms that change pages before they respond.</summary>
    private static readonly string[] ActPaths = [$"/{AdminPaths.Segment}", "/comment"];

    /// <summary>How long an expired response is still served while it is refreshed: 0.5 s.</summary>
    private static readonly TimeSpan Grace = CacheLimits.Lifetime - CacheLimits.RefreshAfter;

    private readonly ConcurrentDictionary<string, StoredResponse> _responses = new(StringComparer.Ordinal);

    private sealed record StoredResponse(IResult Result, ServeUntil Validity)
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
            || now >= stored.Validity.Until + Grace
            || stored.Validity.Generation < changes.OldestServed
        )
        {
            return IsAct(context.Request) ? ActAsync(context, next) : next(context);
        }

        if ((now >= stored.Validity.Until || stored.Validity.Generation != changes.Current) && stored.TryBeginRefresh())
        {
            _ = Task.Run(() => RefreshAsync(stored, path, next), CancellationToken.None);
        }

        return stored.Result.ExecuteAsync(context);
    }

    /// <summary>
    /// Stores a public response for requests of the same path. Does nothing when the request has a query or another
    /// method than GET and HEAD.
    /// </summary>
    public void Store(HttpRequest request, IResult result, ServeUntil serveUntil)
    {
        if (!IsCacheable(request))
        {
            return;
        }

        if (_responses.Count >= CacheLimits.Responses)
        {
            _responses.Clear();
        }

        _responses[request.Path.Value!] = new StoredResponse(result, serveUntil);
    }

    private async Task ActAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            changes.Expire();
        }
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

    private static bool IsCacheable(HttpRequest request) => !request.QueryString.HasValue && IsRead(request);

    private static bool IsRead(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private static bool IsAct(HttpRequest request) =>
        !IsRead(request) && ActPaths.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal));
}
