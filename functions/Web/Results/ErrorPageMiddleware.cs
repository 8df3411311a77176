using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>The outermost layer: headers that every answer has, and the one place where what went wrong is logged and told, under an id.</summary>
public sealed partial class ErrorPageMiddleware(SiteLayoutProvider layouts, ILogger<ErrorPageMiddleware> logger)
{
    /// <summary>Runs the request; an exception becomes a plain page, unless an answer has begun.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        SetHeaders(context.Response);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be told.
        }
        catch (BadHttpRequestException problem) when (!context.Response.HasStarted)
        {
            await SayAsync(
                context,
                problem.StatusCode,
                "unread.title",
                problem.StatusCode == StatusCodes.Status413PayloadTooLarge ? "unread.large" : "unread.part"
            );
        }
        catch (InvalidDataException) when (!context.Response.HasStarted && context.Request.HasFormContentType)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, "unread.title", "unread.fields");
        }
#pragma warning disable CA1031 // Whatever it was, the visitor gets a page and the log gets the rest.
        catch (Exception problem) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            // The route, not the path: some paths carry a right.
            LogFailed(
                context.TraceIdentifier,
                context.Request.Method,
                (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText,
                problem
            );
            await SayAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "failed.title",
                "failed.sentence",
                context.TraceIdentifier
            );
        }
    }

    private static void SetHeaders(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }

    /// <summary>Says it on a page of its own: the keys of title and sentence, and the id under which it is in the log.</summary>
    private async Task SayAsync(HttpContext context, int status, string title, string sentence, string? id = null)
    {
        var site = layouts.Last.Private;
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
        await new PrivateResult(page, status).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id}: {Method} {Route} failed.")]
    private partial void LogFailed(string id, string method, string? route, Exception problem);
}
