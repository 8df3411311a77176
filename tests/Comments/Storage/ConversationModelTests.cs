using Azure.Data.Tables;
using CsCheck;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Storage;

/// <summary>
/// Property-based test: after random actions in random order, a stored conversation equals that of a simple model.
/// </summary>
[Trait("Category", "Slow")]
public sealed class ConversationModelTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private CommentFixture _fixture = null!;

    private CommentModeration Moderation => _fixture.Blog.Get<CommentModeration>();

    private WriterActions WriterActions => _fixture.Blog.Get<WriterActions>();

    public async Task InitializeAsync() =>
        _fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:Depth"] = "3" });

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task A_conversation_equals_its_model()
    {
        var actions = Gen.Select(Gen.Enum<ConversationAction>(), Gen.Int[0, 5]).List[1, 25];

        await actions.SampleAsync(CheckAsync, iter: 40, threads: 1);
    }

    private async Task CheckAsync(List<(ConversationAction Action, int Target)> actions)
    {
        var post = ContentBuilder.BuildPost($"model-{Guid.NewGuid():N}");
        await _fixture.Blog.Get<PostTable>().SaveAsync(read: null, post, Stop);
        var (keys, models) = (new List<CommentKey>(), new List<ModelComment>());
        foreach (var (number, (action, target)) in actions.Index())
        {
            var index = models.Count == 0 ? -1 : target % models.Count;
            if (action is ConversationAction.Post or ConversationAction.Reply || index < 0)
            {
                var text = Text(number, number % 2 == 1);
                var parent = action == ConversationAction.Reply && index >= 0 ? index : -1;
                models.Add(new ModelComment(text, parent < 0 ? null : models[parent]));
                keys.Add(await KeepAsync(post.Id, text, parent < 0 ? null : keys[parent].Comment));
                continue;
            }

            var typed = Text(number, action == ConversationAction.ReviseIntoHeld);
            models[index].Apply(action, typed, models);
            await ApplyAsync(action, keys[index], typed);
        }

        await AssertEqualsModelAsync(post.Id, keys, models);
    }

    private static string Text(int number, bool isHeld) =>
        $"words {number}, {(isHeld ? "https://a.example https://b.example" : "fine")}";

    private async Task<CommentKey> KeepAsync(PostId post, string text, CommentId? parent)
    {
        var comment = ContentBuilder.BuildComment(await _fixture.Comments.GetIdKeyAsync(Stop), post, text) with
        {
            ReplyTo = parent,
            Created = _fixture.Clock.GetUtcNow(),
        };
        return (await _fixture.Comments.AddAsync(comment, Stop)).Key;
    }

    private Task ApplyAsync(ConversationAction action, CommentKey key, string typed) =>
        action switch
        {
            ConversationAction.ApplyRules => Moderation.JudgeAsync(key, Stop),
            ConversationAction.Approve => Moderation.DecideAsync(key, CommentState.Approved, "by a test", Stop),
            ConversationAction.Spam => Moderation.DecideAsync(key, CommentState.Spam, "by a test", Stop),
            ConversationAction.Withdraw => WriterActions.WithdrawAsync(key, Stop),
            ConversationAction.Erase => WriterActions.EraseAsync(key, Stop),
            _ => WriterActions.ReviseAsync(key, typed, Stop),
        };

    private async Task AssertEqualsModelAsync(PostId post, List<CommentKey> keys, List<ModelComment> models)
    {
        var comments = await Task.WhenAll(
            keys.Select(async key => (await _fixture.Comments.FindAsync(key, Stop))!.Value)
        );
        Assert.Equal(
            models.Select(model => (model.State, model.Text, model.NewText, model.IsErased)),
            comments.Select(comment => (comment.State, comment.Text, comment.NewText, comment.IsErased))
        );

        // The counts equal what is shown, and the parent of every entry is listed too.
        var entries = await _fixture.Comments.ReadThreadsAsync(post, 1, 1000, Stop);
        var shown = models.Where(model => model.State == CommentState.Approved).Select(model => model.Text).Order();
        Assert.Equal(
            shown,
            entries.Where(entry => entry.State == CommentState.Approved).Select(entry => entry.Text).Order()
        );
        Assert.Equal(shown.Count(), (await _fixture.Comments.ReadCountsAsync(post, Stop)).Shown);
        Assert.All(entries, entry =>
            Assert.True(
                entry.Position!.Value.GetParent() is not { } parent || entries.Any(other => other.Position == parent),
                $"{entry.Position} has no parent entry"
            )
        );
        Assert.All(entries, entry =>
            Assert.True(
                entry.State == CommentState.Approved
                    || entries.Any(other => other.Position!.Value.IsBelow(entry.Position!.Value)),
                $"{entry.Position} is an empty entry without replies"
            )
        );

        // No row contains the text of an erased comment.
        var rows = await new TableClient(_fixture.Blog.Connection, StorageNames.CommentTable)
            .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {post.ToString()}"))
            .ToListAsync();
        var erased = comments
            .Where(comment => comment.IsErased)
            .Select(comment => comment.Key.Comment.ToString())
            .ToList();
        var remaining = rows.Where(row =>
            erased.Any(id =>
                row.RowKey.Contains(id, StringComparison.Ordinal)
                || row.GetString("Data")?.Contains($"\"Key\":\"{post}-{id}", StringComparison.Ordinal) == true
            )
        );
        Assert.All(remaining, row => Assert.DoesNotContain("words", row.GetString("Data"), StringComparison.Ordinal));
    }
}
