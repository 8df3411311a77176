namespace ServerlessBlog.Site;

/// <summary>GET any other path: see <see cref="AddressResponder"/>.</summary>
/// <remarks>
/// The Functions host matches routes in the order of function names: this catch-all needs the name that sorts last. A
/// test checks it.
/// </remarks>
public sealed class ReadPost(AddressResponder addresses)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function("WelcomeReader")]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    ) => addresses.RespondAsync(request, cancellationToken);
}
