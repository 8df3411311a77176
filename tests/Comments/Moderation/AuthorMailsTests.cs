using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Letters;

namespace ServerlessBlog.Tests.Comments.Moderation;

/// <summary>When and how the authors are told of comments.</summary>
public sealed class AuthorMailsTests
{
    private readonly string _author = $"ada-{Guid.NewGuid():N}@blog.test";

    [Fact]
    public async Task The_first_comment_is_mailed_at_once_and_those_of_the_pause_together()
    {
        await using var fixture = await StartAsync("held", isHeld: true);
        await fixture.WriteAsync("Grace", "The first.");
        var first = await WaitAsync(fixture, "A comment waits on \"A talk\"");
        Assert.Contains("> The first.\n", first.Text, StringComparison.Ordinal);

        await fixture.WriteAsync("Linus", "See https://evil.example/ there.");
        await fixture.WriteAsync("Ken", "The third.");
        await EndPauseAsync(fixture, waiting: 2);
        await EndPauseAsync(fixture, waiting: 0); // comes again: nothing is left to tell
        var together = await WaitAsync(fixture, "2 comments");

        Assert.Contains("Linus (", together.Text, StringComparison.Ordinal);
        Assert.Contains("> See https[:]//evil[.]example/ there.\n", together.Text, StringComparison.Ordinal);
        Assert.Contains("> The third.\n", together.Text, StringComparison.Ordinal);
        Assert.Equal(3, together.Text.Split("http://blog.test/moderate").Length - 1);
        Assert.Equal(2, (await MailsAsync(fixture)).Count);
    }

    [Fact]
    public async Task One_comment_of_the_pause_has_a_mail_of_its_own_and_one_that_is_settled_has_none()
    {
        await using var fixture = await StartAsync("held", isHeld: true);
        await fixture.WriteAsync("Grace", "The first.");
        await WaitAsync(fixture, "A comment waits");
        var settled = await fixture.WriteAsync("Linus", "Settled meanwhile.");
        await fixture.WriteAsync("Ken", "The third.");
        await fixture
            .Blog.Get<CommentModeration>()
            .DecideAsync(settled.Key, CommentState.Spam, "by a test", CancellationToken.None);

        await EndPauseAsync(fixture, waiting: 2);

        await TestBlog.WaitUntilAsync(() => MailsAsync(fixture), mails => mails.Count == 2, "two mails");
        Assert.DoesNotContain(await MailsAsync(fixture), mail =>
            mail.Text.Contains("Settled meanwhile.", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("all", true)]
    [InlineData("held", false)]
    [InlineData("none", false)]
    public async Task The_setting_says_whether_approved_comments_are_mailed(string mail, bool isMailed)
    {
        await using var fixture = await StartAsync(mail, isHeld: false);

        var comment = await fixture.WriteAsync("Grace", "Approved at once.");

        Assert.Equal(CommentState.Approved, comment.State);
        if (isMailed)
        {
            await WaitAsync(fixture, "A new comment on \"A talk\"");
        }

        Assert.Equal(isMailed ? 1 : 0, (await MailsAsync(fixture)).Count);
    }

    private Task<LetterFixture> StartAsync(string mail, bool isHeld) =>
        LetterFixture.StartAsync(
            new()
            {
                ["Blog:Authors"] = $"Ada <{_author}>",
                ["Blog:Comments:Moderation"] = isHeld ? "true" : "false",
                ["Blog:Comments:Mail"] = mail,
                ["Blog:Comments:MailMinutes"] = "10",
            }
        );

    private async Task<ReceivedMail> WaitAsync(LetterFixture fixture, string subject) =>
        await fixture.Mails.WaitForAsync(mail =>
            mail.To.Contains(_author) && mail.Subject.Contains(subject, StringComparison.Ordinal)
        );

    private async Task<IReadOnlyList<ReceivedMail>> MailsAsync(LetterFixture fixture) =>
        [.. (await fixture.Mails.MailsAsync()).Where(mail => mail.To.Contains(_author))];

    /// <summary>
    /// Waits until so many comments wait, ends the pause after the last mail, and does what the message for its end
    /// does.
    /// </summary>
    private static async Task EndPauseAsync(LetterFixture fixture, int waiting)
    {
        var table = fixture.Blog.Get<AuthorMailTable>();
        await TestBlog.WaitUntilAsync(
            () => table.ReadAsync(CancellationToken.None),
            keys => keys.Count == waiting,
            $"{waiting} comments wait"
        );
        var window = await table.FindWindowAsync(CancellationToken.None);
        await table.OpenWindowAsync(DateTimeOffset.UtcNow.AddSeconds(-1), window!.Version, CancellationToken.None);
        await fixture.Blog.Get<AuthorMails>().TryHandleAsync(AuthorMails.Message, CancellationToken.None);
    }
}
