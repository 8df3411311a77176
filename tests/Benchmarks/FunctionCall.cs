using Microsoft.AspNetCore.Http;

namespace ServerlessBlog.Benchmarks;

/// <summary>Calls an HTTP function as a host does, but without a socket, so that only the blog is measured.</summary>
internal static class FunctionCall
{
    /// <summary>Runs a GET request and executes the result. Returns the response body.</summary>
    /// <param name="run">The function's RunAsync.</param>
    /// <param name="services">The blog's services.</param>
    /// <param name="path">The path of the request.</param>
    /// <exception cref="InvalidOperationException">The response status is not 200.</exception>
    public static async Task<byte[]> ReadAsync(
        Func<HttpRequest, CancellationToken, Task<IResult>> run,
        IServiceProvider services,
        string path
    )
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Method = HttpMethods.Get;
        context.Request.Path = path;
        context.Response.Body = body;
        await (await run(context.Request, CancellationToken.None)).ExecuteAsync(context);
        await context.Response.CompleteAsync();
        return context.Response.StatusCode == StatusCodes.Status200OK
            ? body.ToArray()
            : throw new InvalidOperationException($"The function answered {context.Response.StatusCode}.");
    }
}
