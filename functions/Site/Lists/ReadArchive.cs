using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>GET /archive: all months. GET /archive/{year} and /archive/{year}/{month}, each with /page/{number}: the posts of one.</summary>
public sealed class ReadArchive(Front front, ListPages pages, IndexPages indexes)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The reader has gone.</param>
    [Function(nameof(ReadArchive))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "archive/{*path}")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.RouteValues["path"] is not string { Length: > 0 } path)
        {
            return front.PageAsync(request, new Asked("archive", "/archive", indexes.MonthsAsync), cancellationToken);
        }

        var (name, found) = ListNumber.Split(path);
        return found is { } number && ArchiveSpan.TryParse(name, out var span)
            ? front.PageAsync(request, new Asked($"{span.Link[1..]}/{number}", ListPages.LinkTo(span.Link, number), stop => pages.SpanAsync(span, number, stop)), cancellationToken)
            : front.NotFoundAsync(cancellationToken);
    }
}
