using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>POST /moderate/passkey/sign-in: signs in with a passkey, which the script of the form has asked.</summary>
public sealed class SignInWithPasskey(
    PasskeySignIn passkeys,
    AdminAuthentication authentication,
    AdminPageResults results
)
{
    /// <summary>Maximum size of a form with the response of an authenticator.</summary>
    public const int MaxFormBytes = 16 * 1024;

    /// <param name="request">The request; the fields are those of <see cref="PasskeyResponse.TryRead"/>.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(SignInWithPasskey))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = AdminPaths.PasskeyRoute)] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!authentication.IsSameOrigin(request))
        {
            return await results.CrossOriginAsync(cancellationToken);
        }

        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var cookie = await passkeys.SignInAsync(
            PasskeyResponse.TryRead(name => form[name].ToString()),
            request.Headers.Origin.ToString(),
            request.Headers.UserAgent.ToString(),
            cancellationToken
        );
        if (cookie is null)
        {
            var texts = await results.TextsAsync(cancellationToken);
            return await results.MessageAsync(
                StatusCodes.Status403Forbidden,
                texts["admin.passkey"],
                texts["admin.passkey-failed"],
                cancellationToken
            );
        }

        AdminAuthentication.SetCookie(request.HttpContext.Response, cookie);
        return new SeeOther(AdminPaths.Home);
    }
}
