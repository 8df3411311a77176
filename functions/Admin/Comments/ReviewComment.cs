using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// GET /moderate/{token}, the link from a mail: one comment with every action on it or, once it is decided, the outcome
/// with Undo. POST decides. Nobody needs to be signed in.
/// </summary>
public sealed class ReviewComment(
    SignedLinks links,
    CommentTable comments,
    CommentModeration moderation,
    ReviewPageRenderer pages,
    AdminPageResults results
)
{
    private const int MaxFormBytes = 8 * 1024;
    private const string Changed = "changed";

    /// <param name="request">
    /// The request; the route value is the signed token. The form has the field act, and the version of the comment
    /// that the moderator saw: nothing is decided when it has changed since.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(ReviewComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.ReviewRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (
            !links.TryRead(request.RouteValues["token"] as string, out var action, out var key)
            || action == LinkAction.Receipt
            || await comments.FindAsync(key, cancellationToken) is not { } found
        )
        {
            var texts = await results.TextsAsync(cancellationToken);
            return await results.MessageAsync(
                StatusCodes.Status404NotFound,
                texts["link.title"],
                texts["admin.review-link"],
                cancellationToken
            );
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            var isChanged = request.Query.ContainsKey(Changed);
            return await pages.ShowAsync(found.Value, request.Path, isChanged, cancellationToken);
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var isDone =
            StateAfter(form.Field("act"), action) is not { } state
            || await DecideAsync(key, state, ReadVersion(form), cancellationToken);
        return new SeeOther(isDone ? request.Path : $"{request.Path}?{Changed}=1");
    }

    /// <summary>Returns false when somebody else has decided or the writer has changed the comment.</summary>
    private async Task<bool> DecideAsync(
        CommentKey key,
        CommentState state,
        int? seen,
        CancellationToken cancellationToken
    ) =>
        await moderation.DecideAsync(
            key,
            state,
            "by a link from the mail",
            cancellationToken,
            seen,
            restorable: state == CommentState.Trash
        )
            is { Now: { } now }
        && now.State == state
        && now.NewText is null;

    private static int? ReadVersion(IFormCollection form) =>
        int.TryParse(form.Field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    /// <summary>
    /// The state that an action leads to; null for an unknown one. Forms of version 1.0.0 name no action: theirs is
    /// that of the link.
    /// </summary>
    private static CommentState? StateAfter(string act, LinkAction action) =>
        (act, action) switch
        {
            ("approve", _) or ("", LinkAction.Approve) => CommentState.Approved,
            ("spam", _) or ("", LinkAction.Spam) => CommentState.Spam,
            ("trash", _) => CommentState.Trash,
            ("undo", _) => CommentState.Held,
            _ => null,
        };
}
