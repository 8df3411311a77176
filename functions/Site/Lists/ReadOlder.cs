using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>GET /page/{number}: older posts.</summary>
public sealed class ReadOlder(Front front, ListPages pages)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadOlder))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "page/{number}")] HttpRequest request, CancellationToken cancellationToken) =>
        ListNumber.Parse(request.RouteValues["number"] as string) is { } number
            ? front.PageAsync(request, new Asked($"home/{number}", ListPages.LinkTo("", number), stop => pages.HomeAsync(number, stop)), cancellationToken)
            : front.NotFoundAsync(cancellationToken);
}
