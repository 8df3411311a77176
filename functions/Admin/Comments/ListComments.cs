using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// GET /moderate/comments/{state}: the comments in a state; with <c>post</c>, <c>q</c> and <c>after</c> in the query
/// for one post, a search and the next page. POST applies an action to the chosen comments and shows the list again.
/// </summary>
public sealed class ListComments(
    AdminAuthentication authentication,
    CommentPageRenderer pages,
    BulkModeration bulk,
    PageResponder responder
)
{
    private const int MaxFormBytes = 128 * 1024;
    private const int MaxAfter = 200;

    /// <summary>Maximum length of a search text, in characters; more is cut off.</summary>
    public const int MaxSearch = 100;

    /// <param name="request">The request; its route value is the state.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ListComments))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.CommentsRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async moderator =>
            {
                if (CommentVersion.ParseState(request.RouteValues["state"] as string) is not { } state)
                {
                    return await responder.NotFoundAsync(cancellationToken);
                }

                var result = HttpMethods.IsPost(request.Method)
                    ? await ApplyAsync(request, moderator, cancellationToken)
                    : null;
                return await pages.ListAsync(moderator, ParseQuery(state, request.Query), result, cancellationToken);
            },
            cancellationToken
        );

    private static CommentQuery ParseQuery(CommentState state, IQueryCollection query)
    {
        string? after = query["after"];
        var search = query["q"].ToString().Trim();
        return new CommentQuery(
            state,
            after is { Length: > 0 and < MaxAfter } ? after : null,
            search.Length > MaxSearch ? search[..MaxSearch] : search,
            PostId.TryParse(query["post"], out var post) ? post : null
        );
    }

    /// <summary>
    /// A button of one comment sends <c>one</c>: action and item, separated by a space. A button of the bulk form sends
    /// <c>act</c> for the ticked items or, with <c>all=yes</c>, for all items shown. An unknown action changes nothing.
    /// </summary>
    private async Task<BulkResult> ApplyAsync(
        HttpRequest request,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var (name, items) = form["one"].ToString().Split(' ') is [var first, var item]
            ? (first, [item])
            : (form["act"].ToString(), (IEnumerable<string?>)form[form["all"] == "yes" ? "shown" : "item"]);
        return name.All(char.IsAsciiLetter) && Enum.TryParse<ModeratorAction>(name, ignoreCase: true, out var action)
            ? await bulk.ApplyAsync(
                action,
                [.. items.Select(CommentVersion.Read).OfType<CommentVersion>().DistinctBy(version => version.Comment)],
                moderator.Author,
                cancellationToken
            )
            : new BulkResult(ModeratorAction.Undo, [], 0);
    }
}
