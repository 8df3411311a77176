using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>GET /moderate: the desk for who is signed in, else a form that asks for an address. POST: sends a link to it, if it is an author's.</summary>
public sealed class OpenDesk(DeskDoor door, DeskAnswers answers, DeskPages pages, SignInInbox inbox, TimeProvider clock)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the field email.</param>
    /// <param name="cancellationToken">The visitor has gone.</param>
    [Function(nameof(OpenDesk))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.Segment)] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!door.IsFromHere(request))
        {
            return await answers.NotFromHereAsync(cancellationToken);
        }

        if (HttpMethods.IsPost(request.Method))
        {
            return await AskAsync(request, cancellationToken);
        }

        return await door.WhoAsync(request, cancellationToken) is { } visitor
            ? await pages.ListAsync(visitor, new DeskWanted(CommentState.Held), done: null, cancellationToken)
            : await answers.SignInAsync(StatusCodes.Status200OK, cancellationToken);
    }

    /// <summary>Nobody learns here who is an author: the same is done, and said, for any address.</summary>
    private async Task<IResult> AskAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await Forms.ReadAsync(request, MaxFormBytes, cancellationToken);
        var mail = form["email"].ToString().Trim();
        if (mail.Length > CommentOffer.MaxEmail || !mail.Contains('@', StringComparison.Ordinal))
        {
            return await answers.SignInAsync(StatusCodes.Status400BadRequest, cancellationToken, mail, "Write an e-mail address such as name@example.com.");
        }

        await inbox.SendAsync(new SignInWish(SignInLink.NewId(), mail, clock.GetUtcNow()), cancellationToken);
        return await answers.SayAsync(
            StatusCodes.Status200OK,
            "Look into your mail",
            $"If {mail} moderates this blog, a link that signs in is on its way there. It works once, within 15 minutes; an hour brings {DeskTable.MaxLinks} of them at most.",
            cancellationToken);
    }
}
