using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /archive and /archive/{year}: titles of posts under months. GET /archive/{year}/{month}, with or without
/// /page/{number}: the posts of that month. Any other path below: see <see cref="AddressResponder"/>.
/// </summary>
public sealed class ReadArchive(
    PageResponder responder,
    ListPageRenderer pages,
    ArchivePageRenderer archive,
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
                new PageRequest("archive", "/archive", archive.AllYearsAsync),
                cancellationToken
            );
        }

        var (name, page) = PageNumber.Split(path);
        return page is { } number && ArchivePeriod.TryParse(name, out var period)
            ? responder.PageAsync(
                request,
                period.Month is null ? RequestYear(period) : RequestMonth(period, number),
                cancellationToken
            )
            : addresses.RespondAsync(request, cancellationToken);
    }

    /// <summary>A year has one page, to which the former addresses of others redirect.</summary>
    private PageRequest RequestYear(ArchivePeriod year) =>
        new(year.Link[1..], year.Link, stop => archive.YearAsync(year, stop));

    private PageRequest RequestMonth(ArchivePeriod month, int number) =>
        PageRequest.ForList($"{month.Link[1..]}/{number}", ListPageRenderer.LinkTo(month.Link, number), stop =>
            pages.MonthAsync(month, number, stop)
        );
}
