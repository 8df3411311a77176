using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// POST /moderate/session/end: ends the session of this browser or, with <c>everywhere=yes</c>, all sessions of the
/// moderator.
/// </summary>
public sealed class SignOut(AdminAuthentication authentication, AdminSignIn signIn)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The form.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(SignOut))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AdminPaths.SignOutRoute)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async moderator =>
            {
                var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
                await signIn.EndAsync(moderator, form["everywhere"] == "yes", cancellationToken);
                AdminAuthentication.DeleteCookie(request.HttpContext.Response);
                return new SeeOther(AdminPaths.Home);
            },
            cancellationToken
        );
}
