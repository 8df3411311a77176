using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>
/// Sends a sign-in link to an author who requested it, at most <see cref="SignInTable.MaxLinks"/> per hour. A request
/// with any other address is dropped, as is one whose link would have expired.
/// </summary>
public sealed partial class SendSignInLink(
    Moderators moderators,
    SignInTable table,
    SignInNotification notification,
    SiteTextsProvider words,
    NotificationOutbox outbox,
    TimeProvider clock,
    ILogger<SendSignInLink> logger
)
{
    /// <param name="message">A <see cref="SignInRequest"/> as JSON.</param>
    /// <param name="cancellationToken">Cancelled when the host stops; the message is delivered again.</param>
    /// <exception cref="InvalidDataException">The message is not a request.</exception>
    [Function(nameof(SendSignInLink))]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.SignInQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        var request = Read(message);
        var link = FindAuthor(request) is { } author
            ? new SignInLink(author, request.Id, request.Asked + SignInLink.Lifetime)
            : null;
        if (link is null || link.Until <= clock.GetUtcNow())
        {
            return;
        }

        if (!await table.TryCountAsync(Moderators.ComputeId(link.Author), request, cancellationToken))
        {
            LogTooMany(SignInTable.MaxLinks);
            return;
        }

        await outbox.AddAsync(
            notification.Create(link, await words.CurrentAsync(cancellationToken)),
            cancellationToken
        );
    }

    private Person? FindAuthor(SignInRequest request) =>
        request.Mail.Length > 0 ? moderators.FindByEmail(request.Mail) : moderators.FindByKey(request.Address);

    private static SignInRequest Read(string message)
    {
        try
        {
            return JsonSerializer.Deserialize(message, SignInJson.Default.SignInRequest)
                ?? throw new InvalidDataException("The message is not a wish to sign in.");
        }
        catch (JsonException)
        {
            throw new InvalidDataException("The message is not a wish to sign in.");
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "An author asked for more than {Most} links to sign in within an hour: no more are sent."
    )]
    private partial void LogTooMany(int most);
}
