using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>Threads in the table: the positions of comments that are shown and hidden in any order.</summary>
public sealed class ThreadTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private readonly PostId _post = PostId.FromBlobName("threads.md");
    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync(new() { ["Blog:Comments:Depth"] = "3" });

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    [Fact]
    public async Task Replies_are_below_their_parents_and_the_deepest_on_the_last_level()
    {
        var one = await AddApprovedAsync("one");
        var two = await AddApprovedAsync("two");
        var reply = await AddApprovedAsync("reply", one);
        var deep = await AddApprovedAsync("deep", reply);
        await AddApprovedAsync("deeper", deep);
        await AddApprovedAsync("late", one);
        await AddApprovedAsync("to two", two);

        Assert.Equal(
            ["1 one", "1.3 reply", "1.3.4 deep", "1.3.5 deeper", "1.6 late", "2 two", "2.7 to two"],
            await ConversationAsync()
        );
        Assert.Equal(new CommentCounts(7, 7, 2), await Comments.ReadCountsAsync(_post, Stop));
    }

    [Fact]
    public async Task A_hidden_comment_with_replies_leaves_an_empty_entry_until_they_are_hidden_too()
    {
        var one = await AddApprovedAsync("one");
        var reply = await AddApprovedAsync("reply", one);
        var deep = await AddApprovedAsync("deep", reply);

        await DecideAsync(one, CommentState.Spam);
        await DecideAsync(reply, CommentState.Spam);
        Assert.Equal(["1 ", "1.2 ", "1.2.3 deep"], await ConversationAsync());
        Assert.Equal(1, (await Comments.ReadCountsAsync(_post, Stop)).Shown);

        await DecideAsync(deep, CommentState.Spam);
        Assert.Empty(await ConversationAsync());

        await DecideAsync(deep, CommentState.Approved);
        Assert.Equal(["1 ", "1.2 ", "1.2.3 deep"], await ConversationAsync());

        await DecideAsync(one, CommentState.Approved);
        await DecideAsync(reply, CommentState.Approved);
        Assert.Equal(["1 one", "1.2 reply", "1.2.3 deep"], await ConversationAsync());
        Assert.Equal(new CommentCounts(3, 3, 1), await Comments.ReadCountsAsync(_post, Stop));
    }

    [Fact]
    public async Task A_reply_to_a_comment_never_shown_is_below_the_nearest_shown_ancestor_or_starts_a_thread()
    {
        var one = await AddApprovedAsync("one");
        var unseen = await AddWaitingAsync("unseen", one);
        var alone = await AddWaitingAsync("alone", null);
        await ApproveAsync(await AddWaitingAsync("below one", unseen));
        await ApproveAsync(await AddWaitingAsync("by itself", alone));

        Assert.Equal(["1 one", "1.2 below one", "2 by itself"], await ConversationAsync());
    }

    [Fact]
    public async Task An_empty_entry_holds_nothing_of_its_commenter()
    {
        var one = await AddApprovedAsync("one");
        await AddApprovedAsync("reply", one);

        await DecideAsync(one, CommentState.Spam);

        var place = (await Comments.ReadThreadsAsync(_post, 1, 1, Stop))[0];
        Assert.Equal(("", "", "", null), (place.Author, place.Email, place.Text, place.Website));
        Assert.Null(await Comments.FindByNumberAsync(_post, 1, Stop));
        Assert.Equal("reply", (await Comments.FindByNumberAsync(_post, 2, Stop))?.Text);
    }

    [Fact]
    public async Task A_comment_stored_before_replies_existed_can_be_replied_to()
    {
        var old = ContentBuilder.BuildComment(await Comments.GetIdKeyAsync(Stop), _post, "old") with
        {
            State = CommentState.Approved,
            Number = 1,
        };
        var table = _blog.Get<BlogStorage>().Table(StorageNames.CommentTable);
        await table.AddEntityAsync(
            new TableEntity(_post.ToString(), $"comment:{old.Key.Comment}") { ["Schema"] = 1, ["Data"] = OldJson(old) }
        );
        await table.AddEntityAsync(
            new TableEntity(_post.ToString(), "shown:00000001") { ["Schema"] = 1, ["Data"] = OldJson(old) }
        );
        await table.AddEntityAsync(
            new TableEntity(_post.ToString(), "tally") { ["Schema"] = 1, ["Data"] = """{"Shown":1,"Last":1}""" }
        );

        Assert.Equal("old", (await Comments.FindByNumberAsync(_post, 1, Stop))?.Text);
        await AddApprovedAsync("reply", old);
        await AddApprovedAsync("new");

        Assert.Equal(["1 old", "1.2 reply", "2 new"], await ConversationAsync());
    }

    private CommentTable Comments => _blog.Get<CommentTable>();

    private static string OldJson(Comment comment)
    {
        const string Rest = """
            "Created":"2026-01-02T00:00:00+00:00","State":"Approved","Number":1,"Reasons":[],"Decisions":1
            """;
        return $$"""{"Key":"{{comment.Key}}","Author":"Grace","Email":"grace@example.com","Text":"old",{{Rest}}}""";
    }

    private async Task<Comment> AddApprovedAsync(string text, Comment? parent = null) =>
        await ApproveAsync(await AddWaitingAsync(text, parent));

    private async Task<Comment> AddWaitingAsync(string text, Comment? parent) =>
        await Comments.AddAsync(
            ContentBuilder.BuildComment(await Comments.GetIdKeyAsync(Stop), _post, text) with
            {
                ReplyTo = parent?.Key.Comment,
            },
            Stop
        );

    private async Task<Comment> ApproveAsync(Comment comment) =>
        (await _blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", Stop))!.Now;

    private Task DecideAsync(Comment comment, CommentState state) =>
        _blog.Get<CommentModeration>().DecideAsync(comment.Key, state, "by a test", Stop);

    private async Task<IEnumerable<string>> ConversationAsync() =>
        (await Comments.ReadThreadsAsync(_post, 1, 1000, Stop)).Select(comment => $"{comment.Position} {comment.Text}");
}
