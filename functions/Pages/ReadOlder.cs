using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Pages;

/// <summary>GET /page/{number}: older posts.</summary>
public sealed class ReadOlder(Front front, HomePages pages)
{
    /// <param name="request">The request; its route value is the page's number, from 2.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadOlder))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "page/{number}")] HttpRequest request, CancellationToken cancellationToken) =>
        int.TryParse(request.RouteValues["number"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 1 and <= HomePages.MaxNumber
            ? front.PageAsync(request, $"home/{number}", found: null, stop => pages.RenderAsync(number, stop), cancellationToken)
            : front.NotFoundAsync(cancellationToken);
}
