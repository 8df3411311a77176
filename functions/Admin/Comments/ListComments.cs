using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>GET /moderate/comments/{state}: the comments in a state. POST does something with those that are chosen, and says what was done.</summary>
public sealed class ListComments(
    AdminAuthentication authentication,
    CommentPageRenderer pages,
    BulkModeration bulk,
    PageResponder responder
)
{
    private const int MaxFormBytes = 128 * 1024;

    /// <summary>The most characters of a search.</summary>
    public const int MaxSearch = 100;

    /// <param name="request">The request; its route value is the state.</param>
    /// <param name="cancellationToken">The moderator has gone.</param>
    [Function(nameof(ListComments))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.CommentsRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.LetInAsync(
            request,
            async moderator =>
            {
                if (CommentVersion.StateOf(request.RouteValues["state"] as string) is not { } state)
                {
                    return await responder.NotFoundAsync(cancellationToken);
                }

                var outcome = HttpMethods.IsPost(request.Method)
                    ? await DoAsync(request, moderator, cancellationToken)
                    : null;
                return await pages.ListAsync(moderator, Wanted(state, request.Query), outcome, cancellationToken);
            },
            cancellationToken
        );

    private static CommentQuery Wanted(CommentState state, IQueryCollection query)
    {
        string? after = query["after"];
        var search = query["q"].ToString().Trim();
        return new CommentQuery(
            state,
            after is { Length: > 0 and < 200 } ? after : null,
            search.Length > MaxSearch ? search[..MaxSearch] : search,
            PostId.TryParse(query["post"], out var post) ? post : null
        );
    }

    /// <summary>The button of one comment says "act item"; those below say the act, for the items chosen, or for all shown.</summary>
    private async Task<BulkResult> DoAsync(
        HttpRequest request,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var (word, items) = form["one"].ToString().Split(' ') is [var one, var item]
            ? (one, [item])
            : (form["act"].ToString(), (IEnumerable<string?>)form[form["all"] == "yes" ? "shown" : "item"]);
        return word.All(char.IsAsciiLetter) && Enum.TryParse<ModeratorAction>(word, ignoreCase: true, out var action)
            ? await bulk.DoAsync(
                action,
                [.. items.Select(CommentVersion.Read).OfType<CommentVersion>().DistinctBy(chosen => chosen.Comment)],
                moderator.Who,
                cancellationToken
            )
            : new BulkResult(ModeratorAction.Undo, [], 0);
    }
}
