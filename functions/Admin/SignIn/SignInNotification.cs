using ServerlessBlog.Notifications;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Creates the mail with a sign-in link.</summary>
public sealed class SignInNotification(BlogSettings settings, SignInLinkSigner links)
{
    /// <summary>Creates the notification for a link; its id is that of the link.</summary>
    /// <param name="link">The link.</param>
    /// <param name="texts">The texts of the blog.</param>
    public Notification Create(SignInLink link, SiteTexts texts) =>
        new(
            $"sign-in-{link.Id}",
            texts.Format("mail.sign-in-subject", ("blog", settings.Title)),
            Text(link, texts),
            [link.Author],
            link.Until - SignInLink.Lifetime
        );

    private string Text(SignInLink link, SiteTexts texts) =>
        $"""
            {texts.Format("mail.sign-in", ("blog", settings.BaseUrl))}

            {links.AddressOf(link)}

            {texts.Format("mail.sign-in-until", ("time", texts.Time(settings.ToLocalTime(link.Until))))}

            """.ReplaceLineEndings("\n");
}
