using ServerlessBlog.Feeds;
using ServerlessBlog.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /authors/{name} and /authors/{name}/page/{number}: the posts of an author, where a blog has more than one. GET
/// /authors/{name}/feed.xml, atom.xml and feed.json: their feed. Any other path below, and <c>/authors</c> itself: see
/// <see cref="AddressResponder"/>.
/// </summary>
public sealed class ReadAuthors(
    PageResponder responder,
    ListPageRenderer pages,
    FeedPages feeds,
    AddressResponder addresses
)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadAuthors))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "authors/{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var (list, format) = FeedFormat.Split(request.RouteValues["path"] as string ?? "");
        var (name, page) = PageNumber.Split(list);
        var author = Author.Parse(name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        var isAuthor = author.Key.Length is > 0 and <= Author.MaxLength && !name.Contains('/');
        return isAuthor && format is not null && name == list
                ? responder.PageAsync(request, feeds.ForAuthor(author, format), cancellationToken)
            : isAuthor && format is null && page is { } number
                ? responder.PageAsync(
                    request,
                    PageRequest.ForList(
                        $"authors/{author.Hash}/{number}",
                        ListPageRenderer.LinkTo(author.Link, number),
                        stop => pages.AuthorAsync(author, number, stop)
                    ),
                    cancellationToken
                )
            : addresses.RespondAsync(request, cancellationToken);
    }
}
