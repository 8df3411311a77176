using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Admin.SignIn;

/// <summary>Sends an author who asked for it a link to sign in, a few an hour. Anybody else's wish ends here.</summary>
public sealed partial class SendSignInLink(
    Moderators moderators,
    SignInTable table,
    SignInNotification notice,
    NotificationOutbox outbox,
    TimeProvider clock,
    ILogger<SendSignInLink> logger
)
{
    /// <param name="message">The wish, as JSON.</param>
    /// <param name="cancellationToken">Stops the work; the message comes again.</param>
    /// <exception cref="InvalidDataException">Not a wish.</exception>
    [Function(nameof(SendSignInLink))]
    public async Task RunAsync(
        [QueueTrigger(StorageNames.SignInQueue, Connection = StorageNames.Connection)] string message,
        CancellationToken cancellationToken
    )
    {
        var request = Read(message);
        var link = moderators.WithMail(request.Mail) is { } author
            ? new SignInLink(author, request.Id, request.Asked + SignInLink.Lifetime)
            : null;
        if (link is null || link.Until <= clock.GetUtcNow())
        {
            return;
        }

        if (!await table.CountAsync(Moderators.IdOf(link.Author), request, cancellationToken))
        {
            LogTooMany(SignInTable.MaxLinks);
            return;
        }

        await outbox.AddAsync(notice.Create(link), cancellationToken);
    }

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
