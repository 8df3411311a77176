using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Settings;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>GET /moderate/sign-in/{token} asks who followed a link from a mail; only POST signs in, once.</summary>
public sealed class FollowSignInLink(SignInLinks links, DeskSessions sessions, DeskDoor door, DeskAnswers answers)
{
    /// <param name="request">The request; its route value is the signed token.</param>
    /// <param name="cancellationToken">The visitor has gone.</param>
    [Function("SignIn")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.SignInRoute)] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!door.IsFromHere(request))
        {
            return await answers.NotFromHereAsync(cancellationToken);
        }

        if (links.Read(request.RouteValues["token"] as string) is not { } link)
        {
            return await DoesNotWorkAsync("It has expired, or is not whole: ask for another.", cancellationToken);
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return await answers.SayAsync(
                StatusCodes.Status200OK, "Sign in to moderate?", $"You will be {link.Who.Name} in this browser for 30 days, or until you sign out.", cancellationToken, "Sign in", request.Path);
        }

        if (await sessions.BeginAsync(link, cancellationToken) is not { } kept)
        {
            return await DoesNotWorkAsync("It was used before, and works once: ask for another.", cancellationToken);
        }

        DeskDoor.Remember(request.HttpContext.Response, kept);
        return new SeeOther(AdminPaths.Home);
    }

    private Task<IResult> DoesNotWorkAsync(string why, CancellationToken cancellationToken) =>
        answers.SayAsync(StatusCodes.Status404NotFound, "This link does not work", why, cancellationToken);
}
