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
            return await DoesNotWorkAsync("admin.sign-in-expired", cancellationToken);
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            var texts = await results.TextsAsync(cancellationToken);
            return await results.MessageAsync(
                StatusCodes.Status200OK,
                texts["admin.sign-in-title"],
                texts.Format("admin.sign-in-as", ("name", link.Author.Name)),
                cancellationToken,
                texts["admin.sign-in"],
                request.Path
            );
        }

        await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        if (await signIn.BeginAsync(link, request.Headers.UserAgent.ToString(), cancellationToken) is not { } cookie)
        {
            return await DoesNotWorkAsync("admin.sign-in-used", cancellationToken);
        }

        AdminAuthentication.SetCookie(request.HttpContext.Response, cookie);
        return new SeeOther(AdminPaths.Home);
    }

    private async Task<IResult> DoesNotWorkAsync(string sentence, CancellationToken cancellationToken)
    {
        var texts = await results.TextsAsync(cancellationToken);
        return await results.MessageAsync(
            StatusCodes.Status404NotFound,
            texts["link.title"],
            texts[sentence],
            cancellationToken
        );
    }
}
