using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin;

/// <summary>The mails about failures.</summary>
public sealed partial class AdminTextsTests
{
    /// <summary>Mails about a poison message, about one unsent mail and, without a mail, about two.</summary>
    private async Task SendFailureMailsAsync(TestBlog blog)
    {
        await blog.Get<BlogStorage>()
            .Queue(StorageNames.PoisonQueueOf(StorageNames.Queues[0]))
            .SendMessageAsync("lost");
        var created = DateTimeOffset.UtcNow.AddHours(-2);
        var late = new Notification("late-1", "S", "T", [new Person("Ann", "ann@example.com")], created);
        await blog.Get<NotificationTable>()
            .AddAsync(late with { NotBefore = created.AddDays(2) }, CancellationToken.None);
        await blog.Get<FailureMails>().RunAsync(CancellationToken.None);
        _pages["mail of two"] = (
            await blog.Get<ServerlessBlog.Posts.Theme.SiteTextsProvider>().CurrentAsync(default)
        ).Count("mail.late", 2, ("problem", "?"));
    }
}
