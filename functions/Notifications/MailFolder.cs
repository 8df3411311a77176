using MimeKit;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Notifications;

/// <summary>Writes notices as <c>{id}.eml</c> into a folder, for a developer's machine: mail programs open them.</summary>
/// <param name="settings">Who sends.</param>
/// <param name="folder">Made when it is missing.</param>
internal sealed class MailFolder(BlogSettings settings, string folder) : INotifier
{
    private readonly NotificationMail _mail = new(settings);

    /// <inheritdoc/>
    public async Task SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var mail = _mail.Write(notification);
        try
        {
            await WriteAsync(mail, Path.Combine(folder, notification.Id + ".eml"), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new NotifierException($"The mail could not be written: {problem.Message}", problem);
        }
    }

    /// <summary>All of it or nothing: whoever watches the folder never sees half a mail.</summary>
    private async Task WriteAsync(MimeMessage mail, string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var half = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            await mail.WriteToAsync(half, cancellationToken);
            File.Move(half, file, overwrite: true);
        }
        finally
        {
            File.Delete(half);
        }
    }
}
