using System.Net;
using ServerlessBlog.Admin.SignIn;

namespace ServerlessBlog.Admin;

/// <summary>
/// Authorizes every request to the admin area: the moderator must be signed in, and a POST must come from a page of
/// this blog.
/// </summary>
public sealed class AdminAuthentication(AdminSignIn signIn, AdminPageResults results, BlogSettings settings)
{
    /// <summary>
    /// Name of the session cookie. Browsers accept the prefix <c>__Secure-</c> only over HTTPS (RFC 6265bis, 4.1.3.1)
    /// and from localhost.
    /// </summary>
    public const string Cookie = "__Secure-desk";

    private static CookieOptions Attributes =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = AdminPaths.Home,
        };

    /// <summary>
    /// Runs <paramref name="act"/> for a signed-in moderator. Otherwise returns 403 and runs nothing: with the sign-in
    /// form, or with an error page when the form came from another site.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="act">The work of the function.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> AuthorizeAsync(
        HttpRequest request,
        Func<SignedInModerator, Task<IResult>> act,
        CancellationToken cancellationToken
    )
    {
        if (!IsSameOrigin(request))
        {
            return await results.CrossOriginAsync(cancellationToken);
        }

        return await FindModeratorAsync(request, cancellationToken) is { } moderator
            ? await act(moderator)
            : await results.SignInAsync(StatusCodes.Status403Forbidden, cancellationToken);
    }

    /// <summary>Finds the moderator of the session cookie. Null when the browser is not signed in.</summary>
    public Task<SignedInModerator?> FindModeratorAsync(HttpRequest request, CancellationToken cancellationToken) =>
        signIn.FindAsync(request.Cookies[Cookie], cancellationToken);

    /// <summary>
    /// True for GET and HEAD, and for a POST from a page of this blog. The header Origin, which a page cannot choose
    /// (Fetch Standard, 3.2), must be the blog's base address or, when the request was sent to a loopback host, that
    /// host. A POST without Origin or with <c>null</c> is refused.
    /// </summary>
    public bool IsSameOrigin(HttpRequest request) =>
        !HttpMethods.IsPost(request.Method)
        || (
            request.Headers.Origin is [{ } origin]
            && (
                origin == Origin.FromUri(new Uri(settings.BaseUrl))
                || (IsLoopback(request.Host.Host) && origin == $"{request.Scheme}://{request.Host}")
            )
        );

    /// <summary>Sets the session cookie, which browsers send to the admin area of this blog only.</summary>
    /// <param name="response">The response.</param>
    /// <param name="value">Signed session, from <see cref="AdminSignIn"/>.</param>
    public static void SetCookie(HttpResponse response, string value)
    {
        var attributes = Attributes;
        attributes.MaxAge = AdminSession.Lifetime;
        response.Cookies.Append(Cookie, value, attributes);
    }

    /// <summary>Deletes the session cookie. The session in storage is not changed.</summary>
    public static void DeleteCookie(HttpResponse response) => response.Cookies.Delete(Cookie, Attributes);

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
