using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Moderation;

[Trait("Category", "Slow")]
public sealed class ForgetCommentsTests : IAsyncLifetime
{
    private CommentFixture _fixture = null!;

    public async Task InitializeAsync() =>
        _fixture = await CommentFixture.StartAsync(new() { ["Blog:Comments:KeepDays"] = "30" });

    public Task DisposeAsync() => _fixture.DisposeAsync().AsTask();

    [Fact]
    public async Task Spam_and_trash_are_deleted_after_30_days_and_everything_else_stays()
    {
        var texts = new[] { "spam", "trash", "taken back", "held", "approved" };
        var keys = new Dictionary<string, CommentKey>();
        foreach (var text in texts)
        {
            keys[text] = await _fixture.SubmitAndModerateAsync($"The {text} one.");
        }

        await DecideAsync(keys["spam"], CommentState.Spam);
        await DecideAsync(keys["trash"], CommentState.Trash, restorable: true);
        await _fixture.Blog.Get<WriterActions>().WithdrawAsync(keys["taken back"], CancellationToken.None);
        await DecideAsync(keys["held"], CommentState.Held);

        await RunAsync(TimeSpan.FromDays(29.9));
        var early = await _fixture.StoredKeysAsync();
        await RunAsync(TimeSpan.FromDays(0.2));
        await RunAsync(TimeSpan.Zero);

        Assert.Equal(5, early.Count);
        Assert.Equivalent(new[] { keys["held"], keys["approved"] }, await _fixture.StoredKeysAsync(), strict: true);
        Assert.Equal([], await FindTracesAsync(keys["spam"], keys["trash"], keys["taken back"]));
        Assert.Equal((0, 0), (await CountAsync(CommentState.Spam), await CountAsync(CommentState.Trash)));
    }

    [Fact]
    public async Task A_deleted_comment_with_replies_leaves_an_empty_entry()
    {
        var comment = await _fixture.SubmitAndModerateAsync("Answered.");
        var reply = ContentBuilder.BuildComment(
            await _fixture.Comments.GetIdKeyAsync(CancellationToken.None),
            _fixture.Post,
            "An answer."
        ) with
        {
            ReplyTo = comment.Comment,
        };
        await _fixture.Comments.AddAsync(reply, CancellationToken.None);
        await DecideAsync(reply.Key, CommentState.Approved);
        await DecideAsync(comment, CommentState.Spam);

        await RunAsync(TimeSpan.FromDays(31));

        var page = await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Contains("was removed", StringComparison.Ordinal)
        );
        Assert.Contains("An answer.", page, StringComparison.Ordinal);
        Assert.Null(await _fixture.Comments.FindAsync(comment, CancellationToken.None));
    }

    [Fact]
    public async Task A_comment_that_a_moderator_restores_at_that_moment_stays()
    {
        var comment = await _fixture.SubmitAndModerateAsync("Brought back.");
        await DecideAsync(comment, CommentState.Spam);
        var read = (await _fixture.Comments.FindAsync(comment, CancellationToken.None))!;
        await DecideAsync(comment, CommentState.Approved);

        Assert.False(await _fixture.Blog.Get<CommentRows>().DeleteAsync(read, CancellationToken.None));

        Assert.Equal(
            CommentState.Approved,
            (await _fixture.Comments.FindAsync(comment, CancellationToken.None))!.Value.State
        );
        Assert.Equal(3, (await _fixture.Comments.ReadAuditAsync(comment, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_long_history_is_deleted_too_and_an_aborted_run_is_resumed()
    {
        var comment = await _fixture.SubmitAndModerateAsync("Undecided.");
        for (var round = 0; round < 60; round++)
        {
            await DecideAsync(comment, CommentState.Held);
            await DecideAsync(comment, CommentState.Spam);
        }

        _fixture.Clock.Advance(TimeSpan.FromDays(31));
        _fixture.Blog.Calls.ShouldFail = call =>
            call.StartsWith("DELETE /comments", StringComparison.Ordinal)
            && call.Contains("state", StringComparison.Ordinal);
        await Record.ExceptionAsync(() => RunAsync(TimeSpan.Zero));
        _fixture.Blog.Calls.ShouldFail = _ => false;
        var listed = await CountAsync(CommentState.Spam);
        await RunAsync(TimeSpan.Zero);

        Assert.Equal((1, 0), (listed, await CountAsync(CommentState.Spam)));
        Assert.Equal([], await FindTracesAsync(comment));
    }

    private Task DecideAsync(CommentKey key, CommentState state, bool restorable = false) =>
        _fixture
            .Blog.Get<CommentModeration>()
            .DecideAsync(key, state, "by a test", CancellationToken.None, restorable: restorable);

    /// <summary>Advances the clock and runs the daily task.</summary>
    private Task RunAsync(TimeSpan later)
    {
        _fixture.Clock.Advance(later);
        var blog = _fixture.Blog;
        return new ForgetComments(
            _fixture.Comments,
            blog.Get<CommentLists>(),
            blog.Get<CommentRemoval>(),
            blog.Get<BlogSettings>(),
            _fixture.Clock
        ).RunAsync(CancellationToken.None);
    }

    private Task<int> CountAsync(CommentState state) =>
        _fixture.Blog.Get<CommentLists>().CountAsync(state, 100, CancellationToken.None);

    /// <summary>Finds the rows that mention these comments, except those that reserve a comment number.</summary>
    private async Task<List<string>> FindTracesAsync(params CommentKey[] keys)
    {
        var rows = await new TableClient(_fixture.Blog.Connection, StorageNames.CommentTable)
            .QueryAsync<TableEntity>()
            .ToListAsync();
        return
        [
            .. rows.Where(row => !row.RowKey.StartsWith("number:", StringComparison.Ordinal))
                .Select(row => string.Join(' ', row.Select(cell => $"{cell.Value}")))
                .Where(row => keys.Any(key => row.Contains(key.Comment.ToString(), StringComparison.Ordinal))),
        ];
    }
}
