using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>Sample settings and notifications, for tests that need no storage.</summary>
internal static class NotificationSamples
{
    public static DateTimeOffset Noon { get; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static BlogSettings Settings(string? smtp = null, string? folder = null) =>
        new(
            Title: "Ann's blog: café & co.",
            BaseUrl: "https://blog.example",
            Authors: [new Person("Ann", "ann@blog.example"), new Person("Bob", "bob@blog.example")],
            TimeZone: TimeZoneInfo.Utc,
            Permalink: "/posts/{slug}",
            FrameSources: [],
            Smtp: smtp is null ? null : new Uri(smtp),
            MailFolder: folder,
            Secret: default,
            PreviousSecret: default,
            ClientAddressHeader: "X-Forwarded-For",
            Comments: new CommentSettings(false, true, 2, 50, 5, 0, 0, 0, 0, [], [])
        );

    public static Notification Create(
        string id = "held-1-2",
        string subject = "A comment waits",
        string text = "Somebody wrote something.",
        params Person[] to
    ) => new(id, subject, text, to.Length > 0 ? to : [new Person("Ann", "ann@blog.example")], Noon);
}
