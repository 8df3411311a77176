using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Site;

public sealed partial class ConversationTests
{
    private static readonly Dictionary<string, string?> TwoPerPage = new() { ["Blog:Comments:PageSize"] = "2" };

    [Fact]
    public async Task A_long_conversation_is_paged()
    {
        await using var blog = await TestBlog.StartAsync(TwoPerPage);
        await ContentBuilder.AddCommentsAsync(blog, await blog.PublishAsync("long"), 5);

        var first = await blog.ReadAsync("/posts/long");
        var second = await blog.ReadAsync("/posts/long/comments/2");
        var last = await blog.ReadAsync("/posts/long/comments/3");

        Assert.Equal(["1", "2"], Numbers(first));
        Assert.Equal(["3", "4"], Numbers(second));
        Assert.Equal(["5"], Numbers(last));
        Assert.All([first, second, last], page => Assert.Contains(">5 comments<", page, StringComparison.Ordinal));
        Assert.Equal(["/posts/long/comments/2#comments"], Links(first));
        Assert.Equal(["/posts/long#comments", "/posts/long/comments/3#comments"], Links(second));
        Assert.Equal(["/posts/long/comments/2#comments"], Links(last));
    }

    [Fact]
    public async Task A_hidden_comment_does_not_renumber_the_others_and_returns_to_its_place()
    {
        await using var blog = await TestBlog.StartAsync(TwoPerPage);
        var post = await blog.PublishAsync("moving");
        await ContentBuilder.AddCommentsAsync(blog, post, 3);
        var second = (await blog.Get<CommentTable>().ReadThreadsAsync(post, 2, 2, CancellationToken.None)).Single();

        await blog.Get<CommentModeration>()
            .DecideAsync(second.Key, CommentState.Spam, "by a test", CancellationToken.None);
        blog.ExpireHotPages();
        var (hiddenFirst, hiddenSecond) = (
            await blog.ReadAsync("/posts/moving"),
            await blog.ReadAsync("/posts/moving/comments/2")
        );
        await blog.Get<CommentModeration>()
            .DecideAsync(second.Key, CommentState.Approved, "by a test", CancellationToken.None);
        blog.ExpireHotPages();
        var restored = await blog.ReadAsync("/posts/moving");

        Assert.Equal(["1"], Numbers(hiddenFirst));
        Assert.Equal(["3"], Numbers(hiddenSecond));
        Assert.Contains(">2 comments<", hiddenFirst, StringComparison.Ordinal);
        Assert.Equal(["1", "2"], Numbers(restored));
        Assert.Contains(">3 comments<", restored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Comments_approved_concurrently_get_distinct_numbers()
    {
        await using var blog = await TestBlog.StartAsync(TwoPerPage);
        var post = await blog.PublishAsync("crowded");
        await using var other = await TestBlog.StartAsync(connection: blog.Connection);
        var table = blog.Get<CommentTable>();
        var idKey = await table.GetIdKeyAsync(CancellationToken.None);
        var comments = Enumerable
            .Range(0, 40)
            .Select(number => ContentBuilder.BuildComment(idKey, post, $"Text {number}"))
            .ToList();
        await Task.WhenAll(comments.Select(comment => table.AddAsync(comment, CancellationToken.None)));

        await Task.WhenAll(
            comments.Select(
                (comment, index) =>
                    (index % 2 == 0 ? blog : other)
                        .Get<CommentModeration>()
                        .JudgeAsync(comment.Key, CancellationToken.None)
            )
        );

        var shown = await table.ReadThreadsAsync(post, 1, 1000, CancellationToken.None);
        Assert.Equal(Enumerable.Range(1, 40), shown.Select(comment => comment.Number));
        Assert.Equal(new CommentCounts(40, 40, 40), await table.ReadCountsAsync(post, CancellationToken.None));
    }

    [Fact]
    public async Task Comment_pages_redirect_and_disappear_with_the_post()
    {
        await using var blog = await TestBlog.StartAsync(TwoPerPage);
        await blog.UploadAsync("walker.md", "---\ntitle: Walker\nslug: before\n---\nText.\n");
        await ContentBuilder.AddCommentsAsync(blog, PostId.FromBlobName("walker.md"), 3);
        await blog.UploadAsync("walker.md", "---\ntitle: Walker\nslug: after\n---\nText.\n");

        using var moved = await blog.Http.GetAsync(new Uri("/posts/before/comments/2", UriKind.Relative));
        await blog.DeleteAsync("walker.md");
        using var gone = await blog.Http.GetAsync(new Uri("/posts/after/comments/2", UriKind.Relative));

        Assert.Equal(
            (HttpStatusCode.MovedPermanently, "/posts/after/comments/2"),
            (moved.StatusCode, moved.Headers.Location!.ToString())
        );
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
    }

    [Theory]
    [InlineData("/posts/short/comments/0")]
    [InlineData("/posts/short/comments/2")]
    [InlineData("/posts/short/comments/x")]
    [InlineData("/posts/short/comments/99999999999999")]
    [InlineData("/posts/never-written/comments/2")]
    public async Task A_comment_page_beyond_the_conversation_is_404(string address)
    {
        await using var blog = await TestBlog.StartAsync(TwoPerPage);
        await ContentBuilder.AddCommentsAsync(blog, await blog.PublishAsync("short"), 2);

        using var response = await blog.Http.GetAsync(new Uri(address, UriKind.Relative));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static string[] Numbers(string page) =>
        [.. Number().Matches(page).Select(match => match.Groups["number"].Value)];

    private static string[] Links(string page) =>
        [.. Pager().Matches(page).Select(match => match.Groups["address"].Value)];

    [GeneratedRegex("<li value=\"(?<number>\\d+)\">")]
    private static partial Regex Number();

    [GeneratedRegex("rel=\"(prev|next)\" href=\"(?<address>[^\"]+)\"")]
    private static partial Regex Pager();
}
