using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Pages;

/// <summary>GET /blog.js: what pages can do better with JavaScript, and do without it too.</summary>
public sealed class ReadScript(Look look)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadScript))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "blog.js")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IResult>(new PageAnswer(look.Script, PageAnswer.LastingFor(request, look.Script), contentType: "text/javascript; charset=utf-8"));
}
