using Microsoft.Extensions.Logging.Abstractions;
using ServerlessBlog.Notifications;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NotifierFactoryTests
{
    [Fact]
    public async Task Without_server_and_folder_the_exception_names_the_setting()
    {
        var notifier = NotifierFactory.For(
            NotificationSamples.Settings(),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

        var problem = await Assert.ThrowsAsync<NotifierException>(() =>
            notifier.SendAsync(NotificationSamples.Create(), default)
        );

        Assert.Equal("No mail server is set: set Blog__Smtp.", problem.Message);
    }

    [Fact]
    public void The_server_takes_precedence_over_the_folder()
    {
        var notifier = NotifierFactory.For(
            NotificationSamples.Settings("smtp://mail.example", "mails"),
            TimeProvider.System,
            NullLoggerFactory.Instance
        );

        Assert.IsType<MailNotifier>(notifier);
    }
}
