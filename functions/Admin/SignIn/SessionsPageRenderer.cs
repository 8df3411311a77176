using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Renders the page of the moderator's sessions.</summary>
public sealed class SessionsPageRenderer(
    AdminSignIn signIn,
    PasskeySignIn passkeys,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>The page as it is now.</summary>
    /// <param name="moderator">The moderator.</param>
    /// <param name="confirmation">Key of the sentence that confirms the last action; null for none.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> ShowAsync(
        SignedInModerator moderator,
        string? confirmation,
        CancellationToken cancellationToken
    )
    {
        var (listing, known) = (
            signIn.ListAsync(moderator, cancellationToken),
            await passkeys.ListAsync(moderator, cancellationToken)
        );
        var sessions = await listing;
        return await results.PageAsync(
            site =>
                SessionsPage.Create(
                    new SessionsView(
                        site,
                        moderator.Author.Name,
                        [.. sessions.Select(session => ViewOf(session, moderator.Session, site.Texts))],
                        new PasskeysView(
                            Moderators.ComputeId(moderator.Author),
                            moderator.Author.Mail,
                            passkeys.ChallengeFor(moderator),
                            [.. known.Select(passkey => ViewOf(passkey, site.Texts))]
                        ),
                        confirmation is null ? null : site.Texts[confirmation]
                    )
                ),
            cancellationToken
        );
    }

    private SessionView ViewOf(AdminSession session, string here, SiteTexts texts) =>
        new(
            session.Id,
            NameOf(session.UserAgent ?? "", texts),
            session.Id == here,
            settings.ToLocalTime(session.Begun),
            session.LastUsed is { } used ? settings.ToLocalTime(used) : null
        );

    private PasskeyView ViewOf(Passkey passkey, SiteTexts texts) =>
        new(
            passkey.Id,
            NameOf(passkey.UserAgent, texts),
            settings.ToLocalTime(passkey.Added),
            passkey.LastUsed is { } used ? settings.ToLocalTime(used) : null
        );

    private static string NameOf(string userAgent, SiteTexts texts) =>
        BrowserName.From(userAgent) switch
        {
            ({ } browser, { } system) => texts.Format(
                "admin.session-browser",
                ("browser", browser),
                ("system", system)
            ),
            ({ } browser, null) => browser,
            _ when userAgent.Length > 0 => userAgent,
            _ => texts["admin.session-unknown"],
        };
}
