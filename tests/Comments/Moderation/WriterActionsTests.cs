using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Comments.Moderation;

/// <summary>The actions of commenters on their own comments, through the link that they got with the comment.</summary>
[Trait("Category", "Slow")]
public sealed class WriterActionsTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private CommentFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await CommentFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task A_changed_text_is_moderated_again_and_the_old_one_is_shown_until_then()
    {
        var comment = await SubmitAndModerateAsync("The old text.");

        await PostActionAsync(comment, "change", "The new text.");
        var (before, pageBefore) = (await FindAsync(comment), await _fixture.Blog.ReadAsync("/posts/hello"));
        await _fixture.DeliverMessagesAsync();

        Assert.Equal(
            (CommentState.Approved, "The old text.", "The new text."),
            (before.State, before.Text, before.NewText)
        );
        Assert.Contains("The old text.", pageBefore, StringComparison.Ordinal);
        var page = await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Contains("The new text.", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("The old text.", page, StringComparison.Ordinal);
        Assert.Equal(
            ["The old text."],
            (await _fixture.Comments.ReadAuditAsync(comment.Key, Stop)).Select(entry => entry.Before).OfType<string>()
        );
        Assert.Empty(await _fixture.WaitingAsync());
    }

    [Fact]
    public async Task A_changed_text_that_the_rules_hold_is_hidden_and_the_moderator_notified()
    {
        var comment = await SubmitAndModerateAsync("Harmless.");

        await PostActionAsync(comment, "change", "See https://a.example and https://b.example");
        await _fixture.DeliverMessagesAsync();

        Assert.Equal(CommentState.Held, (await FindAsync(comment)).State);
        Assert.Equal(0, (await _fixture.Comments.ReadCountsAsync(_fixture.Post, Stop)).Shown);
        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            !html.Contains("Harmless.", StringComparison.Ordinal)
        );
        Assert.Equal([$"held-{comment.Key}-2"], await _fixture.NotificationIdsAsync());
    }

    [Fact]
    public async Task A_moderator_with_a_link_sees_the_text_that_approving_would_show()
    {
        var comment = await SubmitAndModerateAsync("The old text.");
        await PostActionAsync(comment, "change", "The new text.");

        var page = await _fixture.Blog.ReadAsync(
            $"/moderate/{_fixture.Blog.Get<SignedLinks>().Sign(LinkAction.Spam, comment)}"
        );

        Assert.Contains("The new text.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_15_minutes_or_a_reply_a_text_cannot_be_changed()
    {
        var (late, answered) = (await SubmitAndModerateAsync("Late."), await SubmitAndModerateAsync("Answered."));
        await SubmitAndModerateAsync("An answer.", answered);

        await PostActionAsync(answered, "change", "Not what was answered.");
        _fixture.Clock.Advance(WriterActions.RevisionTime);
        using var refused = await _fixture.Blog.Http.PostAsync(
            AddressOf(late),
            new FormUrlEncodedContent([new("act", "change"), new("comment", "Too late.")])
        );

        Assert.Equal((null, null), ((await FindAsync(answered)).NewText, (await FindAsync(late)).NewText));
        Assert.Contains(
            "The text can no longer be changed: 15 minutes are over, or somebody has replied to it.",
            await refused.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<textarea", await _fixture.Blog.ReadAsync(AddressOf(late)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_withdrawn_comment_is_hidden_and_no_moderation_link_restores_it()
    {
        var comment = await SubmitAndModerateAsync("A mistake.");
        var link = $"/moderate/{_fixture.Blog.Get<SignedLinks>().Sign(LinkAction.Approve, comment)}";

        await PostActionAsync(comment, "withdraw");
        using var approved = await _fixture.Blog.Http.PostAsync(link, null);
        await _fixture.ModerateAsync(comment.Key.ToString());

        Assert.Equal(CommentState.Trash, (await FindAsync(comment)).State);
        var page = await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Contains("No comments yet", StringComparison.Ordinal)
        );
        Assert.DoesNotContain("A mistake.", page, StringComparison.Ordinal);
        Assert.Contains(
            "withdrawn by its writer",
            await _fixture.Blog.ReadAsync(AddressOf(comment)),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Nothing_is_left_of_an_erased_comment(bool isAnswered)
    {
        var comment = await SubmitAsync("Unspeakable https://a.example https://b.example", name: "Graciosa");
        await DecideAsync(comment, CommentState.Approved);
        if (isAnswered)
        {
            await SubmitAndModerateAsync("An answer.", comment);
        }

        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Contains("Unspeakable", StringComparison.Ordinal)
        );

        await PostActionAsync(comment, "erase");

        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            !html.Contains("Unspeakable", StringComparison.Ordinal)
        );
        Assert.Empty(await FindTracesAsync("Unspeakable", "Graciosa", "graciosa@example.com"));
        Assert.Contains(
            "Nothing is left of it.",
            await _fixture.Blog.ReadAsync(AddressOf(comment)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_comment_that_is_erased_while_it_is_held_leaves_no_notification()
    {
        var comment = await SubmitAsync("Unspeakable https://a.example https://b.example", name: "Graciosa");
        var stale = await FindAsync(comment);
        await PostActionAsync(comment, "erase");
        var post = (await _fixture.Blog.Get<PostTable>().FindAsync(_fixture.Post, Stop))!.Value;
        await _fixture
            .Blog.Get<NotificationOutbox>()
            // As a concurrent decision would add it.
            .AddAsync(_fixture.Blog.Get<CommentNotification>().Create(stale, post, SiteTexts.BuiltIn), Stop);

        await _fixture.ModerateAsync(comment.Key.ToString());

        Assert.Empty(await FindTracesAsync("Unspeakable", "Graciosa", "graciosa@example.com"));
    }

    [Theory]
    [InlineData("change", false)]
    [InlineData("change", true)]
    [InlineData("withdraw", false)]
    [InlineData("withdraw", true)]
    [InlineData("erase", false)]
    [InlineData("erase", true)]
    public async Task Whichever_call_fails_the_repeated_action_succeeds(string action, bool isResponseLost)
    {
        const int Tries = 4; // the attempts that the SDK makes for one call
        var (calls, actions) = (int.MaxValue, 0);
        for (var call = 0; call < calls; call += TestDepth.Step)
        {
            var comment = await SubmitAndModerateAsync($"Unspeakable {call}.", name: $"Graciosa{call}");
            _fixture.Faults.Break(call..(call + Tries), isResponseLost);
            await PostActionAsync(comment, action, $"Changed {call}.");
            var wasReached = _fixture.Faults.Made > call;
            _fixture.Faults.Break(0..0);

            await PostActionAsync(comment, action, $"Changed {call}.");
            await _fixture.DeliverMessagesAsync();
            await _fixture.DeliverDelayedAsync(TimeSpan.FromSeconds(61));
            await _fixture.DeliverMessagesAsync();

            var after = await FindAsync(comment);
            Assert.Equal(
                action == "change"
                    ? (CommentState.Approved, $"Changed {call}.", null)
                    : (CommentState.Trash, action == "erase" ? "" : comment.Text, null),
                (after.State, after.Text, after.NewText)
            );
            Assert.Empty(await _fixture.WaitingAsync());
            await AssertShownAsync(action == "change" ? ++actions : 0);
            Assert.Empty(action == "erase" ? await FindTracesAsync($"Unspeakable {call}.", $"Graciosa{call}") : []);
            calls = wasReached ? calls : call;
        }

        Assert.InRange(calls, 4, 60);
    }

    [Fact]
    public async Task Concurrent_actions_lose_nothing_and_page_and_table_agree()
    {
        for (var round = 0; round < 12; round++)
        {
            var thread = await SubmitAndModerateAsync($"Thread {round}.");
            var reply = await SubmitAsync($"Reply {round}.", thread);

            await Task.WhenAll(
                DecideAsync(thread, CommentState.Spam),
                DecideAsync(thread, CommentState.Approved),
                _fixture.ModerateAsync(reply.Key.ToString()),
                DecideAsync(reply, CommentState.Approved),
                round % 2 == 0
                    ? PostActionAsync(thread, "withdraw")
                    : PostActionAsync(thread, "change", $"Changed {round}.")
            );
            await _fixture.DeliverMessagesAsync();

            var audit = await _fixture.Comments.ReadAuditAsync(thread.Key, Stop);
            var final = await FindAsync(thread);
            Assert.Equal((audit.Count, audit[^1].To), (final.Decisions, final.State));
            Assert.All(audit.Zip(audit.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.Equal(CommentState.Approved, (await FindAsync(reply)).State);
        }

        var shown = (await _fixture.Comments.ReadThreadsAsync(_fixture.Post, 1, 1000, Stop)).Count(comment =>
            comment.State == CommentState.Approved
        );
        await AssertShownAsync(shown);
    }

    /// <summary>
    /// Asserts the number of shown comments in the counts, in the thread rows, of which each has all its parents, and
    /// on the page.
    /// </summary>
    private async Task AssertShownAsync(int shown)
    {
        var entries = await _fixture.Comments.ReadThreadsAsync(_fixture.Post, 1, 1000, Stop);
        Assert.Equal(shown, entries.Count(comment => comment.State == CommentState.Approved));
        Assert.Equal(shown, (await _fixture.Comments.ReadCountsAsync(_fixture.Post, Stop)).Shown);
        Assert.All(entries, entry =>
            Assert.True(
                entry.Position!.Value.GetParent() is not { } parent || entries.Any(other => other.Position == parent),
                $"{entry.Position} has no parent entry"
            )
        );
        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Split("<header class=\"byline\">").Length - 1 == shown
        );
    }

    private async Task<Comment> SubmitAsync(string text, Comment? parent = null, string name = "Grace")
    {
        var number = parent is null ? "" : $"{(await FindAsync(parent)).Number}";
        using var sent = await _fixture.Blog.Http.PostAsync(
            $"/posts/{_fixture.Post}/comments",
            new FormUrlEncodedContent([
                new("name", name),
                new("email", $"{name.ToLowerInvariant()}@example.com"),
                new("comment", text),
                new("answers", number),
            ])
        );
        var id = CommentId.Create(
            await _fixture.Comments.GetIdKeyAsync(Stop),
            _fixture.Post,
            $"{name}@example.com",
            name,
            text,
            parent?.Key.Comment
        );
        return (await _fixture.Comments.FindAsync(new CommentKey(_fixture.Post, id), Stop))!.Value;
    }

    private async Task<Comment> SubmitAndModerateAsync(string text, Comment? parent = null, string name = "Grace")
    {
        var comment = await SubmitAsync(text, parent, name);
        await _fixture.DeliverMessagesAsync();
        return await FindAsync(comment);
    }

    private async Task<Comment> FindAsync(Comment comment) =>
        (await _fixture.Comments.FindAsync(comment.Key, Stop))!.Value;

    private string AddressOf(Comment comment) =>
        $"/comment/{_fixture.Blog.Get<SignedLinks>().Sign(LinkAction.Receipt, comment)}";

    private async Task PostActionAsync(Comment comment, string action, string text = "")
    {
        using var response = await _fixture.Blog.Http.PostAsync(
            AddressOf(comment),
            new FormUrlEncodedContent([new("act", action), new("comment", text)])
        );
    }

    private Task DecideAsync(Comment comment, CommentState state) =>
        _fixture.Blog.Get<CommentModeration>().DecideAsync(comment.Key, state, "by a test", Stop);

    /// <summary>Finds these words in the tables of comments and notifications and in the cached pages.</summary>
    private async Task<IReadOnlyList<string>> FindTracesAsync(params string[] words)
    {
        var found = new List<string>();
        foreach (var table in (string[])[StorageNames.CommentTable, StorageNames.NotificationTable])
        {
            await foreach (var row in new TableClient(_fixture.Blog.Connection, table).QueryAsync<TableEntity>())
            {
                AddMatches(
                    $"{table}/{row.PartitionKey}/{row.RowKey}",
                    string.Join('\n', row.Select(property => property.Value))
                );
            }
        }

        var pages = new BlobContainerClient(_fixture.Blog.Connection, StorageNames.Pages);
        await foreach (var blob in pages.GetBlobsAsync())
        {
            AddMatches(
                blob.Name,
                (await pages.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString()
            );
        }

        return found;

        void AddMatches(string location, string text) =>
            found.AddRange(
                words
                    .Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    .Select(word => $"{word} in {location}")
            );
    }
}
