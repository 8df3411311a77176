using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// GET /moderate/sessions/all: where the moderator is signed in, and with which passkeys. POST ends the session of the
/// field <c>end</c>, removes the passkey of the field <c>remove</c>, or adds the one in
/// <see cref="PasskeyResponse.Fields"/>.
/// </summary>
public sealed class ManageSessions(
    AdminAuthentication authentication,
    AdminSignIn signIn,
    PasskeySignIn passkeys,
    SessionsPageRenderer pages
)
{
    /// <param name="request">The request.</param>
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

                var form = await FormReader.ReadAsync(request, SignInWithPasskey.MaxFormBytes, cancellationToken);
                if (form["end"] == moderator.Session)
                {
                    await signIn.EndAsync(moderator, everywhere: false, cancellationToken);
                    AdminAuthentication.DeleteCookie(request.HttpContext.Response);
                    return new SeeOther(AdminPaths.Home);
                }

                var outcome = await ChangeAsync(moderator, request, form, cancellationToken);
                return await pages.ShowAsync(moderator, outcome, cancellationToken);
            },
            cancellationToken
        );

    /// <summary>Does what the form asks for. Returns the key of the sentence about it.</summary>
    private async Task<string> ChangeAsync(
        SignedInModerator moderator,
        HttpRequest request,
        IFormCollection form,
        CancellationToken cancellationToken
    )
    {
        if (form["end"] is [{ } session])
        {
            await signIn.EndOtherAsync(moderator, session, cancellationToken);
            return "admin.session-ended";
        }

        if (form["remove"] is [{ } passkey])
        {
            await passkeys.RemoveAsync(moderator, passkey, cancellationToken);
            return "admin.passkey-removed";
        }

        return await passkeys.AddAsync(
            moderator,
            PasskeyResponse.TryRead(name => form[name].ToString()),
            request.Headers.Origin.ToString(),
            request.Headers.UserAgent.ToString(),
            cancellationToken
        )
            ? "admin.passkey-added"
            : "admin.passkey-failed";
    }
}
