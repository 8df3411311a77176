using System.Diagnostics;

namespace ServerlessBlog.Hosting.Telemetry;

/// <summary>
/// The outermost middleware: measures each request of a visitor and exports in the background after its response.
/// </summary>
/// <param name="flush">Exports.</param>
/// <param name="functions">
/// The functions, so that the Functions host's calls of queue and timer functions are left to
/// <see cref="InvocationTelemetry"/>; null in the isolated worker, which gets them in another way.
/// </param>
public sealed class RequestTelemetry(TelemetryFlush flush, FunctionTable? functions = null)
{
    /// <summary>Runs the request. Does nothing else when nobody listens.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next) => InvokeAsync(context, next, function: null);

    /// <summary>Runs the request of a function; null when the endpoint has its name.</summary>
    public Task InvokeAsync(HttpContext context, RequestDelegate next, string? function) =>
        BlogTelemetry.IsEnabled && functions?.IsInvocation(context.Request) != true
            ? MeasureAsync(context, next, function)
            : next(context);

    private async Task MeasureAsync(HttpContext context, RequestDelegate next, string? function)
    {
        var started = Stopwatch.GetTimestamp();
        var method = KnownMethod(context.Request.Method);
        var measured = BlogTelemetry.BeginRequest();
        using var span = BlogTelemetry.StartTrace(method, ActivityKind.Server);
        try
        {
            await next(context);
        }
        finally
        {
            var tags = new TagList
            {
                { "http.request.method", method },
                { "http.response.status_code", context.Response.StatusCode },
                { BlogTelemetry.PageTag, measured.Page ?? function ?? context.GetEndpoint()?.DisplayName ?? "none" },
                { "blog.cache.layer", measured.Layer?.ToString().ToLowerInvariant() ?? "none" },
            };
            BlogTelemetry.RequestEnded(started, tags);
            Describe(span, method, tags);
            span?.Stop();
            flush.FlushSoon();
        }
    }

    private static void Describe(Activity? span, string method, in TagList tags)
    {
        if (span is null)
        {
            return;
        }

        foreach (var (name, value) in tags)
        {
            span.SetTag(name, value);
        }

        span.DisplayName = $"{method} {span.GetTagItem(BlogTelemetry.PageTag)}";
        if (span.GetTagItem("http.response.status_code") is >= 500)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Anything can stand for a method in a request: only those that the blog serves are named.</summary>
    private static string KnownMethod(string method) =>
        HttpMethods.IsGet(method) ? "GET"
        : HttpMethods.IsHead(method) ? "HEAD"
        : HttpMethods.IsPost(method) ? "POST"
        : "_OTHER";
}
