using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Failures;

/// <summary>
/// GET /moderate/failures/all: refused uploads and poison messages. POST moves the messages of one poison queue back to
/// its queue.
/// </summary>
public sealed class ShowFailures(
    AdminAuthentication authentication,
    FailuresPageRenderer pages,
    PoisonQueues queues,
    AdminPageResults results
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the field queue.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ShowFailures))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.FailuresRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
                await pages.ShowAsync(
                    HttpMethods.IsPost(request.Method) ? await RetryAsync(request, cancellationToken) : null,
                    cancellationToken
                ),
            cancellationToken
        );

    private async Task<string> RetryAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var queue = (await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken)).Field("queue");
        var texts = await results.TextsAsync(cancellationToken);
        return StorageNames.Queues.Contains(queue)
            ? FailuresPageRenderer.RetrySentence(
                texts,
                queue,
                await queues.RetryAsync(queue, cancellationToken, FailuresPageRenderer.MaxRetried)
            )
            : texts["failures.no-queue"];
    }
}
