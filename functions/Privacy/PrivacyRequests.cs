using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Privacy;

/// <summary>
/// Takes questions what is kept about an address, mails the link that answers them, and forgets them after a day.
/// </summary>
public sealed class PrivacyRequests(
    PrivacyRequestTable requests,
    NotificationOutbox outbox,
    SiteTextsProvider words,
    BlogSettings settings,
    TimeProvider clock
) : IDailyTask
{
    /// <summary>The first segment of the paths of the statement and of the answers.</summary>
    public const string Segment = "privacy";

    /// <summary>The minimum time between two mails to one address: 1 h.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromHours(1);

    private readonly Signature _signature = new(settings, Segment);

    /// <summary>Mails the link, unless one went to the address within the hour.</summary>
    public async Task AddAsync(string mail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await foreach (var other in requests.ReadAsync(cancellationToken))
        {
            if (
                now - other.Created < AskAgainAfter
                && string.Equals(other.Mail, mail, StringComparison.OrdinalIgnoreCase)
            )
            {
                return;
            }
        }

        var request = new PrivacyRequest(Guid.CreateVersion7(now).ToString("N"), mail, now);
        await requests.AddAsync(request, cancellationToken);
        var texts = await words.CurrentAsync(cancellationToken);
        var text = $"""
            {texts.Format("letter.privacy", ("blog", settings.Title))}
            {settings.BaseUrl}/{Segment}

            {texts["letter.privacy-page"]}
            {AddressOf(request)}

            {texts["letter.privacy-not"]}

            """.ReplaceLineEndings("\n");
        var subject = texts.Format("letter.privacy-subject", ("blog", settings.Title));
        await outbox.AddAsync(
            new Notification($"privacy-{request.Id}", subject, text, [new Person("", mail)], now),
            cancellationToken
        );
    }

    /// <summary>
    /// Finds the request of a token from outside. Null when it was not signed here, was changed, has expired or was
    /// answered by erasing.
    /// </summary>
    public async Task<PrivacyRequest?> FindAsync(string? token, CancellationToken cancellationToken) =>
        _signature.TryRead(token, clock.GetUtcNow(), out var parts, out _) && parts is [var id]
            ? await requests.FindAsync(id, cancellationToken)
            : null;

    /// <summary>Deletes a request that is answered, with its mail.</summary>
    public async Task EndAsync(PrivacyRequest request, CancellationToken cancellationToken)
    {
        await outbox.DeleteAsync($"privacy-{request.Id}", cancellationToken);
        await requests.DeleteAsync(request.Id, cancellationToken);
    }

    /// <summary>Deletes the requests whose links have expired.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var request in requests.ReadAsync(cancellationToken))
        {
            if (clock.GetUtcNow() - request.Created > PrivacyRequest.Lifetime)
            {
                await EndAsync(request, cancellationToken);
            }
        }
    }

    /// <summary>The absolute address of the page that answers a request.</summary>
    internal string AddressOf(PrivacyRequest request) =>
        $"{settings.BaseUrl}/{Segment}/{_signature.Sign(request.Id, request.Created + PrivacyRequest.Lifetime)}";
}
