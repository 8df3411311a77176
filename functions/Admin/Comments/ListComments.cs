using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// GET /moderate/comments/{state}: the comments in a state; with <c>post</c>, <c>q</c> and <c>after</c> in the query
/// for one post, a search and the next page, and <c>check=all</c> to tick all of them. POST applies an action: to one
/// comment, and redirects to the next one in the list; or to the chosen comments, and shows the list again.
/// </summary>
public sealed class ListComments(
    AdminAuthentication authentication,
    CommentPageRenderer pages,
    BulkModeration bulk,
    ActionResultSigner signer,
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

                var query = ParseQuery(state, request.Query);
                return HttpMethods.IsPost(request.Method)
                    ? await ApplyAsync(request, query, moderator, cancellationToken)
                    : await pages.ListAsync(moderator, query, signer.Read(request.Query["result"]), cancellationToken);
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
            PostId.TryParse(query["post"], out var post) ? post : null,
            query["check"] == "all"
        );
    }

    /// <summary>
    /// A button of one comment sends <c>one</c>: action and item, separated by a space. A button of the bulk form sends
    /// <c>act</c> for the ticked items. An unknown action changes nothing.
    /// </summary>
    private async Task<IResult> ApplyAsync(
        HttpRequest request,
        CommentQuery query,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        if (form["one"].ToString().Split(' ') is [var name, var item] && CommentVersion.Read(item) is { } one)
        {
            var result = await ApplyAsync(name, [one], moderator, cancellationToken);
            return new SeeOther(AddressAfter(query, signer.Sign(result), one, ReadVersions(form["shown"])));
        }

        return await pages.ListAsync(
            moderator,
            query,
            await ApplyAsync(form["act"].ToString(), ReadVersions(form["item"]), moderator, cancellationToken),
            cancellationToken
        );
    }

    private async Task<BulkResult> ApplyAsync(
        string name,
        IReadOnlyList<CommentVersion> items,
        SignedInModerator moderator,
        CancellationToken cancellationToken
    ) =>
        name.All(char.IsAsciiLetter) && Enum.TryParse<ModeratorAction>(name, ignoreCase: true, out var action)
            ? await bulk.ApplyAsync(action, items, moderator.Author, cancellationToken)
            : new BulkResult(ModeratorAction.Undo, [], 0);

    /// <summary>
    /// The address of the list with the result, at the comment after the one that was decided; at the one before when
    /// it was the last.
    /// </summary>
    private static string AddressAfter(
        CommentQuery query,
        string result,
        CommentVersion decided,
        List<CommentVersion> shown
    )
    {
        var index = shown.FindIndex(version => version.Comment == decided.Comment);
        var next = index < 0 ? null : shown.ElementAtOrDefault(index + 1) ?? shown.ElementAtOrDefault(index - 1);
        var address = CommentPageRenderer.AddressOf(query);
        return $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}result={result}"
            + (next is null ? "" : $"#{CommentPageRenderer.ElementIdOf(next.Comment)}");
    }

    private static List<CommentVersion> ReadVersions(IEnumerable<string?> items) =>
        [.. items.Select(CommentVersion.Read).OfType<CommentVersion>().DistinctBy(version => version.Comment)];
}
