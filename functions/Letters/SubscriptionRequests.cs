using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Letters;

/// <summary>
/// Takes what somebody entered into the form for new posts by mail. Nothing is sent to the address but one letter with
/// a link to confirm it, at most one a day.
/// </summary>
public sealed class SubscriptionRequests(
    RecipientTable recipients,
    LetterLinks links,
    NotificationOutbox outbox,
    SiteTextsProvider words,
    BlogSettings settings,
    TimeProvider clock
)
{
    /// <summary>The minimum time between two letters that ask the same person to confirm: 1 day.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(1);

    /// <summary>
    /// Notes what is wanted and sends the letter that asks to confirm it. Does the same, as far as the caller can see,
    /// for every address, so that nobody learns who is on the list.
    /// </summary>
    /// <param name="mail">The address.</param>
    /// <param name="wanted">What is wanted.</param>
    /// <param name="cancellationToken">Stops the work; it can be done again.</param>
    public async Task AddAsync(string mail, PostSubscription wanted, CancellationToken cancellationToken)
    {
        if (await recipients.GetOrAddAsync(mail, cancellationToken) is not { Value: var recipient })
        {
            return;
        }

        var now = clock.GetUtcNow();
        if (now - recipient.Asked < AskAgainAfter)
        {
            await recipients.ChangeAsync(recipient.Id, read => read with { Wanted = wanted }, cancellationToken);
            return;
        }

        var texts = await words.CurrentAsync(cancellationToken);
        await outbox.AddAsync(WriteRequest(recipient, now, texts), cancellationToken);
        await recipients.ChangeAsync(
            recipient.Id,
            read => read with { Wanted = wanted, Asked = now, TimesAsked = recipient.TimesAsked + 1 },
            cancellationToken
        );
    }

    private Notification WriteRequest(Recipient recipient, DateTimeOffset now, SiteTexts texts)
    {
        var page = links.AddressOf(recipient, LetterScope.NewPosts, now);
        var text = $"""
            {texts.Format("letter.confirm-posts", ("blog", settings.Title))}
            {settings.BaseUrl}/

            {texts["letter.confirm"]}
            {page}

            {texts["letter.confirm-not"]}

            """.ReplaceLineEndings("\n");
        return new Notification(
            string.Create(CultureInfo.InvariantCulture, $"confirm-{recipient.Id}-{recipient.TimesAsked + 1}"),
            texts.Format("letter.confirm-posts-subject", ("blog", settings.Title)),
            text,
            [new Person("", recipient.Mail)],
            now
        )
        {
            Unsubscribe = page,
        };
    }
}
