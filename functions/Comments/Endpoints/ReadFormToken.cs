using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Comments.Endpoints;

/// <summary>GET /api/form-token/{id}: a token for who begins to write under a post, fetched by the page's script.</summary>
public sealed class ReadFormToken(FormTokens tokens, PageResponder responder)
{
    /// <param name="request">Its route value is the post's id.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
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
        return Results.Text(tokens.For(post));
    }
}
