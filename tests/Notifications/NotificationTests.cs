using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NotificationTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Held-1")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("../a")]
    [InlineData("é")]
    public void An_id_has_lower_case_letters_digits_and_hyphens_only(string id)
    {
        Assert.False(Notification.IsId(id));
        Assert.Throws<ArgumentException>(() => NotificationSamples.Create(id));
    }

    [Fact]
    public void An_id_has_at_most_120_characters()
    {
        Assert.True(Notification.IsId(new string('a', 120)));
        Assert.False(Notification.IsId(new string('a', 121)));
    }

    [Fact]
    public void A_subject_is_one_line_of_at_most_200_characters()
    {
        var notification = NotificationSamples.Create(
            subject: "Hello\r\nBcc: all@example.com\0" + new string('x', 300)
        );

        Assert.StartsWith("Hello Bcc: all@example.com xxx", notification.Subject, StringComparison.Ordinal);
        Assert.Equal(200, notification.Subject.Length);
    }

    [Fact]
    public void A_text_that_is_too_long_is_refused_rather_than_cut_because_its_links_are_at_the_end()
    {
        Assert.Equal(20_000, NotificationSamples.Create(text: new string('x', 20_000)).Text.Length);
        Assert.Throws<ArgumentException>(() => NotificationSamples.Create(text: new string('x', 20_001)));
    }

    [Fact]
    public void A_notification_has_1_to_20_recipients()
    {
        Assert.Throws<ArgumentException>(() => new Notification("a", "s", "t", [], NotificationSamples.Noon));
        Assert.Throws<ArgumentException>(() =>
            new Notification(
                "a",
                "s",
                "t",
                [.. Enumerable.Repeat(new Person("Ann", "ann@example.com"), 21)],
                NotificationSamples.Noon
            )
        );
    }

    [Fact]
    public void LastProblem_is_one_line_of_at_most_500_characters()
    {
        var notification = NotificationSamples.Create() with
        {
            LastProblem = "550 no\r\nsuch user " + new string('x', 600),
        };

        Assert.StartsWith("550 no such user xxx", notification.LastProblem, StringComparison.Ordinal);
        Assert.Equal(500, notification.LastProblem!.Length);
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 60)]
    [InlineData(7, 1920)]
    [InlineData(8, 3600)]
    [InlineData(100, 3600)]
    public void The_backoff_starts_at_30_s_and_doubles_up_to_1_h(int attempts, int seconds) =>
        Assert.Equal(
            TimeSpan.FromSeconds(seconds),
            (NotificationSamples.Create() with { Attempts = attempts }).Backoff
        );
}
