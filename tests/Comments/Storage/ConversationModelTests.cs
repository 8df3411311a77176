using Azure.Data.Tables;
using CsCheck;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>Whatever people do to a conversation, in whatever order: it is what a model of it says.</summary>
public sealed class ConversationModelTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private CommentFixture _fixture = null!;

    private CommentModeration Moderation => _fixture.Blog.Get<CommentModeration>();

    private WriterActions Own => _fixture.Blog.Get<WriterActions>();

    public async Task InitializeAsync() =>
        _fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Depth"] = "3" });

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task A_conversation_is_what_its_model_says()
    {
        var acts = Gen.Select(Gen.Enum<ConversationAction>(), Gen.Int[0, 5]).List[1, 25];

        await acts.SampleAsync(PlayAsync, iter: 40, threads: 1);
    }

    private async Task PlayAsync(List<(ConversationAction Doing, int Target)> acts)
    {
        var post = ContentBuilder.PostOf($"model-{Guid.NewGuid():N}");
        await _fixture.Blog.Get<PostTable>().SaveAsync(read: null, post, Stop);
        var (keys, models) = (new List<CommentKey>(), new List<ModelComment>());
        foreach (var (number, (action, target)) in acts.Index())
        {
            var index = models.Count == 0 ? -1 : target % models.Count;
            if (action is ConversationAction.Post or ConversationAction.Reply || index < 0)
            {
                var text = Text(number, number % 2 == 1);
                var answers = action == ConversationAction.Reply && index >= 0 ? index : -1;
                models.Add(new ModelComment(text, answers < 0 ? null : models[answers]));
                keys.Add(await KeepAsync(post.Id, text, answers < 0 ? null : keys[answers].Comment));
                continue;
            }

            var typed = Text(number, action == ConversationAction.ReviseBadly);
            models[index].Do(action, typed, models);
            await DoAsync(action, keys[index], typed);
        }

        await AssertAsync(post.Id, keys, models);
    }

    private static string Text(int number, bool isHeld) =>
        $"words {number}, {(isHeld ? "https://a.example https://b.example" : "fine")}";

    private async Task<CommentKey> KeepAsync(PostId post, string text, CommentId? answers)
    {
        var comment = ContentBuilder.CommentOf(await _fixture.Comments.IdKeyAsync(Stop), post, text) with
        {
            Answers = answers,
            Created = _fixture.Clock.GetUtcNow(),
        };
        return (await _fixture.Comments.KeepAsync(comment, Stop)).Key;
    }

    private Task DoAsync(ConversationAction action, CommentKey key, string typed) =>
        action switch
        {
            ConversationAction.Judge => Moderation.JudgeAsync(key, Stop),
            ConversationAction.Approve => Moderation.DecideAsync(key, CommentState.Approved, "by a test", Stop),
            ConversationAction.Spam => Moderation.DecideAsync(key, CommentState.Spam, "by a test", Stop),
            ConversationAction.Withdraw => Own.WithdrawAsync(key, Stop),
            ConversationAction.Erase => Own.EraseAsync(key, Stop),
            _ => Own.ReviseAsync(key, typed, Stop),
        };

    private async Task AssertAsync(PostId post, List<CommentKey> keys, List<ModelComment> models)
    {
        var comments = await Task.WhenAll(
            keys.Select(async key => (await _fixture.Comments.FindAsync(key, Stop))!.Value)
        );
        Assert.Equal(
            models.Select(model => (model.State, model.Text, model.NewText, model.IsErased)),
            comments.Select(comment => (comment.State, comment.Text, comment.NewText, comment.IsErased))
        );

        // The tally is what is shown, and every place has those above it.
        var places = await _fixture.Comments.ShownAsync(post, 1, 1000, Stop);
        var shown = models.Where(model => model.State == CommentState.Approved).Select(model => model.Text).Order();
        Assert.Equal(
            shown,
            places.Where(place => place.State == CommentState.Approved).Select(place => place.Text).Order()
        );
        Assert.Equal(shown.Count(), (await _fixture.Comments.TallyAsync(post, Stop)).Shown);
        Assert.All(places, place =>
            Assert.True(
                place.Position!.Value.Above() is not { } parent || places.Any(other => other.Position == parent),
                $"{place.Position} hangs in the air"
            )
        );
        Assert.All(places, place =>
            Assert.True(
                place.State == CommentState.Approved
                    || places.Any(other => other.Position!.Value.IsBelow(place.Position!.Value)),
                $"{place.Position} is empty for nobody"
            )
        );

        // Of what was erased there is nothing.
        var rows = await new TableClient(_fixture.Blog.Connection, StorageNames.CommentTable)
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {post.ToString()}"))
            .ToListAsync();
        var erased = comments
            .Where(comment => comment.IsErased)
            .Select(comment => comment.Key.Comment.ToString())
            .ToList();
        var left = rows.Where(row =>
            erased.Any(id =>
                row.RowKey.Contains(id, StringComparison.Ordinal)
                || row.GetString("Data")?.Contains($"\"Key\":\"{post}-{id}", StringComparison.Ordinal) == true
            )
        );
        Assert.All(left, row => Assert.DoesNotContain("words", row.GetString("Data"), StringComparison.Ordinal));
    }
}
