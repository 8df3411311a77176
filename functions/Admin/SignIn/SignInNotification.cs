using ServerlessBlog.Notifications;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Creates the mail with a sign-in link.</summary>
public sealed class SignInNotification(BlogSettings settings, SignInLinkSigner links)
{
    /// <summary>
    /// Creates the notification for a link. The same link gives the same notification, with the same id.
    /// </summary>
    public Notification Create(SignInLink link) =>
        new(
            $"sign-in-{link.Id}",
            $"[{settings.Title}] Sign in to moderate",
            Text(link),
            [link.Author],
            link.Until - SignInLink.Lifetime
        );

    private string Text(SignInLink link) =>
        $"""
            Somebody, you if all is well, asked to sign in to moderate {settings.BaseUrl}. This does it:

            {links.AddressOf(link)}

            It opens a page with a button, works once, and until {settings.ToLocalTime(link.Until).ToString(
                "h:mm tt",
                CultureInfo.InvariantCulture
            )}. If it was not you, there is nothing to do: without this mail nobody gets in.

            """.ReplaceLineEndings(
            "\n"
        );
}
