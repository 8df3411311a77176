using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// GET /moderate/sign-in/{token}, the link from a mail: a page with a button. POST signs in; it works once per link.
/// A GET changes nothing, because mail scanners follow links.
/// </summary>
public sealed class FollowSignInLink(
    SignInLinkSigner links,
    AdminSignIn signIn,
    AdminAuthentication authentication,
    AdminPageResults results
)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; its route value is the signed token.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function("SignIn")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.SignInRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!authentication.IsSameOrigin(request))
        {
            return await results.CrossOriginAsync(cancellationToken);
        }

        if (links.Read(request.RouteValues["token"] as string) is not { } link)
        {
            return await DoesNotWorkAsync("It has expired, or is not whole: ask for another.", cancellationToken);
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return await results.MessageAsync(
                StatusCodes.Status200OK,
                "Sign in to moderate?",
                $"You will be {link.Author.Name} in this browser for 30 days, or until you sign out.",
                cancellationToken,
                "Sign in",
                request.Path
            );
        }

        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        if (await signIn.BeginAsync(link, request.Headers.UserAgent.ToString(), cancellationToken) is not { } cookie)
        {
            return await DoesNotWorkAsync("It was used before, and works once: ask for another.", cancellationToken);
        }

        AdminAuthentication.SetCookie(request.HttpContext.Response, cookie);
        return new SeeOther(AdminPaths.Home);
    }

    private Task<IResult> DoesNotWorkAsync(string sentence, CancellationToken cancellationToken) =>
        results.MessageAsync(StatusCodes.Status404NotFound, "This link does not work", sentence, cancellationToken);
}
