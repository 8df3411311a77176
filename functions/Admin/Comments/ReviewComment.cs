using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// GET /moderate/{token}: asks a moderator who followed a link from a mail to confirm its action; POST carries it out.
/// Once it is carried out, the page shows the state of the comment only.
/// </summary>
public sealed class ReviewComment(
    SignedLinks links,
    CommentTable comments,
    PostTable posts,
    CommentModeration moderation,
    AdminPageResults results,
    BlogSettings settings,
    SiteLayoutProvider layouts
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">
    /// The request; the route value is the signed token. The form holds the version of the comment that the moderator
    /// saw: nothing is decided when its writer has revised it since.
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
            || action is not (LinkAction.Approve or LinkAction.Spam)
            || await comments.FindAsync(key, cancellationToken) is not { } found
        )
        {
            return await results.MessageAsync(
                StatusCodes.Status404NotFound,
                "This link does not work",
                "It has expired, or is not whole: copy all of it from the mail.",
                cancellationToken
            );
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return await ConfirmAsync(found.Value, action, request.Path, cancellationToken);
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        await moderation.DecideAsync(
            key,
            StateAfter(action),
            "by a link from the mail",
            cancellationToken,
            ReadVersion(form)
        );
        return new SeeOther(request.Path);
    }

    private static int? ReadVersion(IFormCollection form) =>
        int.TryParse(form.Field("version"), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;

    private async Task<IResult> ConfirmAsync(
        Comment comment,
        LinkAction action,
        string path,
        CancellationToken cancellationToken
    )
    {
        var post = LinkView.ToPost((await posts.FindAsync(comment.Key.Post, cancellationToken))?.Value);
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForAdmin;
        var view = new ReviewView
        {
            Site = site,
            Act = action == LinkAction.Approve ? "Approve" : "Mark as spam",
            IsDone = comment.State == StateAfter(action),
            CanAct = comment.State != StateAfter(action) && !comment.IsWithdrawn,
            StateInWords = CommentStateText.Describe(comment.State, comment.IsRestorable),
            PostTitle = post.Text,
            PostPath = post.Address,
            Author = comment.Author,
            Email = comment.Email,
            Website = comment.Website,
            Date = settings.ToLocalTime(comment.Created),
            Text = comment.NewText ?? comment.Text,
            Reasons = comment.Reasons,
            Version = comment.Version,
            ActionAddress = path,
        };
        return new PrivateResult(await PageRenderer.RenderAsync(ReviewPage.Create(view), site, cancellationToken));
    }

    private static CommentState StateAfter(LinkAction action) =>
        action == LinkAction.Approve ? CommentState.Approved : CommentState.Spam;
}
