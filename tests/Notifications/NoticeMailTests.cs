using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Notifications;

public sealed class NoticeMailTests
{
    [Fact]
    public async Task The_same_notice_is_the_same_mail_byte_for_byte()
    {
        Assert.Equal(await BytesAsync(Samples.Notice()), await BytesAsync(Samples.Notice()));
    }

    [Theory]
    [InlineData("https://blog.example:8443", "held-1-2@blog.example")]
    [InlineData("http://localhost:5000", "held-1-2@localhost")]
    [InlineData("https://bücher.example", "held-1-2@xn--bcher-kva.example")]
    [InlineData("http://127.0.0.1:5000", "held-1-2@127.0.0.1")]
    [InlineData("http://[::1]:5000", "held-1-2@[::1]")]
    public void The_message_id_is_the_notice_at_the_blogs_host(string baseUrl, string expected)
    {
        using var mail = new NoticeMail(Samples.Settings() with { BaseUrl = baseUrl }).Write(Samples.Notice());

        Assert.Equal(expected, mail.MessageId);
    }

    [Fact]
    public void A_blog_without_authors_still_has_a_sender()
    {
        using var mail = new NoticeMail(Samples.Settings() with { Authors = [] }).Write(Samples.Notice());

        Assert.Equal("noreply@blog.example", mail.From.Mailboxes.Single().Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("a b@c@d")]
    [InlineData("<ann@blog.example>, <bob@blog.example>")]
    public void An_address_that_is_none_is_a_problem(string mail)
    {
        var notice = Samples.Notice(to: new Person("X", mail));

        Assert.Throws<NotifierException>(() => new NoticeMail(Samples.Settings()).Write(notice));
    }

    private static async Task<byte[]> BytesAsync(Notice notice)
    {
        using var mail = new NoticeMail(Samples.Settings()).Write(notice);
        using var bytes = new MemoryStream();
        await mail.WriteToAsync(bytes);
        return bytes.ToArray();
    }
}
