using System.Net;
using MimeKit;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Letters.Replies;
using ServerlessBlog.Tests.Infrastructure;
using static ServerlessBlog.Tests.Letters.LetterFixture;

namespace ServerlessBlog.Tests.Letters;

/// <summary>Mails about replies, from the checkbox in the form to the end of the letters.</summary>
public sealed class ReplyLettersTests : IAsyncLifetime
{
    private LetterFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await StartAsync();

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    [Fact]
    public async Task A_writer_confirms_once_and_is_told_of_replies_to_them_only()
    {
        var question = await _fixture.WriteAsync("Grace", "A question?", wantsReplies: true);
        var request = await _fixture.WaitForAsync("Grace", "Confirm: replies from Test blog by mail");
        var page = LinkIn(request);

        Assert.Contains("Nothing is sent until you confirm it.", await _fixture.ReadTextAsync(page));
        await _fixture.WriteAsync("Linus", "Before it is confirmed.", question);
        Assert.Contains("Replies to my comments", await _fixture.SubmitAsync(page, ("act", "confirm")));

        await _fixture.WriteAsync("Grace", "I go on.", question);
        await _fixture.WriteAsync("Linus", "Another thread.");
        var answer = await _fixture.WriteAsync("Linus", "An *answer*: https://evil.example/ @all", question);
        var letter = await _fixture.WaitForAsync("Grace", "Linus replied on “A talk”");

        Assert.Equal(2, (await _fixture.MailsToAsync("Grace")).Count);
        Assert.Empty(await _fixture.MailsToAsync("Linus"));
        Assert.Contains("> An *answer*: https[:]//evil[.]example/ [at]all\n", letter.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"\nhttp://blog.test/posts/talk#comment-{answer.Number}\n",
            letter.Text,
            StringComparison.Ordinal
        );
        Assert.Contains("An *answer*: https[:]//evil[.]example/", letter.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", letter.Html, StringComparison.Ordinal);
        Assert.Equal(["http://blog.test/"], LinksOf(letter).Select(link => link[..17]).Distinct());
    }

    [Fact]
    public async Task Letters_about_a_thread_stay_together_and_end_with_one_click()
    {
        var question = await _fixture.WriteAndConfirmAsync("Grace", "A question?");
        await _fixture.WriteAsync("Linus", "First answer.", question);
        await _fixture.WriteAsync("Ken", "Second answer.", question);
        var (linus, ken) = (
            await _fixture.WaitForAsync("Grace", "Linus replied"),
            await _fixture.WaitForAsync("Grace", "Ken replied")
        );

        Assert.NotEqual(linus.MessageId, ken.MessageId);
        Assert.Equal(linus.Header("References"), ken.Header("References"));
        Assert.Equal(linus.Header("In-Reply-To"), linus.Header("References"));
        Assert.Equal("List-Unsubscribe=One-Click", linus.Header("List-Unsubscribe-Post"));
        Assert.IsType<MultipartAlternative>(linus.Message.Body);

        await _fixture.UnsubscribeAsync(linus);
        var other = await _fixture.WriteAsync("Grace", "Another question?", wantsReplies: true);
        await _fixture.WriteAsync("Linus", "Of the thread that ended.", question);
        await _fixture.WriteAsync("Bob", "Of the other one.", other);
        await _fixture.WaitForAsync("Grace", "Bob replied");

        Assert.Equal(4, (await _fixture.MailsToAsync("Grace")).Count);
    }

    [Fact]
    public async Task Whoever_follows_the_whole_thread_is_told_of_each_comment_once()
    {
        var question = await _fixture.WriteAndConfirmAsync("Grace", "A question?");
        var page = LinkIn(await _fixture.WaitForAsync("Grace", "Confirm"));
        Assert.Contains("Saved.", await _fixture.SubmitAsync(page, ("act", "save"), ("wants", "thread")));

        var answer = await _fixture.WriteAsync("Linus", "An answer.", question);
        var below = await _fixture.WriteAsync("Ken", "Below the answer.", answer);
        await _fixture.WaitForAsync("Grace", "Linus replied");
        await _fixture.WaitForAsync("Grace", "Ken replied");
        await _fixture.Blog.Get<ReplyLetters>().HandleAsync(below, CancellationToken.None);
        await _fixture.Blog.Get<ReplyLetters>().HandleAsync(answer, CancellationToken.None);

        Assert.Equal(3, (await _fixture.MailsToAsync("Grace")).Count);
    }

    [Fact]
    public async Task Who_wants_no_mail_at_all_gets_none_even_when_their_address_is_entered_again()
    {
        var question = await _fixture.WriteAndConfirmAsync("Grace", "A question?");
        var page = LinkIn(await _fixture.WaitForAsync("Grace", "Confirm"));

        Assert.Contains("You get no mail from here any more", await _fixture.SubmitAsync(page, ("act", "stop")));
        Assert.Contains("This address is on no list.", await _fixture.ReadTextAsync(page));
        await _fixture.WriteAsync("Linus", "An answer.", question);
        await _fixture.WriteAsync("Grace", "Once more?", wantsReplies: true);
        await _fixture.WriteAndConfirmAsync("Ken", "Somebody else.");

        Assert.Single(await _fixture.MailsToAsync("Grace"));
    }

    [Fact]
    public async Task Nobody_confirms_or_ends_anything_by_following_a_link_or_with_a_changed_one()
    {
        await _fixture.WriteAsync("Grace", "A question?", wantsReplies: true);
        var page = LinkIn(await _fixture.WaitForAsync("Grace", "Confirm"));

        Assert.Contains("Yes, that was me", await _fixture.ReadTextAsync($"{page}?act=confirm"));
        Assert.Contains("Yes, that was me", await _fixture.ReadTextAsync($"{page}?act=stop"));
        using var changed = await _fixture.Blog.Http.PostAsync(
            page[..^2] + (page[^2] == 'a' ? 'b' : 'a') + page[^1],
            new StringContent("")
        );
        Assert.Equal(HttpStatusCode.NotFound, changed.StatusCode);
        using var unknown = await _fixture.Blog.Http.GetAsync("/letters/abc");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private static IEnumerable<string> LinksOf(ReceivedMail letter)
    {
        using var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(letter.Html!);
        return [.. page.Links.Select(link => link.GetAttribute("href")!)];
    }
}

/// <summary>Letters on a blog where every comment waits for the moderator.</summary>
public sealed class ModeratedReplyLettersTests
{
    [Fact]
    public async Task A_reply_is_told_when_it_is_approved_and_spam_asks_nobody()
    {
        await using var fixture = await StartAsync(new() { ["Blog:Comments:Moderation"] = "true" });
        var moderation = fixture.Blog.Get<CommentModeration>();
        var spam = await fixture.WriteAsync("Mallory", "Buy!", wantsReplies: true);
        await moderation.DecideAsync(spam.Key, CommentState.Spam, "by a test", CancellationToken.None);
        var question = await ApproveAsync(fixture, await fixture.WriteAsync("Grace", "A question?", null, true));
        await fixture.SubmitAsync(LinkIn(await fixture.WaitForAsync("Grace", "Confirm")), ("act", "confirm"));
        var answer = await fixture.WriteAsync("Linus", "An answer.", question);

        Assert.Equal(CommentState.Held, answer.State);
        Assert.Single(await fixture.MailsToAsync("Grace"));
        await ApproveAsync(fixture, answer);

        await fixture.WaitForAsync("Grace", "Linus replied");
        Assert.Empty(await fixture.MailsToAsync("Mallory"));
    }

    private static async Task<Comment> ApproveAsync(LetterFixture fixture, Comment comment)
    {
        await fixture
            .Blog.Get<CommentModeration>()
            .DecideAsync(comment.Key, CommentState.Approved, "by a test", CancellationToken.None);
        return (await fixture.Blog.Get<CommentTable>().FindAsync(comment.Key, CancellationToken.None))!.Value;
    }
}
