using Azure.Data.Tables;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class ForgetCommentsTests : IAsyncLifetime
{
    private CommentWorld _world = null!;

    public async Task InitializeAsync() => _world = await CommentWorld.StartAsync(new() { ["Blog:Comments:KeepDays"] = "30" });

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task Spam_and_what_was_thrown_away_are_gone_after_30_days_and_everything_else_stays()
    {
        var texts = new[] { "spam", "trash", "taken back", "held", "approved" };
        var keys = new Dictionary<string, CommentKey>();
        foreach (var text in texts)
        {
            keys[text] = await _world.SayAsync($"The {text} one.");
        }

        await RuleAsync(keys["spam"], CommentState.Spam);
        await RuleAsync(keys["trash"], CommentState.Trash, restorable: true);
        await _world.Blog.Get<OwnComment>().WithdrawAsync(keys["taken back"], CancellationToken.None);
        await RuleAsync(keys["held"], CommentState.Held);

        await RunAsync(TimeSpan.FromDays(29.9));
        var early = await _world.KeptAsync();
        await RunAsync(TimeSpan.FromDays(0.2));
        await RunAsync(TimeSpan.Zero);

        Assert.Equal(5, early.Count);
        Assert.Equivalent(new[] { keys["held"], keys["approved"] }, await _world.KeptAsync(), strict: true);
        Assert.Equal([], await TracesAsync(keys["spam"], keys["trash"], keys["taken back"]));
        Assert.Equal((0, 0), (await CountAsync(CommentState.Spam), await CountAsync(CommentState.Trash)));
    }

    [Fact]
    public async Task What_is_deleted_while_others_answer_it_leaves_its_place_empty()
    {
        var comment = await _world.SayAsync("Answered.");
        var answer = Scene.CommentOf(await _world.Comments.IdKeyAsync(CancellationToken.None), _world.Post, "An answer.") with { Answers = comment.Comment };
        await _world.Comments.KeepAsync(answer, CancellationToken.None);
        await RuleAsync(answer.Key, CommentState.Approved);
        await RuleAsync(comment, CommentState.Spam);

        await RunAsync(TimeSpan.FromDays(31));

        var page = await _world.Blog.ReadUntilAsync("/posts/hello", html => html.Contains("taken away", StringComparison.Ordinal));
        Assert.Contains("An answer.", page, StringComparison.Ordinal);
        Assert.Null(await _world.Comments.FindAsync(comment, CancellationToken.None));
    }

    [Fact]
    public async Task What_a_moderator_brings_back_at_that_moment_stays()
    {
        var comment = await _world.SayAsync("Brought back.");
        await RuleAsync(comment, CommentState.Spam);
        var read = (await _world.Comments.FindAsync(comment, CancellationToken.None))!;
        await RuleAsync(comment, CommentState.Approved);

        Assert.False(await _world.Comments.DeleteAsync(read, CancellationToken.None));

        Assert.Equal(CommentState.Approved, (await _world.Comments.FindAsync(comment, CancellationToken.None))!.Value.State);
        Assert.Equal(3, (await _world.Comments.AuditAsync(comment, CancellationToken.None)).Count);
    }

    [Fact]
    public async Task A_long_history_goes_too_and_a_run_that_broke_off_is_taken_up_again()
    {
        var comment = await _world.SayAsync("Undecided.");
        for (var turn = 0; turn < 60; turn++)
        {
            await RuleAsync(comment, CommentState.Held);
            await RuleAsync(comment, CommentState.Spam);
        }

        _world.Clock.Advance(TimeSpan.FromDays(31));
        _world.Blog.Calls.Fail = call => call.StartsWith("DELETE /comments", StringComparison.Ordinal) && call.Contains("state", StringComparison.Ordinal);
        await Record.ExceptionAsync(() => RunAsync(TimeSpan.Zero));
        _world.Blog.Calls.Fail = _ => false;
        var listed = await CountAsync(CommentState.Spam);
        await RunAsync(TimeSpan.Zero);

        Assert.Equal((1, 0), (listed, await CountAsync(CommentState.Spam)));
        Assert.Equal([], await TracesAsync(comment));
    }

    private Task RuleAsync(CommentKey key, CommentState state, bool restorable = false) =>
        _world.Blog.Get<CommentModeration>().RuleAsync(key, state, "by a test", CancellationToken.None, restorable: restorable);

    /// <summary>Runs the timer, so much later.</summary>
    private Task RunAsync(TimeSpan later)
    {
        _world.Clock.Advance(later);
        var blog = _world.Blog;
        return new ForgetComments(_world.Comments, blog.Get<CommentLists>(), blog.Get<CommentModeration>(), blog.Get<BlogSettings>(), _world.Clock).RunAsync(new TimerInfo(), CancellationToken.None);
    }

    private Task<int> CountAsync(CommentState state) => _world.Blog.Get<CommentLists>().CountAsync(state, 100, CancellationToken.None);

    /// <summary>Rows that say anything of these comments, but for whose a number was.</summary>
    private async Task<List<string>> TracesAsync(params CommentKey[] keys)
    {
        var rows = await new TableClient(_world.Blog.Connection, StorageNames.CommentTable).QueryAsync<TableEntity>().ToListAsync();
        return [.. rows.Where(row => !row.RowKey.StartsWith("number:", StringComparison.Ordinal))
            .Select(row => string.Join(' ', row.Select(cell => $"{cell.Value}")))
            .Where(row => keys.Any(key => row.Contains(key.Comment.ToString(), StringComparison.Ordinal)))];
    }
}
