using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>The pages of a conversation with the newest threads first.</summary>
public sealed class NewestFirstTests : IAsyncLifetime
{
    private const string Post = "/posts/long";

    private TestBlog _blog = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync(new() { ["Blog:Comments:PageSize"] = "3" });
        await ContentBuilder.AddCommentsAsync(_blog, await _blog.PublishAsync("long"), 7);
    }

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    [Fact]
    public async Task The_latest_threads_come_first_on_every_page_and_each_thread_once()
    {
        var pages = await Task.WhenAll(
            _blog.OpenAsync($"{Post}/comments/newest"),
            _blog.OpenAsync($"{Post}/comments/newest/2"),
            _blog.OpenAsync($"{Post}/comments/newest/3")
        );

        Assert.Equal(["7 6 5", "4 3 2", "1"], pages.Select(page => string.Join(' ', page.Words(".comment .number"))));
        Assert.Equal(
            [
                "Comments 7 to 5 of 7, with replies",
                "Comments 4 to 2 of 7, with replies",
                "Comments 1 to 1 of 7, with replies",
            ],
            pages.SelectMany(page => page.Words(".order span"))
        );
        Assert.Equal(
            [$"{Post}/comments/newest#comments", $"{Post}/comments/newest/3#comments"],
            pages[1].Links("#comments .pager a")
        );
        Assert.Equal(["Later comments", "Earlier comments"], pages[1].Words("#comments .pager a"));
        Assert.Equal(404, await _blog.StatusAsync($"{Post}/comments/newest/4"));
    }

    [Fact]
    public async Task The_two_orders_link_to_each_other_when_there_are_more_than_five_threads()
    {
        await ContentBuilder.AddCommentsAsync(_blog, await _blog.PublishAsync("short"), 5);
        var (long_, newest, few) = (
            await _blog.OpenAsync(Post),
            await _blog.OpenAsync($"{Post}/comments/newest"),
            await _blog.OpenAsync("/posts/short")
        );

        Assert.Equal([$"{Post}/comments/newest#comments"], long_.Links(".order a"));
        Assert.Equal(["Newest first"], long_.Words(".order a"));
        Assert.Equal([$"{Post}#comments"], newest.Links(".order a"));
        Assert.Equal(["Oldest first"], newest.Words(".order a"));
        Assert.Empty(few.Links(".order a"));
    }

    [Fact]
    public async Task Search_engines_are_led_to_the_post()
    {
        var page = await _blog.OpenAsync($"{Post}/comments/newest/2");

        Assert.Equal(["http://blog.test/posts/long"], page.Links("link[rel=canonical]"));
        Assert.Equal("noindex", page.QuerySelector("meta[name=robots]")!.GetAttribute("content"));
        Assert.Equal("nofollow", (await _blog.OpenAsync(Post)).QuerySelector(".order a")!.GetAttribute("rel"));
    }

    [Theory]
    [InlineData($"{Post}/comments/newest/1", $"{Post}/comments/newest")]
    [InlineData($"{Post}/Comments/NEWEST/", $"{Post}/comments/newest")]
    public async Task Other_spellings_redirect(string path, string canonical)
    {
        using var response = await _blog.GetAsync(path);

        Assert.Equal((301, canonical), ((int)response.StatusCode, response.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task A_page_is_cached_and_rendered_again_for_a_new_comment_with_its_replies_in_order()
    {
        var path = $"{Post}/comments/newest";
        await _blog.ReadAsync(path);
        _blog.Calls.Clear();
        await _blog.ReadAsync(path);
        Assert.DoesNotContain(_blog.Calls.Recorded, call => call.StartsWith("GET /comments", StringComparison.Ordinal));

        await AddThreadAsync(PostId.FromBlobName("long.md"), "Begins.", "Answers.", "Answers the answer.");
        _blog.ExpireHotPages();

        Assert.Equal(["8", "9", "10", "7", "6"], (await _blog.OpenAsync(path)).Words(".comment .number"));
    }

    [Fact]
    public async Task A_page_costs_the_calls_of_one_in_the_usual_order()
    {
        await _blog.ReadAsync(Post);
        var usual = await CallsAsync($"{Post}/comments/2");

        Assert.Contains("GET /comments()", usual);
        Assert.Equal(usual, await CallsAsync($"{Post}/comments/newest/2"));

        async Task<IReadOnlyList<string>> CallsAsync(string path)
        {
            _blog.Calls.Clear();
            await _blog.ReadAsync(path);
            return
            [
                .. _blog
                    .Calls.Recorded.Where(call => call.StartsWith("GET /comments", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal),
            ];
        }
    }

    private async Task AddThreadAsync(PostId post, params string[] texts)
    {
        var (table, stop) = (_blog.Get<CommentTable>(), CancellationToken.None);
        var key = await table.GetIdKeyAsync(stop);
        CommentId? parent = null;
        foreach (var text in texts)
        {
            var comment = ContentBuilder.BuildComment(key, post, text) with { ReplyTo = parent };
            parent = (await table.AddAsync(comment, stop)).Key.Comment;
            await _blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", stop);
        }
    }
}
