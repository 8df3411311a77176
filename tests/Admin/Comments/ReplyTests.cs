using System.Net;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

public sealed class ReplyTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    [Fact]
    public async Task A_reply_is_shown_below_the_comment_with_the_authors_badge()
    {
        var post = await blog.Blog.PublishAsync("answered");
        var question = await blog.SubmitCommentAsync(post, "Is it so?");
        await blog.SubmitCommentAsync(post, "I am the author, too.", name: "Ada", email: "ada@blog.test");

        var (response, _) = await blog.PostActionAsync(question, "answer", $"It **is**. {AdminBlog.HeldWord}");

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        var page = await blog.Blog.ReadUntilAsync("/posts/answered", html =>
            html.Contains(">3 comments<", StringComparison.Ordinal)
        );
        Assert.Single(page.Split("<span class=\"badge\">Author</span>")[1..]);
        Assert.Matches(
            "(?s)Is it so\\?.*<ol class=\"comment-list\">.*>Ada</span>\\s*<span class=\"badge\">Author</span>"
                + ".*<strong>is</strong>",
            page
        );
        Assert.DoesNotContain("ada@blog.test", page, StringComparison.Ordinal);
        var history = await blog.Moderator.ReadAsync(response.Headers.Location!.ToString());
        Assert.Contains("An author wrote it in the admin area.", history, StringComparison.Ordinal);
        Assert.Contains(
            $"<a href=\"/moderate/comment/{question.Key}\">the comment it replies to</a>",
            history,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Replying_to_a_held_comment_approves_it()
    {
        var post = await blog.Blog.PublishAsync("approved-by-answer");
        var held = await blog.SubmitCommentAsync(post, $"Well? {AdminBlog.HeldWord}");
        Assert.Equal(CommentState.Held, held.State);
        Assert.Contains(
            "Approve and reply",
            await blog.Moderator.ReadAsync($"/moderate/comment/{held.Key}"),
            StringComparison.Ordinal
        );

        await blog.PostActionAsync(held, "answer", "Well.");

        Assert.Equal(CommentState.Approved, (await blog.FindAsync(held.Key)).State);
        Assert.Equal(["rules", "Ada in the admin area"], (await blog.HistoryAsync(held.Key)).Select(entry => entry.By));
        await blog.Blog.ReadUntilAsync("/posts/approved-by-answer", html =>
            html.Contains(">2 comments<", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task The_same_reply_sent_twice_is_one()
    {
        var post = await blog.Blog.PublishAsync("answered-twice");
        var held = await blog.SubmitCommentAsync(post, $"Twice? {AdminBlog.HeldWord}");

        var (first, _) = await blog.PostActionAsync(held, "answer", "Once.");
        var (second, _) = await blog.PostActionAsync(held, "answer", "Once.");

        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Equal(2, (await blog.Blog.Get<CommentTable>().ReadCountsAsync(post, CancellationToken.None)).Shown);
    }

    [Fact]
    public async Task A_reply_to_a_comment_that_changed_meanwhile_is_refused_and_stays_in_the_form()
    {
        var post = await blog.Blog.PublishAsync("changed-meanwhile");
        var seen = await blog.SubmitCommentAsync(post, "As it was.");
        await blog.Blog.Get<WriterActions>().ReviseAsync(seen.Key, "As it is now.", CancellationToken.None);
        var withdrawn = await blog.SubmitCommentAsync(post, "Taken back.");
        await blog.Blog.Get<WriterActions>().WithdrawAsync(withdrawn.Key, CancellationToken.None);

        var results = new[]
        {
            await blog.PostActionAsync(seen, "answer", "To what & whom?"),
            await blog.PostActionAsync(withdrawn, "answer", "To what & whom?"),
        };

        Assert.All(results, result => Assert.Equal(HttpStatusCode.BadRequest, result.Response.StatusCode));
        Assert.Contains("its writer has changed it", results[0].Page, StringComparison.Ordinal);
        Assert.Contains("To what &amp; whom?</textarea>", results[0].Page, StringComparison.Ordinal);
        Assert.DoesNotContain((await blog.Blog.ReadAsync("/posts/changed-meanwhile")).Split('\n'), line =>
            line.Contains("To what", StringComparison.Ordinal)
        );
    }

    [Theory]
    [InlineData("", "Write a comment.")]
    [InlineData("   ", "Write a comment.")]
    [InlineData("4,001", "This has 4,001 characters: write at most 4,000.")]
    public async Task An_invalid_text_is_reported_and_stays_in_the_form(string text, string problem)
    {
        text = text == "4,001" ? new string('x', 4001) : text;
        var post = await blog.Blog.PublishAsync($"refused-{text.Length}");
        var comment = await blog.SubmitCommentAsync(post, "A comment.");

        var (response, replyPage) = await blog.PostActionAsync(comment, "answer", text);
        var (correction, correctionPage) = await blog.PostActionAsync(comment, "correct", text);

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest),
            (response.StatusCode, correction.StatusCode)
        );
        Assert.All([replyPage, correctionPage], page => Assert.Contains(problem, page, StringComparison.Ordinal));
        Assert.All([replyPage, correctionPage], page =>
            Assert.Contains(text + "</textarea>", page, StringComparison.Ordinal)
        );
        Assert.Single(await blog.HistoryAsync(comment.Key));
    }

    [Fact]
    public async Task A_form_that_names_no_comment_or_another_one_changes_nothing()
    {
        var post = await blog.Blog.PublishAsync("whose-form");
        var (comment, other) = (
            await blog.SubmitCommentAsync(post, "This."),
            await blog.SubmitCommentAsync(post, "That.")
        );

        foreach (var item in new[] { "", "x", new CommentVersion(other.Key, other.Version).ToString() })
        {
            using var response = await blog.Moderator.PostAsync(
                $"/moderate/comment/{comment.Key}",
                ("item", item),
                ("act", "answer"),
                ("answer", "Whose?")
            );
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
            Assert.Contains("Whose?</textarea>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await blog.Blog.Get<CommentTable>().ReadCountsAsync(post, CancellationToken.None)).Shown);
    }
}
