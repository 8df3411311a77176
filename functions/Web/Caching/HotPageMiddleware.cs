using System.Collections.Concurrent;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Web.Caching;

/// <summary>Answers that hold a moment longer, by the path as it was asked for: given again before routing, at next to no cost.</summary>
/// <remarks>
/// Nothing is fresher or staler for it: an answer holds as long as what it was made of, and no longer than until this instance knows of any change;
/// what changes too fast to be waited for, until it is next made. While readers come, none of them waits for the next answer: in the last half
/// second within which this one may still be given, the blog asks itself for it, beside them.
/// </remarks>
public sealed class HotPageMiddleware(ChangeCounter changes, TimeProvider clock, IServiceScopeFactory scopes)
{
    /// <summary>The most answers that are held: what is asked for again within 2 s.</summary>
    private const int MaxHeld = 256;

    private static readonly TimeSpan Grace = Freshness.Lifetime - Freshness.RefreshAfter;

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    private sealed record Held(IResult Answer, ServeUntil Validity)
    {
        private int _isRenewing;

        /// <summary>True for one who asks at a time.</summary>
        public bool TryBeginRenewal() => Interlocked.Exchange(ref _isRenewing, 1) == 0;

        public void EndRenewal() => Volatile.Write(ref _isRenewing, 0);
    }

    /// <summary>Answers what is warm; hands on everything else.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        var now = clock.GetUtcNow();
        if (
            !IsPlain(context.Request)
            || !_held.TryGetValue(path.Value!, out var held)
            || !Holds(held.Validity, now - Grace)
        )
        {
            return next(context);
        }

        if (!Holds(held.Validity, now) && held.TryBeginRenewal())
        {
            _ = Task.Run(() => RenewAsync(held, path, next), CancellationToken.None);
        }

        return held.Answer.ExecuteAsync(context);
    }

    /// <summary>Holds an answer that everybody may have.</summary>
    public void Hold(HttpRequest request, IResult answer, ServeUntil serveUntil)
    {
        if (!IsPlain(request) || !Holds(serveUntil, clock.GetUtcNow()))
        {
            return;
        }

        if (_held.Count >= MaxHeld)
        {
            _held.Clear();
        }

        _held[request.Path.Value!] = new Held(answer, serveUntil);
    }

    /// <summary>Asks as a reader would; the answer is held on its way. A failure is for the next reader, who meets it again and is told.</summary>
    private async Task RenewAsync(Held held, PathString path, RequestDelegate next)
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
            held.EndRenewal();
        }
    }

    private bool Holds(ServeUntil serveUntil, DateTimeOffset moment) =>
        (serveUntil.Generation is not { } made || made == changes.Current) && moment < serveUntil.Until;

    private static bool IsPlain(HttpRequest request) =>
        !request.QueryString.HasValue && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
}
