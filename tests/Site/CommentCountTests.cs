using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>Numbers of comments in lists of posts and in bylines.</summary>
public sealed class CommentCountTests
{
    [Fact]
    public async Task Lists_and_the_byline_show_how_many_comments_a_post_has()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("quiet", "date: 2026-03-01\ntags: [sea]");
        await blog.WriteAsync("discussed", "date: 2026-03-02\ntags: [sea]");
        var post = PostId.FromBlobName("discussed.md");
        Assert.Empty((await blog.OpenAsync("/")).Links(".summary .byline a"));

        await ContentBuilder.SubmitCommentAsync(blog, post, "First.");
        await ContentBuilder.SubmitCommentAsync(blog, post, "Second.");

        foreach (var path in new[] { "/", "/posts", "/tags/sea", "/archive/2026/03" })
        {
            var html = await blog.ReadUntilAsync(path, page => page.Contains("2 comments", StringComparison.Ordinal));
            Assert.Contains("<a href=\"/posts/discussed#comments\">2 comments</a>", html, StringComparison.Ordinal);
            Assert.DoesNotContain("/posts/quiet#comments", html, StringComparison.Ordinal);
        }

        Assert.EndsWith(
            "1 min read · 2 comments",
            (await blog.OpenAsync("/posts/discussed")).Words(".post .byline").First(),
            StringComparison.Ordinal
        );
        Assert.Equal(["#comments"], (await blog.OpenAsync("/posts/discussed")).Links(".post .byline a"));
    }

    [Fact]
    public async Task However_many_comments_come_the_revision_of_lists_is_raised_at_most_every_10_seconds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var blog = await TestBlog.StartAsync(clock: clock, options: TestBlog.IdleHostOptions);
        await ContentBuilder.AddPostsAsync(blog, 1);
        var post = PostId.FromBlobName("filler-1.md");
        var site = (await RevisionsAsync(blog)).Site;
        await ApproveAsync(blog, post, 1);
        var first = (await RevisionsAsync(blog)).Comments;
        blog.Calls.Clear();

        clock.Advance(TimeSpan.FromSeconds(1));
        await ApproveAsync(blog, post, 2);
        await ApproveAsync(blog, post, 3);

        // Besides the message that each decision sends before it changes the page, one for the lists.
        Assert.Equal(first, (await RevisionsAsync(blog)).Comments);
        Assert.Equal(3, blog.Calls.Recorded.Count(call => call == "POST /raises/messages"));

        clock.Advance(SiteTable.CommentsInterval);
        await blog.Get<RaisePage>().RunAsync(post.ToString(), CancellationToken.None);
        Assert.NotEqual(first, (await RevisionsAsync(blog)).Comments);
        Assert.Equal(site, (await RevisionsAsync(blog)).Site);
    }

    [Fact]
    public async Task A_comment_that_is_hidden_is_no_longer_counted()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("hidden");
        var comment = await ContentBuilder.SubmitCommentAsync(blog, post, "Only one.");
        await blog.ReadUntilAsync("/", page => page.Contains("1 comment<", StringComparison.Ordinal));

        await blog.Get<CommentModeration>()
            .DecideAsync(comment.Key, CommentState.Spam, "by a test", CancellationToken.None);

        await blog.ReadUntilAsync("/", page => !page.Contains("1 comment<", StringComparison.Ordinal));
    }

    private static async Task<SiteRevisions> RevisionsAsync(TestBlog blog) =>
        await blog.Get<SiteTable>().GetRevisionsAsync();

    private static async Task ApproveAsync(TestBlog blog, PostId post, int number)
    {
        var (table, stop) = (blog.Get<CommentTable>(), CancellationToken.None);
        var comment = ContentBuilder.BuildComment(await table.GetIdKeyAsync(stop), post, $"Number {number}.", number);
        await table.AddAsync(comment, stop);
        await blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
    }
}
