using MimeKit;

namespace ServerlessBlog.Notifications;

/// <summary>
/// Writes notifications as <c>{id}.eml</c> files into a folder, for development: mail programs open them.
/// </summary>
/// <param name="settings">The blog's settings, with the sender.</param>
/// <param name="folder">The path of the folder; created when it is missing.</param>
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

    /// <summary>
    /// Writes a temporary file and renames it, so that a program that watches the folder never sees a partial mail.
    /// </summary>
    private async Task WriteAsync(MimeMessage mail, string file, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            await mail.WriteToAsync(temporary, cancellationToken);
            File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
