using System.Net;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

public sealed class CorrectionTests(AdminBlog blog) : IClassFixture<AdminBlog>
{
    [Fact]
    public async Task A_corrected_text_is_shown_and_the_previous_one_stays_in_the_history()
    {
        var post = await blog.Blog.PublishAsync("corrected");
        var comment = await blog.SubmitCommentAsync(post, "My number is 555-0100.");

        var (response, _) = await blog.PostActionAsync(comment, "correct", "My number is *removed*.");

        Assert.Equal($"/moderate/comment/{comment.Key}", response.Headers.Location!.ToString());
        var page = await blog.Blog.ReadUntilAsync("/posts/corrected", html =>
            html.Contains("<em>removed</em>", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("555-0100", page, StringComparison.Ordinal);
        Assert.Equal(
            (CommentState.Approved, comment.Number),
            ((await blog.FindAsync(comment.Key)).State, (await blog.FindAsync(comment.Key)).Number)
        );
        var entry = (await blog.HistoryAsync(comment.Key))[^1];
        Assert.Equal(
            ("Ada in the admin area", "My number is 555-0100.", CommentState.Approved, CommentState.Approved),
            (entry.By, entry.Before, entry.From, entry.To)
        );
        Assert.Contains(
            "555-0100",
            await blog.Moderator.ReadAsync($"/moderate/comment/{comment.Key}"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_correction_applies_only_to_the_text_that_was_seen()
    {
        var post = await blog.Blog.PublishAsync("corrected-late");
        var comment = await blog.SubmitCommentAsync(post, "One.");
        await blog.PostActionAsync(comment, "correct", "Two.");

        var (response, page) = await blog.PostActionAsync(comment, "correct", "Three.");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("Three.</textarea>", page, StringComparison.Ordinal);
        Assert.Equal("Two.", (await blog.FindAsync(comment.Key)).Text);
    }

    [Fact]
    public async Task A_text_that_the_commenter_changed_meanwhile_is_not_approved_unseen()
    {
        var post = await blog.Blog.PublishAsync("approved-unseen");
        var seen = await blog.SubmitCommentAsync(post, $"Fine words. {AdminBlog.HeldWord}");
        var link = $"/moderate/{blog.Blog.Get<SignedLinks>().Sign(LinkAction.Approve, seen)}";
        var confirmation = await blog.Blog.ReadAsync(link);
        await blog
            .Blog.Get<WriterActions>()
            .ReviseAsync(seen.Key, $"Buy! {AdminBlog.HeldWord}", CancellationToken.None);

        var chosen = await blog.Moderator.SubmitAsync(
            "/moderate/comments/held",
            ("one", $"approve {new CommentVersion(seen.Key, seen.Version)}")
        );
        using var mailed = await blog.Blog.Http.PostAsync(
            link,
            new FormUrlEncodedContent([
                new("version", confirmation.Split("name=\"version\" value=\"")[1].Split('"')[0]),
            ])
        );

        Assert.Contains("1 was left as it is", chosen, StringComparison.Ordinal);
        Assert.Equal(CommentState.Held, (await blog.FindAsync(seen.Key)).State);
        Assert.Contains("Buy!", await blog.Blog.ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_comment_in_the_trash_is_restored_to_its_former_state()
    {
        var post = await blog.Blog.PublishAsync("corrected-in-the-trash");
        var comment = await blog.SubmitCommentAsync(post, "Rude.");
        (
            await blog.Moderator.PostAsync(
                "/moderate/comments/approved",
                ("one", $"trash {new CommentVersion(comment.Key, comment.Version)}")
            )
        ).Dispose();
        await blog.PostActionAsync(await blog.FindAsync(comment.Key), "correct", "Polite.");
        var trashed = await blog.FindAsync(comment.Key);

        (
            await blog.Moderator.PostAsync(
                "/moderate/comments/trash",
                ("one", $"restore {new CommentVersion(trashed.Key, trashed.Version)}")
            )
        ).Dispose();

        var now = await blog.FindAsync(comment.Key);
        Assert.Equal(
            (CommentState.Trash, CommentState.Approved, "Polite.", comment.Number),
            (trashed.State, now.State, now.Text, now.Number)
        );
    }

    [Fact]
    public async Task A_list_can_be_limited_to_one_post()
    {
        var (one, other) = (
            await blog.Blog.PublishAsync("only-this", title: "Only this"),
            await blog.Blog.PublishAsync("not-that")
        );
        await blog.SubmitCommentAsync(one, "On this.");
        await blog.SubmitCommentAsync(other, "On that.");

        var page = await blog.Moderator.ReadAsync($"/moderate/comments/approved?post={one}");

        Assert.Contains("On this.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("On that.", page, StringComparison.Ordinal);
        Assert.Contains("Only those on “Only this”.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"action=\"/moderate/comments/approved?post={one}\"", page, StringComparison.Ordinal);
    }
}
