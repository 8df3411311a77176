using System.Net;
using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

public sealed class CorrectionTests(DeskBlog desk) : IClassFixture<DeskBlog>
{
    [Fact]
    public async Task A_corrected_text_is_shown_and_the_one_before_stays_in_the_history()
    {
        var post = await desk.Blog.PublishAsync("corrected");
        var comment = await desk.SayAsync(post, "My number is 555-0100.");

        var (answer, _) = await desk.WriteAsync(comment, "correct", "My number is *removed*.");

        Assert.Equal($"/moderate/comment/{comment.Key}", answer.Headers.Location!.ToString());
        var page = await desk.Blog.ReadUntilAsync("/posts/corrected", html => html.Contains("<em>removed</em>", StringComparison.Ordinal));
        Assert.DoesNotContain("555-0100", page, StringComparison.Ordinal);
        Assert.Equal((CommentState.Approved, comment.Number), ((await desk.FindAsync(comment.Key)).State, (await desk.FindAsync(comment.Key)).Number));
        var entry = (await desk.HistoryAsync(comment.Key))[^1];
        Assert.Equal(("Ada at the desk", "My number is 555-0100.", CommentState.Approved, CommentState.Approved), (entry.By, entry.Before, entry.From, entry.To));
        Assert.Contains("555-0100", await desk.Visit.ReadAsync($"/moderate/comment/{comment.Key}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_is_for_the_text_that_was_seen()
    {
        var post = await desk.Blog.PublishAsync("corrected-late");
        var comment = await desk.SayAsync(post, "One.");
        await desk.WriteAsync(comment, "correct", "Two.");

        var (answer, page) = await desk.WriteAsync(comment, "correct", "Three.");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Three.</textarea>", page, StringComparison.Ordinal);
        Assert.Equal("Two.", (await desk.FindAsync(comment.Key)).Text);
    }

    [Fact]
    public async Task What_its_writer_has_made_of_it_since_is_not_approved_unseen()
    {
        var post = await desk.Blog.PublishAsync("approved-unseen");
        var seen = await desk.SayAsync(post, $"Fine words. {DeskBlog.Held}");
        var link = $"/moderate/{desk.Blog.Get<SignedLinks>().Sign(LinkAct.Approve, seen)}";
        var asked = await desk.Blog.ReadAsync(link);
        await desk.Blog.Get<OwnComment>().ReviseAsync(seen.Key, $"Buy! {DeskBlog.Held}", CancellationToken.None);

        using var chosen = await desk.Visit.PostAsync("/moderate/comments/held", ("one", $"approve {new DeskItem(seen.Key, seen.Version)}"));
        using var mailed = await desk.Blog.Http.PostAsync(link, new FormUrlEncodedContent([new("version", asked.Split("name=\"version\" value=\"")[1].Split('"')[0])]));

        Assert.Contains("1 was left as it is", await chosen.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(CommentState.Held, (await desk.FindAsync(seen.Key)).State);
        Assert.Contains("Buy!", await desk.Blog.ReadAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_corrected_comment_that_was_thrown_away_is_brought_back_to_where_it_was()
    {
        var post = await desk.Blog.PublishAsync("corrected-in-the-trash");
        var comment = await desk.SayAsync(post, "Rude.");
        (await desk.Visit.PostAsync("/moderate/comments/approved", ("one", $"trash {new DeskItem(comment.Key, comment.Version)}"))).Dispose();
        await desk.WriteAsync(await desk.FindAsync(comment.Key), "correct", "Polite.");
        var thrown = await desk.FindAsync(comment.Key);

        (await desk.Visit.PostAsync("/moderate/comments/trash", ("one", $"restore {new DeskItem(thrown.Key, thrown.Version)}"))).Dispose();

        var now = await desk.FindAsync(comment.Key);
        Assert.Equal((CommentState.Trash, CommentState.Approved, "Polite.", comment.Number), (thrown.State, now.State, now.Text, now.Number));
    }

    [Fact]
    public async Task A_list_can_be_of_one_post()
    {
        var (one, other) = (await desk.Blog.PublishAsync("only-this", title: "Only this"), await desk.Blog.PublishAsync("not-that"));
        await desk.SayAsync(one, "On this.");
        await desk.SayAsync(other, "On that.");

        var page = await desk.Visit.ReadAsync($"/moderate/comments/approved?post={one}");

        Assert.Contains("On this.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("On that.", page, StringComparison.Ordinal);
        Assert.Contains("Only those on “Only this”.", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"action=\"/moderate/comments/approved?post={one}\"", page, StringComparison.Ordinal);
    }
}
