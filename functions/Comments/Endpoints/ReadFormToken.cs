using ServerlessBlog.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>
/// GET /api/form-token/{id}: returns a form token for a post. The page's script fetches it when a reader begins to
/// write.
/// </summary>
public sealed class ReadFormToken(FormTokens tokens, PageResponder responder)
{
    /// <param name="request">The request; the route value is the id of the post.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(ReadFormToken))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/form-token/{id}")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!PostId.TryParse(request.RouteValues["id"] as string, out var post))
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        PrivateResult.MarkPrivate(request.HttpContext.Response);
        return Results.Text(tokens.Create(post));
    }
}
