using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Web.Health;

/// <summary>
/// GET /readyz: 200 when storage answers, which is asked once, with the patience that readers have (about 2 s); else
/// 503.
/// </summary>
public sealed class ReadReadiness(SiteTable site)
{
    /// <param name="request">The request; nothing in it is read.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadReadiness))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "readyz")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        await site.IsReachableAsync(cancellationToken)
            ? TypedResults.Text("Ready.\n")
            : TypedResults.Text("Storage does not answer.\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
