using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// GET /moderate/sessions/all: where the moderator is signed in. POST ends the session of the field <c>end</c>; that of
/// this browser ends at <see cref="SignOut"/>.
/// </summary>
public sealed class ManageSessions(AdminAuthentication authentication, AdminSignIn signIn, SessionsPageRenderer pages)
{
    private const int MaxFormBytes = 8 * 1024;

    /// <param name="request">The request; a POST has the field end.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ManageSessions))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = AdminPaths.SessionsRoute)]
            HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async moderator =>
            {
                if (!HttpMethods.IsPost(request.Method))
                {
                    return await pages.ShowAsync(moderator, confirmation: null, cancellationToken);
                }

                var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
                var ended = form["end"].ToString();
                await signIn.EndOtherAsync(moderator, ended, cancellationToken);
                if (ended != moderator.Session)
                {
                    return await pages.ShowAsync(moderator, "admin.session-ended", cancellationToken);
                }

                AdminAuthentication.DeleteCookie(request.HttpContext.Response);
                return new SeeOther(AdminPaths.Home);
            },
            cancellationToken
        );
}
