using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /archive: all months. GET /archive/{year} and /archive/{year}/{month}, with or without /page/{number}: the posts
/// of that period. Any other path below: see <see cref="AddressResponder"/>.
/// </summary>
public sealed class ReadArchive(
    PageResponder responder,
    ListPageRenderer pages,
    IndexPageRenderer indexes,
    AddressResponder addresses
)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadArchive))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "archive/{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.RouteValues["path"] is not string { Length: > 0 } path)
        {
            return responder.PageAsync(
                request,
                new PageRequest("archive", "/archive", indexes.MonthsAsync),
                cancellationToken
            );
        }

        var (name, page) = PageNumber.Split(path);
        return page is { } number && ArchivePeriod.TryParse(name, out var period)
            ? responder.PageAsync(
                request,
                new PageRequest($"{period.Link[1..]}/{number}", ListPageRenderer.LinkTo(period.Link, number), stop =>
                    pages.PeriodAsync(period, number, stop)
                ),
                cancellationToken
            )
            : addresses.RespondAsync(request, cancellationToken);
    }
}
