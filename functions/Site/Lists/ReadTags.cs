using ServerlessBlog.Feeds;
using ServerlessBlog.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Lists;

/// <summary>
/// GET /tags: all tags. GET /tags/{tag} and /tags/{tag}/page/{number}: the posts with a tag. GET /tags/{tag}/feed.xml,
/// atom.xml and feed.json: their feed. Any other path below: see <see cref="AddressResponder"/>.
/// </summary>
public sealed class ReadTags(
    PageResponder responder,
    ListPageRenderer pages,
    TagIndexRenderer index,
    FeedPages feeds,
    AddressResponder addresses
)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadTags))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "tags/{*path}")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (request.RouteValues["path"] is not string { Length: > 0 } path)
        {
            return responder.PageAsync(request, new PageRequest("tags", "/tags", index.RenderAsync), cancellationToken);
        }

        var (list, format) = FeedFormat.Split(path);
        var (name, page) = PageNumber.Split(list);

        // Hosts leave an encoded slash in a path undecoded.
        var tag = Tag.Parse(name.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase));
        var isTag = tag.Key.Length is > 0 and <= Tag.MaxLength && !name.Contains('/');
        return isTag && format is not null && name == list
                ? responder.PageAsync(request, feeds.ForTag(tag, format), cancellationToken)
            : isTag && format is null && page is { } number
                ? responder.PageAsync(
                    request,
                    PageRequest.ForList($"tags/{tag.Hash}/{number}", ListPageRenderer.LinkTo(tag.Link, number), stop =>
                        pages.TagAsync(tag, number, stop)
                    ),
                    cancellationToken
                )
            : addresses.RespondAsync(request, cancellationToken);
    }
}
