using System.Globalization;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>The mail with a link to sign in.</summary>
public sealed class SignInNotification(BlogSettings settings, SignInLinkSigner links)
{
    /// <summary>The notice of a link; the same each time it is made.</summary>
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

            It opens a page with a button, works once, and until {settings.Local(link.Until).ToString(
                "h:mm tt",
                CultureInfo.InvariantCulture
            )}. If it was not you, there is nothing to do: without this mail nobody gets in.

            """.ReplaceLineEndings(
            "\n"
        );
}
