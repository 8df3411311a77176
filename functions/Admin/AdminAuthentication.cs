using System.Net;
using ServerlessBlog.Admin.SignIn;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin;

/// <summary>Stands before the desk: lets in who is signed in, and takes a form only from a page of this blog.</summary>
public sealed class AdminAuthentication(AdminSignIn signIn, AdminPageResults results, BlogSettings settings)
{
    /// <summary>Browsers take a name that begins so only over HTTPS (RFC 6265bis, 4.1.3.1), and from this machine itself.</summary>
    public const string Cookie = "__Secure-desk";

    private static CookieOptions Attributes =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = SameSiteMode.Strict,
            Path = AdminPaths.Home,
        };

    /// <summary>Does what a visitor wants who is signed in; anybody else is asked to sign in, and nothing is done.</summary>
    public async Task<IResult> LetInAsync(
        HttpRequest request,
        Func<SignedInModerator, Task<IResult>> act,
        CancellationToken cancellationToken
    )
    {
        if (!IsFromHere(request))
        {
            return await results.NotFromHereAsync(cancellationToken);
        }

        return await WhoAsync(request, cancellationToken) is { } moderator
            ? await act(moderator)
            : await results.SignInAsync(StatusCodes.Status403Forbidden, cancellationToken);
    }

    /// <summary>Who is signed in with this browser. Null for nobody.</summary>
    public Task<SignedInModerator?> WhoAsync(HttpRequest request, CancellationToken cancellationToken) =>
        signIn.FindAsync(request.Cookies[Cookie], cancellationToken);

    /// <summary>
    /// Whether it asks for nothing but a page, or was sent by one of this blog's: its Origin, which no page can choose (Fetch, 3.2), is the blog's address or,
    /// where the blog runs on the moderator's own machine, the one it was sent to. A form without Origin, or from a page that hides it, is not.
    /// </summary>
    public bool IsFromHere(HttpRequest request) =>
        !HttpMethods.IsPost(request.Method)
        || (
            request.Headers.Origin is [{ } from]
            && (
                from == Origin.FromUri(new Uri(settings.BaseUrl))
                || (IsThisMachine(request.Host.Host) && from == $"{request.Scheme}://{request.Host}")
            )
        );

    /// <summary>Gives the browser what it is to keep, and to tell to nobody but this blog's desk.</summary>
    public static void Remember(HttpResponse response, string kept)
    {
        var attributes = Attributes;
        attributes.MaxAge = AdminSession.Lifetime;
        response.Cookies.Append(Cookie, kept, attributes);
    }

    /// <summary>Has the browser forget it.</summary>
    public static void Forget(HttpResponse response) => response.Cookies.Delete(Cookie, Attributes);

    private static bool IsThisMachine(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
