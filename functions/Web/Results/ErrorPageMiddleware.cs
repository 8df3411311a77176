using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>
/// The outermost middleware: sets the headers of every response, and turns exceptions into error pages. Failures are
/// logged here only, under an id that the page shows; a storage outage is logged once a minute.
/// </summary>
public sealed partial class ErrorPageMiddleware(
    SiteLayoutProvider layouts,
    StorageCircuit circuit,
    ILogger<ErrorPageMiddleware> logger
)
{
    /// <summary>The Retry-After header while storage does not respond: 10 s.</summary>
    private const string RetryAfterOutage = "10";

    /// <summary>
    /// Runs the request. An exception becomes an error page, unless the response has started; then it propagates.
    /// </summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has disconnected: there is nobody to respond to.
        }
        catch (UnreadableFormException problem) when (!context.Response.HasStarted)
        {
            await WriteMessageAsync(context, problem.StatusCode, problem.Title, problem.Sentence);
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await WriteMessageAsync(context, problem.StatusCode, "unread.title", "unread.part");
        }
        catch (Exception problem) when (!context.Response.HasStarted && StorageErrors.IsOutage(problem))
        {
            circuit.Report(problem);
            await WriteMessageAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "failed.title",
                "failed.sentence",
                retryAfter: RetryAfterOutage
            );
        }
#pragma warning disable CA1031 // Every failure gets an error page and is logged.
        catch (Exception problem) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            await ReportFailureAsync(context, problem);
        }
    }

    private Task ReportFailureAsync(HttpContext context, Exception problem)
    {
        // The route pattern, not the path: some paths carry a signed right.
        LogFailed(
            context.TraceIdentifier,
            context.Request.Method,
            (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
            problem
        );
        return WriteMessageAsync(
            context,
            StatusCodes.Status503ServiceUnavailable,
            "failed.title",
            "failed.sentence",
            context.TraceIdentifier
        );
    }

    private static void SetHeaders(HttpResponse response)
    {
        CachePolicy.Private.ApplyTo(response); // Some CDNs keep a response without Cache-Control for days.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }

    /// <summary>
    /// Responds with a message page. Title and sentence are keys of texts; the id is the one in the log, null for none.
    /// </summary>
    private async Task WriteMessageAsync(
        HttpContext context,
        int status,
        string title,
        string sentence,
        string? id = null,
        string? retryAfter = null
    )
    {
        var site = layouts.LastKnown.ForPrivatePages;
        var texts = site.Texts;
        var view = new MessageView(
            site,
            texts[title],
            texts[sentence],
            id is null ? null : texts.Format("failed.id", ("id", id)),
            []
        );
        var page = await PageRenderer.RenderAsync(MessagePage.Create(view), site, CancellationToken.None);
        context.Response.Clear();
        SetHeaders(context.Response);
        context.Response.Headers.RetryAfter = retryAfter;
        await new PrivateResult(page, status).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id}: {Method} {Route} failed.")]
    private partial void LogFailed(string id, string method, string? route, Exception problem);
}
