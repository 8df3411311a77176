using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed class MailFolderTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"serverlessblog-mail-{Guid.NewGuid():N}");

    [Fact]
    public async Task Without_a_server_the_mail_is_a_file_named_after_the_notification()
    {
        await Notifier()
            .SendAsync(NotificationSamples.Create("held-1-2", "Grüße", "Ein Gruß.\n\nhttps://blog.example/x"), default);

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Equal("held-1-2.eml", Path.GetFileName(file));
        using var mail = await MimeMessage.LoadAsync(file);
        Assert.Equal(("Grüße", "held-1-2@blog.example"), (mail.Subject, mail.MessageId));
        Assert.Equal("Ein Gruß.\n\nhttps://blog.example/x", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
        Assert.All(await File.ReadAllBytesAsync(file), octet => Assert.InRange(octet, 0, 127));
    }

    [Fact]
    public async Task A_mail_written_twice_is_one_file_with_the_same_bytes()
    {
        await Notifier().SendAsync(NotificationSamples.Create(), default);
        var first = await File.ReadAllBytesAsync(Directory.GetFiles(_folder).Single());

        await Notifier().SendAsync(NotificationSamples.Create(), default);

        Assert.Equal(first, await File.ReadAllBytesAsync(Directory.GetFiles(_folder).Single()));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_a_NotifierException()
    {
        await File.WriteAllTextAsync(_folder, "in the way");

        await Assert.ThrowsAsync<NotifierException>(() => Notifier().SendAsync(NotificationSamples.Create(), default));
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
            return;
        }

        File.Delete(_folder);
    }

    private INotifier Notifier() =>
        NotifierFactory.For(
            NotificationSamples.Settings(folder: _folder),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );
}
