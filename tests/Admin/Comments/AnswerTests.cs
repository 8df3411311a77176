using System.Net;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

public sealed class AnswerTests(DeskBlog desk) : IClassFixture<DeskBlog>
{
    [Fact]
    public async Task An_answer_stands_below_the_comment_and_says_that_an_author_wrote_it()
    {
        var post = await desk.Blog.PublishAsync("answered");
        var question = await desk.SayAsync(post, "Is it so?");
        await desk.SayAsync(post, "I am the author, too.", name: "Ada", email: "ada@blog.test");

        var (answer, _) = await desk.WriteAsync(question, "answer", $"It **is**. {DeskBlog.Held}");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await desk.Blog.ReadUntilAsync("/posts/answered", html => html.Contains(">3 comments<", StringComparison.Ordinal));
        Assert.Single(page.Split("<span class=\"badge\">Author</span>")[1..]);
        Assert.Matches("(?s)Is it so\\?.*<ol class=\"comment-list\">.*>Ada</span>\\s*<span class=\"badge\">Author</span>.*<strong>is</strong>", page);
        Assert.DoesNotContain("ada@blog.test", page, StringComparison.Ordinal);
        var story = await desk.Visit.ReadAsync(answer.Headers.Location!.ToString());
        Assert.Contains("An author wrote it at the desk.", story, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/moderate/comment/{question.Key}\">what it answers</a>", story, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answering_a_held_comment_approves_it()
    {
        var post = await desk.Blog.PublishAsync("approved-by-answer");
        var held = await desk.SayAsync(post, $"Well? {DeskBlog.Held}");
        Assert.Equal(CommentState.Held, held.State);
        Assert.Contains("Approve and answer", await desk.Visit.ReadAsync($"/moderate/comment/{held.Key}"), StringComparison.Ordinal);

        await desk.WriteAsync(held, "answer", "Well.");

        Assert.Equal(CommentState.Approved, (await desk.FindAsync(held.Key)).State);
        Assert.Equal(["rules", "Ada at the desk"], (await desk.HistoryAsync(held.Key)).Select(entry => entry.By));
        await desk.Blog.ReadUntilAsync("/posts/approved-by-answer", html => html.Contains(">2 comments<", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_answer_sent_twice_is_one()
    {
        var post = await desk.Blog.PublishAsync("answered-twice");
        var held = await desk.SayAsync(post, $"Twice? {DeskBlog.Held}");

        var (first, _) = await desk.WriteAsync(held, "answer", "Once.");
        var (second, _) = await desk.WriteAsync(held, "answer", "Once.");

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(2, (await desk.Blog.Get<CommentTable>().TallyAsync(post, CancellationToken.None)).Shown);
    }

    [Fact]
    public async Task A_comment_that_has_changed_meanwhile_is_not_answered_and_what_was_written_stays_in_the_form()
    {
        var post = await desk.Blog.PublishAsync("changed-meanwhile");
        var seen = await desk.SayAsync(post, "As it was.");
        await desk.Blog.Get<OwnComment>().ReviseAsync(seen.Key, "As it is now.", CancellationToken.None);
        var taken = await desk.SayAsync(post, "Taken back.");
        await desk.Blog.Get<OwnComment>().WithdrawAsync(taken.Key, CancellationToken.None);

        var answers = new[] { await desk.WriteAsync(seen, "answer", "To what & whom?"), await desk.WriteAsync(taken, "answer", "To what & whom?") };

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.Answer.StatusCode));
        Assert.Contains("its writer has changed it", answers[0].Page, StringComparison.Ordinal);
        Assert.Contains("To what &amp; whom?</textarea>", answers[0].Page, StringComparison.Ordinal);
        Assert.DoesNotContain((await desk.Blog.ReadAsync("/posts/changed-meanwhile")).Split('\n'), line => line.Contains("To what", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "Write a comment.")]
    [InlineData("   ", "Write a comment.")]
    [InlineData("4,001", "This has 4,001 characters: write at most 4,000.")]
    public async Task What_cannot_be_taken_is_told_and_stays_in_the_form(string text, string problem)
    {
        text = text == "4,001" ? new string('x', 4001) : text;
        var post = await desk.Blog.PublishAsync($"refused-{text.Length}");
        var comment = await desk.SayAsync(post, "A comment.");

        var (answer, answered) = await desk.WriteAsync(comment, "answer", text);
        var (correction, corrected) = await desk.WriteAsync(comment, "correct", text);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (answer.StatusCode, correction.StatusCode));
        Assert.All([answered, corrected], page => Assert.Contains(problem, page, StringComparison.Ordinal));
        Assert.All([answered, corrected], page => Assert.Contains(text + "</textarea>", page, StringComparison.Ordinal));
        Assert.Single(await desk.HistoryAsync(comment.Key));
    }

    [Fact]
    public async Task A_form_that_says_no_comment_or_another_does_nothing()
    {
        var post = await desk.Blog.PublishAsync("whose-form");
        var (comment, other) = (await desk.SayAsync(post, "This."), await desk.SayAsync(post, "That."));

        foreach (var item in new[] { "", "x", new DeskItem(other.Key, other.Version).ToString() })
        {
            using var answer = await desk.Visit.PostAsync($"/moderate/comment/{comment.Key}", ("item", item), ("act", "answer"), ("answer", "Whose?"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("Whose?</textarea>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await desk.Blog.Get<CommentTable>().TallyAsync(post, CancellationToken.None)).Shown);
    }
}
