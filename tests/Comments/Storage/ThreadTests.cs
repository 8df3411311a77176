using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>Conversations in the table: what stands where, when comments and replies come and go in any order.</summary>
public sealed class ThreadTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private readonly PostId _post = PostId.OfFile("threads.md");
    private TestBlog _blog = null!;

    public async Task InitializeAsync() => _blog = await TestBlog.StartAsync(new() { ["Blog:Comments:Depth"] = "3" });

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    [Fact]
    public async Task Replies_stand_below_what_they_answer_and_the_deepest_on_the_last_level()
    {
        var one = await SayAsync("one");
        var two = await SayAsync("two");
        var reply = await SayAsync("reply", one);
        var deep = await SayAsync("deep", reply);
        await SayAsync("deeper", deep);
        await SayAsync("late", one);
        await SayAsync("to two", two);

        Assert.Equal(
            ["1 one", "1.3 reply", "1.3.4 deep", "1.3.5 deeper", "1.6 late", "2 two", "2.7 to two"],
            await ConversationAsync()
        );
        Assert.Equal(new CommentCounts(7, 7, 2), await Comments.TallyAsync(_post, Stop));
    }

    [Fact]
    public async Task A_comment_that_is_hidden_while_others_answer_it_leaves_its_place_empty_until_they_are_gone()
    {
        var one = await SayAsync("one");
        var reply = await SayAsync("reply", one);
        var deep = await SayAsync("deep", reply);

        await RuleAsync(one, CommentState.Spam);
        await RuleAsync(reply, CommentState.Spam);
        Assert.Equal(["1 ", "1.2 ", "1.2.3 deep"], await ConversationAsync());
        Assert.Equal(1, (await Comments.TallyAsync(_post, Stop)).Shown);

        await RuleAsync(deep, CommentState.Spam);
        Assert.Empty(await ConversationAsync());

        await RuleAsync(deep, CommentState.Approved);
        Assert.Equal(["1 ", "1.2 ", "1.2.3 deep"], await ConversationAsync());

        await RuleAsync(one, CommentState.Approved);
        await RuleAsync(reply, CommentState.Approved);
        Assert.Equal(["1 one", "1.2 reply", "1.2.3 deep"], await ConversationAsync());
        Assert.Equal(new CommentCounts(3, 3, 1), await Comments.TallyAsync(_post, Stop));
    }

    [Fact]
    public async Task A_reply_to_what_was_never_shown_stands_below_the_next_above_or_by_itself()
    {
        var one = await SayAsync("one");
        var unseen = await KeepAsync("unseen", one);
        var alone = await KeepAsync("alone", null);
        await ApproveAsync(await KeepAsync("below one", unseen));
        await ApproveAsync(await KeepAsync("by itself", alone));

        Assert.Equal(["1 one", "1.2 below one", "2 by itself"], await ConversationAsync());
    }

    [Fact]
    public async Task An_empty_place_holds_nothing_of_who_wrote_there()
    {
        var one = await SayAsync("one");
        await SayAsync("reply", one);

        await RuleAsync(one, CommentState.Spam);

        var place = (await Comments.ShownAsync(_post, 1, 1, Stop))[0];
        Assert.Equal(("", "", "", null), (place.Author, place.Email, place.Text, place.Website));
        Assert.Null(await Comments.FindShownAsync(_post, 1, Stop));
        Assert.Equal("reply", (await Comments.FindShownAsync(_post, 2, Stop))?.Text);
    }

    [Fact]
    public async Task A_comment_from_before_there_were_replies_can_be_answered()
    {
        var old = ContentBuilder.CommentOf(await Comments.IdKeyAsync(Stop), _post, "old") with
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

        Assert.Equal("old", (await Comments.FindShownAsync(_post, 1, Stop))?.Text);
        await SayAsync("reply", old);
        await SayAsync("new");

        Assert.Equal(["1 old", "1.2 reply", "2 new"], await ConversationAsync());
    }

    private CommentTable Comments => _blog.Get<CommentTable>();

    private static string OldJson(Comment comment) =>
        $$"""{"Key":"{{comment.Key}}","Author":"Grace","Email":"grace@example.com","Text":"old","Created":"2026-01-02T00:00:00+00:00","State":"Approved","Number":1,"Reasons":[],"Decisions":1}""";

    private async Task<Comment> SayAsync(string text, Comment? answers = null) =>
        await ApproveAsync(await KeepAsync(text, answers));

    private async Task<Comment> KeepAsync(string text, Comment? answers) =>
        await Comments.KeepAsync(
            ContentBuilder.CommentOf(await Comments.IdKeyAsync(Stop), _post, text) with
            {
                Answers = answers?.Key.Comment,
            },
            Stop
        );

    private async Task<Comment> ApproveAsync(Comment comment) =>
        (await _blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", Stop))!.Now;

    private Task RuleAsync(Comment comment, CommentState state) =>
        _blog.Get<CommentModeration>().DecideAsync(comment.Key, state, "by a test", Stop);

    private async Task<IEnumerable<string>> ConversationAsync() =>
        (await Comments.ShownAsync(_post, 1, 1000, Stop)).Select(comment => $"{comment.Position} {comment.Text}");
}
