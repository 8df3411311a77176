using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Pages;

/// <summary>GET anything else: a friendly 404.</summary>
/// <remarks>The Functions host matches routes in the order of function names, so this one must be the last of all; a test holds it.</remarks>
public sealed class WelcomeLostReader(Front front)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(WelcomeLostReader))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        front.NotFoundAsync(cancellationToken);
}
