using ServerlessBlog.Admin.Comments;
using ServerlessBlog.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Comments;

/// <summary>Actions of a moderator on several comments at once, and on one after the other.</summary>
public sealed class BulkModerationTests(AdminBlog admin) : IClassFixture<AdminBlog>
{
    private const string Held = "/moderate/comments/held";

    [Fact]
    public async Task A_batch_is_approved_oldest_first_so_that_numbers_follow_the_time_of_writing()
    {
        var comments = new List<Comment>();
        foreach (var name in new[] { "first", "second" })
        {
            var post = await admin.Blog.PublishAsync($"batch-{name}");
            for (var number = 1; number <= 6; number++)
            {
                comments.Add(await admin.SubmitCommentAsync(post, $"Number {number}. {AdminBlog.HeldWord}"));
            }
        }

        var newestFirst = Enumerable.Reverse(comments).Select(ItemOf).ToList();
        var page = await admin.Moderator.SubmitAsync(
            Held,
            [("act", "approve"), .. newestFirst.Select(item => ("item", item))]
        );

        Assert.Contains("12 comments approved.", page, StringComparison.Ordinal);
        var approved = await Task.WhenAll(comments.Select(comment => admin.FindAsync(comment.Key)));
        Assert.Equal([1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6], approved.Select(comment => comment.Number));
    }

    [Fact]
    public async Task An_action_on_one_comment_leads_to_the_next_one_in_the_list_with_its_result()
    {
        var post = await admin.Blog.PublishAsync("next");
        var comments = new List<Comment>();
        for (var number = 1; number <= 3; number++)
        {
            comments.Add(await admin.SubmitCommentAsync(post, $"Row {number}. {AdminBlog.HeldWord}"));
        }

        var shown = comments.Select(comment => ("shown", ItemOf(comment))).ToList();
        using var first = await admin.Moderator.PostAsync(Held, [("one", $"approve {ItemOf(comments[0])}"), .. shown]);
        using var last = await admin.Moderator.PostAsync(
            $"{Held}?post={post}",
            [("one", $"spam {ItemOf(comments[2])}"), .. shown]
        );

        var (next, before) = (first.Headers.Location!.OriginalString, last.Headers.Location!.OriginalString);
        Assert.EndsWith($"#c-{comments[1].Key}", next, StringComparison.Ordinal);
        Assert.EndsWith($"#c-{comments[1].Key}", before, StringComparison.Ordinal);
        Assert.StartsWith($"{Held}?post={post}&result=", before, StringComparison.Ordinal);
        var page = await admin.Moderator.ReadAsync(next);
        Assert.Contains("1 comment approved.", page, StringComparison.Ordinal);
        Assert.Contains($"id=\"c-{comments[1].Key}\"", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{comments[0].Key}.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_result_that_the_blog_did_not_sign_is_not_shown()
    {
        var post = await admin.Blog.PublishAsync("forged");
        var comment = await admin.SubmitCommentAsync(post, $"Approve me. {AdminBlog.HeldWord}");
        var forged = $"Spam.0.{ItemOf(comment)}.Approved.9999999999.{new string('A', 24)}";

        var page = await admin.Moderator.ReadAsync($"{Held}?result={forged}");

        Assert.DoesNotContain("class=\"receipt\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("undo", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_script_check_all_is_a_page_on_which_all_are_checked()
    {
        var post = await admin.Blog.PublishAsync("check");
        await admin.SubmitCommentAsync(post, $"One. {AdminBlog.HeldWord}");
        await admin.SubmitCommentAsync(post, $"Two. {AdminBlog.HeldWord}");

        var page = await admin.Moderator.ReadAsync($"{Held}?post={post}");
        var all = await admin.Moderator.ReadAsync($"{Held}?post={post}&check=all");

        Assert.Contains($"href=\"{Held}?post={post}&amp;check=all\">Check all 2</a>", page, StringComparison.Ordinal);
        Assert.Equal((0, 2), (CheckedIn(page), CheckedIn(all)));
    }

    private static int CheckedIn(string page) => page.Split("checked=\"checked\"").Length - 1;

    private static string ItemOf(Comment comment) => new CommentVersion(comment.Key, comment.Version).ToString();
}
