using ServerlessBlog.Letters;
using ServerlessBlog.Letters.Mailings;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Admin.Mail;

/// <summary>Renders the page about the mail that the blog sends.</summary>
public sealed class MailPageRenderer(
    RecipientTable recipients,
    MailingTable mailings,
    NotificationTable notifications,
    PostTable posts,
    AdminPageResults results,
    BlogSettings settings
)
{
    /// <summary>Maximum number of recipients on a page.</summary>
    public const int PageSize = 50;

    private const int MaxMailings = 10;
    private const int MaxUnsent = 30;

    /// <summary>The page.</summary>
    /// <param name="after">Id of the last recipient of the page before; empty for the first page.</param>
    /// <param name="message">What was just done.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> ShowAsync(string after, MailMessage message, CancellationToken cancellationToken)
    {
        var texts = await results.TextsAsync(cancellationToken);
        var page = await recipients
            .ReadAsync(Recipient.IsId(after) ? after : "", cancellationToken)
            .Take(PageSize + 1)
            .Select(read => read.Value)
            .ToListAsync(cancellationToken);
        var shown = page.Take(PageSize).ToList();
        var sent = await ReadMailingsAsync(texts, cancellationToken);
        var unsent = await ReadUnsentAsync(texts, cancellationToken);
        return await results.PageAsync(
            site =>
                MailPage.Create(
                    new MailView
                    {
                        Site = site,
                        Confirmation = message.Confirmation,
                        Problem = message.Problem,
                        Mailings = sent,
                        Unsent = unsent,
                        Recipients = [.. shown.Select(recipient => ViewOf(recipient, texts))],
                        NextAddress = page.Count > PageSize ? $"{AdminPaths.Mail}?after={shown[^1].Id}" : null,
                    }
                ),
            cancellationToken,
            message.Problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
        );
    }

    /// <summary>State of a recipient, in words.</summary>
    internal static IReadOnlyList<string> BadgesOf(Recipient recipient, SiteTexts texts) =>
        [
            texts[
                recipient is { Confirmed: null, LastRefusal: not null } ? "mailbox.bounced"
                : recipient.Confirmed is null ? "mailbox.unconfirmed"
                : recipient.IsImported ? "mailbox.imported"
                : "mailbox.confirmed"
            ],
            .. recipient.Posts is { } posts ? WordsOf(posts, texts) : [],
        ];

    private static IEnumerable<string> WordsOf(PostSubscription posts, SiteTexts texts) =>
        [texts[posts.IsWeekly ? "letters.weekly" : "letters.each"], .. posts.Tags.Select(tag => "#" + tag)];

    private async Task<IReadOnlyList<MailingView>> ReadMailingsAsync(
        SiteTexts texts,
        CancellationToken cancellationToken
    )
    {
        var all = await mailings.ReadAsync(cancellationToken).ToListAsync(cancellationToken);
        return await Task.WhenAll(
            all.OrderByDescending(mailing => mailing.Created)
                .Take(MaxMailings)
                .Select(mailing => ViewOfAsync(mailing, texts, cancellationToken))
        );
    }

    private async Task<MailingView> ViewOfAsync(Mailing mailing, SiteTexts texts, CancellationToken cancellationToken)
    {
        var created = settings.ToLocalTime(mailing.Created);
        var post = mailing.Post is { } id ? (await posts.FindAsync(id, cancellationToken))?.Value : null;
        var key = mailing.State switch
        {
            MailingState.Done => "mailbox.mailing-done",
            MailingState.Cancelled => "mailbox.mailing-cancelled",
            MailingState.Failed => "mailbox.mailing-failed",
            _ => "mailbox.mailing-waiting",
        };
        return new MailingView(
            post?.Metadata.Title
                ?? (mailing.Post is null ? texts.Format("mailbox.week", ("date", texts.Day(created))) : mailing.Key),
            created,
            texts.Format(key, ("sent", Number(mailing.Sent)), ("refused", Number(mailing.Refused))),
            mailing.IsSettled && mailing.State != MailingState.Failed ? null : mailing.LastProblem
        );
    }

    private async Task<IReadOnlyList<UnsentView>> ReadUnsentAsync(SiteTexts texts, CancellationToken cancellationToken)
    {
        var ids = await notifications.ReadUnsentAsync(cancellationToken).Take(MaxUnsent).ToListAsync(cancellationToken);
        var waiting = await Task.WhenAll(ids.Select(unsent => notifications.FindAsync(unsent.Id, cancellationToken)));
        var failed = await notifications.ReadFailedAsync(MaxUnsent, cancellationToken);
        return
        [
            .. waiting
                .OfType<Versioned<Notification>>()
                .Select(read => read.Value)
                .Where(notification => !notification.IsSettled)
                .Concat(failed)
                .Select(notification => ViewOf(notification, texts)),
        ];
    }

    private UnsentView ViewOf(Notification notification, SiteTexts texts) =>
        new(
            notification.Subject,
            string.Join(", ", notification.To.Select(person => person.Mail.Length > 0 ? person.Mail : person.Name)),
            settings.ToLocalTime(notification.Created),
            texts.Format(
                notification.State == NotificationState.Failed ? "mailbox.given-up" : "mailbox.tried-again",
                ("count", Number(notification.Attempts))
            ),
            notification.LastProblem
        );

    private RecipientView ViewOf(Recipient recipient, SiteTexts texts) =>
        new(recipient.Mail, settings.ToLocalTime(recipient.Created), BadgesOf(recipient, texts));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the page about mail says of the last request.</summary>
/// <param name="Confirmation">Sentences about what was done.</param>
/// <param name="Problem">Why nothing was done; null for no problem.</param>
public sealed record MailMessage(IReadOnlyList<string> Confirmation, string? Problem = null)
{
    /// <summary>Nothing.</summary>
    public static MailMessage None { get; } = new([]);
}
