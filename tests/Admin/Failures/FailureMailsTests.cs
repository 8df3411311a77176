using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Failures;

/// <summary>Mails to the authors about what only a person can mend.</summary>
[Trait("Category", "Slow")]
public sealed class FailureMailsTests
{
    [Fact]
    public async Task A_message_that_failed_too_often_is_mailed_once_with_its_problem_and_what_to_do()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.Get<FailureTable>().AddAsync("uploads", "lost.md", "Try 5: the reason.", CancellationToken.None);
        await PutAsideAsync(blog, "uploads", "lost.md");

        await RunAsync(blog);
        await RunAsync(blog);
        await PutAsideAsync(blog, "uploads", "behind-it.md");
        await RunAsync(blog);

        var mail = Assert.Single(await blog.MailsAsync());
        Assert.Equal("[Test blog] Something needs you", mail.Subject);
        Assert.Equal("ada@blog.test", mail.To.Mailboxes.First().Address);
        Assert.Contains("in the queue “uploads” failed five times", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Try 5: the reason.", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("http://blog.test/moderate/failures/all", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_failure_after_all_were_tried_again_is_mailed_too()
    {
        await using var blog = await TestBlog.StartAsync();
        await PutAsideAsync(blog, "uploads", "first.md");
        await RunAsync(blog);
        await blog.Get<PoisonQueues>().RetryAsync("uploads", CancellationToken.None);

        await RunAsync(blog);
        await PutAsideAsync(blog, "uploads", "second.md");
        await RunAsync(blog);

        Assert.Equal(2, (await blog.MailsAsync(atLeast: 2)).Count);
    }

    [Fact]
    public async Task Unsent_mails_are_told_of_once_a_day_and_the_mail_about_them_does_not_count()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock);
        var late = new Notification("held-1", "S", "T", [new Person("Ann", "ann@example.com")], clock.GetUtcNow()) with
        {
            NotBefore = clock.GetUtcNow().AddDays(2),
            LastProblem = "mail.example:587: no answer",
        };
        await blog.Get<NotificationTable>().AddAsync(late, CancellationToken.None);
        var today = $"failure-late-{clock.GetUtcNow().AddMinutes(61):yyyyMMdd}";

        await RunAsync(blog);
        Assert.Null(await blog.Get<NotificationTable>().FindAsync(today, CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(61));
        await RunAsync(blog);
        await RunAsync(blog);

        var mail = Assert.Single(await blog.MailsAsync());
        Assert.Contains("1 mail has been unsent for more than an hour", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("mail.example:587: no answer", mail.TextBody, StringComparison.Ordinal);
    }

    private static Task RunAsync(TestBlog blog) => blog.Get<FailureMails>().RunAsync(CancellationToken.None);

    private static Task PutAsideAsync(TestBlog blog, string queue, string message) =>
        blog.Get<BlogStorage>().Queue(StorageNames.PoisonQueueOf(queue)).SendMessageAsync(message);
}
