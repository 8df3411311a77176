using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>GET /moderate: the desk for who is signed in, else a form that asks for an address. POST: sends a link to it, if it is an author's.</summary>
public sealed class OpenAdmin(
    AdminAuthentication authentication,
    AdminPageResults results,
    CommentPageRenderer pages,
    SignInQueueClient queue,
    TimeProvider clock
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the field email.</param>
    /// <param name="cancellationToken">The visitor has gone.</param>
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
            return await AskAsync(request, cancellationToken);
        }

        return await authentication.FindModeratorAsync(request, cancellationToken) is { } moderator
            ? await pages.ListAsync(moderator, new CommentQuery(CommentState.Held), result: null, cancellationToken)
            : await results.SignInAsync(StatusCodes.Status200OK, cancellationToken);
    }

    /// <summary>Nobody learns here who is an author: the same is done, and said, for any address.</summary>
    private async Task<IResult> AskAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var mail = form["email"].ToString().Trim();
        if (mail.Length > CommentForm.MaxEmail || !mail.Contains('@', StringComparison.Ordinal))
        {
            return await results.SignInAsync(
                StatusCodes.Status400BadRequest,
                cancellationToken,
                mail,
                "Write an e-mail address such as name@example.com."
            );
        }

        await queue.SendAsync(new SignInRequest(SignInLink.NewId(), mail, clock.GetUtcNow()), cancellationToken);
        return await results.SayAsync(
            StatusCodes.Status200OK,
            "Check your mail",
            $"If {mail} moderates this blog, a link that signs in is on its way there. It works once, within 15 minutes; an hour brings {SignInTable.MaxLinks} of them at most.",
            cancellationToken
        );
    }
}
