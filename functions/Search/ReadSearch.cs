using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Search;

/// <summary>GET /search?q=words: finds posts. Without words, the form with an explanation.</summary>
public sealed class ReadSearch(SearchPageRenderer pages, SearchLimits limits)
{
    /// <param name="request">
    /// The request; in its query, <c>q</c> is what is searched for (<see cref="SearchQuery"/>), and <c>page</c> is the
    /// number of the page, from 1.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadSearch))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "search")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var text = request.Query["q"].ToString();
        if (!SearchQuery.TryParse(text, out var query))
        {
            return await pages.RefuseAsync(text, StatusCodes.Status400BadRequest, "search.too-long", cancellationToken);
        }

        if (query.IsEmpty)
        {
            return await pages.FormAsync(query, cancellationToken);
        }

        if (await limits.FindWaitAsync(request.HttpContext.Connection.RemoteIpAddress, cancellationToken) is { } wait)
        {
            request.HttpContext.Response.Headers.RetryAfter = $"{(int)Math.Ceiling(wait.TotalSeconds)}";
            return await pages.RefuseAsync(
                text,
                StatusCodes.Status429TooManyRequests,
                "search.too-many",
                cancellationToken
            );
        }

        return await pages.ResultsAsync(query, PageIn(request), cancellationToken);
    }

    private static int PageIn(HttpRequest request) =>
        int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page)
            ? Math.Clamp(page, 1, SearchPageRenderer.MaxPages)
            : 1;
}
