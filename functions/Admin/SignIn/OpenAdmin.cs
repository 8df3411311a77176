using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// GET /moderate: the held comments for a signed-in moderator, else the sign-in form. POST queues a request to send a
/// sign-in link to an e-mail address.
/// </summary>
public sealed class OpenAdmin(
    AdminAuthentication authentication,
    AdminPageResults results,
    CommentPageRenderer pages,
    SignInQueueClient queue,
    Moderators moderators,
    TimeProvider clock
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the field email.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function("OpenDesk")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.Segment)]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!authentication.IsSameOrigin(request))
        {
            return await results.CrossOriginAsync(cancellationToken);
        }

        if (HttpMethods.IsPost(request.Method))
        {
            return await QueueSignInAsync(request, cancellationToken);
        }

        return await authentication.FindModeratorAsync(request, cancellationToken) is { } moderator
            ? await pages.ListAsync(moderator, new CommentQuery(CommentState.Held), result: null, cancellationToken)
            : await results.SignInAsync(StatusCodes.Status200OK, cancellationToken);
    }

    /// <summary>
    /// Queues the same message and returns the same page for every address, so that the response does not reveal who is
    /// an author.
    /// </summary>
    private async Task<IResult> QueueSignInAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var mail = form["email"].ToString().Trim();
        if (mail.Length > CommentForm.MaxEmail || !mail.Contains('@', StringComparison.Ordinal))
        {
            return await results.SignInAsync(
                StatusCodes.Status400BadRequest,
                cancellationToken,
                mail,
                "wrong.email-form"
            );
        }

        var texts = await results.TextsAsync(cancellationToken);
        await queue.SendAsync(
            new SignInRequest(SignInLink.NewId(), "", clock.GetUtcNow()) { Address = moderators.KeyOf(mail) },
            cancellationToken
        );
        return await results.MessageAsync(
            StatusCodes.Status200OK,
            texts["admin.check-mail"],
            texts.Format(
                "admin.check-mail-sentence",
                ("email", mail),
                ("minutes", SignInLink.Lifetime.TotalMinutes.ToString(CultureInfo.InvariantCulture)),
                ("most", SignInTable.MaxLinks.ToString(CultureInfo.InvariantCulture))
            ),
            cancellationToken
        );
    }
}
