using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NotificationMailTests
{
    [Fact]
    public async Task The_same_notification_is_the_same_mail_byte_for_byte()
    {
        Assert.Equal(await BytesAsync(NotificationSamples.Create()), await BytesAsync(NotificationSamples.Create()));
    }

    [Theory]
    [InlineData("https://blog.example:8443", "held-1-2@blog.example")]
    [InlineData("http://localhost:5000", "held-1-2@localhost")]
    [InlineData("https://bücher.example", "held-1-2@xn--bcher-kva.example")]
    [InlineData("http://127.0.0.1:5000", "held-1-2@127.0.0.1")]
    [InlineData("http://[::1]:5000", "held-1-2@[::1]")]
    public void The_Message_ID_is_the_notification_id_at_the_blogs_host(string baseUrl, string expected)
    {
        using var mail = new NotificationMail(NotificationSamples.Settings() with { BaseUrl = baseUrl }).Write(
            NotificationSamples.Create()
        );

        Assert.Equal(expected, mail.MessageId);
    }

    [Fact]
    public void A_blog_without_authors_still_has_a_sender()
    {
        using var mail = new NotificationMail(NotificationSamples.Settings() with { Authors = [] }).Write(
            NotificationSamples.Create()
        );

        Assert.Equal("noreply@blog.example", mail.From.Mailboxes.Single().Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a b@c@d")]
    [InlineData("<ann@blog.example>, <bob@blog.example>")]
    public void An_invalid_mail_address_is_a_NotifierException(string mail)
    {
        var notification = NotificationSamples.Create(to: new Person("X", mail));

        Assert.Throws<NotifierException>(() =>
            new NotificationMail(NotificationSamples.Settings()).Write(notification)
        );
    }

    private static async Task<byte[]> BytesAsync(Notification notification)
    {
        using var mail = new NotificationMail(NotificationSamples.Settings()).Write(notification);
        using var bytes = new MemoryStream();
        await mail.WriteToAsync(bytes);
        return bytes.ToArray();
    }
}
