namespace ServerlessBlog.Pages;

/// <summary>The outermost layer: headers that every answer has, and the one place where what went wrong is logged and told, under an id.</summary>
public sealed partial class Edge(Frames frames, ILogger<Edge> logger)
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
            await SayAsync(context, problem.StatusCode, "This could not be read", problem.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? "What was sent is too large. Go back, shorten it, and send it again."
                : "What was sent is not whole. Go back and send it again.", detail: null);
        }
        catch (InvalidDataException) when (!context.Response.HasStarted && context.Request.HasFormContentType)
        {
            await SayAsync(context, StatusCodes.Status400BadRequest, "This could not be read", "The form has too many or too large fields. Go back, shorten it, and send it again.", detail: null);
        }
#pragma warning disable CA1031 // Whatever it was, the visitor gets a page and the log gets the rest.
        catch (Exception problem) when (!context.Response.HasStarted)
#pragma warning restore CA1031
        {
            // The route, not the path: some paths carry a right.
            LogFailed(context.TraceIdentifier, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText, problem);
            await SayAsync(
                context, StatusCodes.Status503ServiceUnavailable, "This did not work", "The fault is ours, and nothing of yours was changed unless it says so elsewhere. Try again in a minute.", $"Logged as {context.TraceIdentifier}.");
        }
    }

    private static void SetHeaders(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }

    private async Task SayAsync(HttpContext context, int status, string title, string sentence, string? detail)
    {
        var frame = frames.Last.Private;
        var page = await Html.RenderAsync(MessagePage.Create(new MessageView(frame, title, sentence, detail, [])), frame, CancellationToken.None);
        context.Response.Clear();
        SetHeaders(context.Response);
        await new PrivateAnswer(page, status).ExecuteAsync(context);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Id}: {Method} {Route} failed.")]
    private partial void LogFailed(string id, string method, string? route, Exception problem);
}
