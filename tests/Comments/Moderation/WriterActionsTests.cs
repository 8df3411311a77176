using Azure.Data.Tables;
using Azure.Storage.Blobs;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Comments.Moderation;

/// <summary>What a writer does with a comment of one's own, by the link that came with it.</summary>
public sealed class WriterActionsTests : IAsyncLifetime
{
    private static readonly CancellationToken Stop = CancellationToken.None;

    private CommentFixture _fixture = null!;

    public async Task InitializeAsync() => _fixture = await CommentFixture.StartAsync();

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task A_changed_text_is_judged_again_and_the_old_one_shows_until_then()
    {
        var comment = await ShowAsync("The old text.");

        await ActAsync(comment, "change", "The new text.");
        var (before, pageBefore) = (await FindAsync(comment), await _fixture.Blog.ReadAsync("/posts/hello"));
        await _fixture.DeliverAsync();

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
            (await _fixture.Comments.AuditAsync(comment.Key, Stop)).Select(entry => entry.Before).OfType<string>()
        );
        Assert.Empty(await _fixture.WaitingAsync());
    }

    [Fact]
    public async Task A_changed_text_that_the_rules_hold_is_hidden_and_the_moderator_told()
    {
        var comment = await ShowAsync("Harmless.");

        await ActAsync(comment, "change", "See https://a.example and https://b.example");
        await _fixture.DeliverAsync();

        Assert.Equal(CommentState.Held, (await FindAsync(comment)).State);
        Assert.Equal(0, (await _fixture.Comments.TallyAsync(_fixture.Post, Stop)).Shown);
        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            !html.Contains("Harmless.", StringComparison.Ordinal)
        );
        Assert.Equal([$"held-{comment.Key}-2"], await _fixture.NoticesAsync());
    }

    [Fact]
    public async Task A_moderator_with_a_link_sees_the_text_that_approving_would_show()
    {
        var comment = await ShowAsync("The old text.");
        await ActAsync(comment, "change", "The new text.");

        var asked = await _fixture.Blog.ReadAsync(
            $"/moderate/{_fixture.Blog.Get<SignedLinks>().Sign(LinkAction.Spam, comment)}"
        );

        Assert.Contains("The new text.", asked, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_15_minutes_or_once_answered_a_text_stays()
    {
        var (late, answered) = (await ShowAsync("Late."), await ShowAsync("Answered."));
        await ShowAsync("An answer.", answered);

        await ActAsync(answered, "change", "Not what was answered.");
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
    public async Task What_was_taken_back_is_hidden_and_no_moderators_link_brings_it_back()
    {
        var comment = await ShowAsync("A mistake.");
        var link = $"/moderate/{_fixture.Blog.Get<SignedLinks>().Sign(LinkAction.Approve, comment)}";

        await ActAsync(comment, "withdraw");
        using var approved = await _fixture.Blog.Http.PostAsync(link, null);
        await _fixture.JudgeAsync(comment.Key.ToString());

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
    public async Task Of_what_was_erased_nothing_is_left(bool isAnswered)
    {
        var comment = await SayAsync("Unspeakable https://a.example https://b.example", name: "Graciosa");
        await RuleAsync(comment, CommentState.Approved);
        if (isAnswered)
        {
            await ShowAsync("An answer.", comment);
        }

        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Contains("Unspeakable", StringComparison.Ordinal)
        );

        await ActAsync(comment, "erase");

        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            !html.Contains("Unspeakable", StringComparison.Ordinal)
        );
        Assert.Empty(await TracesAsync("Unspeakable", "Graciosa", "graciosa@example.com"));
        Assert.Contains(
            "Nothing is left of it.",
            await _fixture.Blog.ReadAsync(AddressOf(comment)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_comment_that_is_erased_while_it_is_held_leaves_no_notice()
    {
        var comment = await SayAsync("Unspeakable https://a.example https://b.example", name: "Graciosa");
        var stale = await FindAsync(comment);
        await ActAsync(comment, "erase");
        var post = (await _fixture.Blog.Get<PostTable>().FindAsync(_fixture.Post, Stop))!.Value;
        await _fixture
            .Blog.Get<NotificationOutbox>()
            .AddAsync(_fixture.Blog.Get<HeldCommentNotification>().Create(stale, post), Stop); // by who held it a moment before

        await _fixture.JudgeAsync(comment.Key.ToString());

        Assert.Empty(await TracesAsync("Unspeakable", "Graciosa", "graciosa@example.com"));
    }

    [Theory]
    [InlineData("change", false)]
    [InlineData("change", true)]
    [InlineData("withdraw", false)]
    [InlineData("withdraw", true)]
    [InlineData("erase", false)]
    [InlineData("erase", true)]
    public async Task Whichever_call_breaks_the_act_done_again_is_done(string act, bool afterwards)
    {
        const int Tries = 4; // the SDK's, for one call
        var calls = int.MaxValue;
        for (var call = 0; call < calls; call++)
        {
            var comment = await ShowAsync($"Unspeakable {call}.", name: $"Graciosa{call}");
            _fixture.Faults.Break(call..(call + Tries), afterwards);
            await ActAsync(comment, act, $"Changed {call}.");
            var reached = _fixture.Faults.Made > call;
            _fixture.Faults.Break(0..0);

            await ActAsync(comment, act, $"Changed {call}.");
            await _fixture.DeliverAsync();
            await _fixture.SweepAsync(TimeSpan.FromSeconds(31));
            await _fixture.DeliverAsync();

            var after = await FindAsync(comment);
            Assert.Equal(
                act == "change"
                    ? (CommentState.Approved, $"Changed {call}.", null)
                    : (CommentState.Trash, act == "erase" ? "" : comment.Text, null),
                (after.State, after.Text, after.NewText)
            );
            Assert.Empty(await _fixture.WaitingAsync());
            await AssertAgreesAsync(act == "change" ? call + 1 : 0);
            Assert.Empty(act == "erase" ? await TracesAsync($"Unspeakable {call}.", $"Graciosa{call}") : []);
            calls = reached ? calls : call;
        }

        Assert.InRange(calls, 4, 60);
    }

    [Fact]
    public async Task Whoever_comes_between_nothing_is_lost_and_page_and_table_agree()
    {
        for (var round = 0; round < 12; round++)
        {
            var thread = await ShowAsync($"Thread {round}.");
            var reply = await SayAsync($"Reply {round}.", thread);

            await Task.WhenAll(
                RuleAsync(thread, CommentState.Spam),
                RuleAsync(thread, CommentState.Approved),
                _fixture.JudgeAsync(reply.Key.ToString()),
                RuleAsync(reply, CommentState.Approved),
                round % 2 == 0 ? ActAsync(thread, "withdraw") : ActAsync(thread, "change", $"Changed {round}.")
            );
            await _fixture.DeliverAsync();

            var audit = await _fixture.Comments.AuditAsync(thread.Key, Stop);
            var final = await FindAsync(thread);
            Assert.Equal((audit.Count, audit[^1].To), (final.Decisions, final.State));
            Assert.All(audit.Zip(audit.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
            Assert.Equal(CommentState.Approved, (await FindAsync(reply)).State);
        }

        var shown = (await _fixture.Comments.ShownAsync(_fixture.Post, 1, 1000, Stop)).Count(comment =>
            comment.State == CommentState.Approved
        );
        await AssertAgreesAsync(shown);
    }

    /// <summary>So many are shown: by the tally, in their places, each with all places above it, and on the page.</summary>
    private async Task AssertAgreesAsync(int shown)
    {
        var places = await _fixture.Comments.ShownAsync(_fixture.Post, 1, 1000, Stop);
        Assert.Equal(shown, places.Count(comment => comment.State == CommentState.Approved));
        Assert.Equal(shown, (await _fixture.Comments.TallyAsync(_fixture.Post, Stop)).Shown);
        Assert.All(places, place =>
            Assert.True(
                place.Position!.Value.Above() is not { } parent || places.Any(other => other.Position == parent),
                $"{place.Position} hangs in the air"
            )
        );
        await _fixture.Blog.ReadUntilAsync("/posts/hello", html =>
            html.Split("<header class=\"byline\">").Length - 1 == shown
        );
    }

    private async Task<Comment> SayAsync(string text, Comment? answers = null, string name = "Grace")
    {
        var number = answers is null ? "" : $"{(await FindAsync(answers)).Number}";
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
            await _fixture.Comments.IdKeyAsync(Stop),
            _fixture.Post,
            $"{name}@example.com",
            name,
            text,
            answers?.Key.Comment
        );
        return (await _fixture.Comments.FindAsync(new CommentKey(_fixture.Post, id), Stop))!.Value;
    }

    private async Task<Comment> ShowAsync(string text, Comment? answers = null, string name = "Grace")
    {
        var comment = await SayAsync(text, answers, name);
        await _fixture.DeliverAsync();
        return await FindAsync(comment);
    }

    private async Task<Comment> FindAsync(Comment comment) =>
        (await _fixture.Comments.FindAsync(comment.Key, Stop))!.Value;

    private string AddressOf(Comment comment) =>
        $"/comment/{_fixture.Blog.Get<SignedLinks>().Sign(LinkAction.Receipt, comment)}";

    private async Task ActAsync(Comment comment, string act, string text = "")
    {
        using var answer = await _fixture.Blog.Http.PostAsync(
            AddressOf(comment),
            new FormUrlEncodedContent([new("act", act), new("comment", text)])
        );
    }

    private Task RuleAsync(Comment comment, CommentState state) =>
        _fixture.Blog.Get<CommentModeration>().DecideAsync(comment.Key, state, "by a test", Stop);

    /// <summary>Where any of these words stands in the tables of comments and notices, and among the rendered pages.</summary>
    private async Task<IReadOnlyList<string>> TracesAsync(params string[] words)
    {
        var found = new List<string>();
        foreach (var table in (string[])[StorageNames.CommentTable, StorageNames.NoticeTable])
        {
            await foreach (var row in new TableClient(_fixture.Blog.Connection, table).QueryAsync<TableEntity>())
            {
                Note(
                    $"{table}/{row.PartitionKey}/{row.RowKey}",
                    string.Join('\n', row.Select(property => property.Value))
                );
            }
        }

        var pages = new BlobContainerClient(_fixture.Blog.Connection, StorageNames.Pages);
        await foreach (var blob in pages.GetBlobsAsync())
        {
            Note(blob.Name, (await pages.GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString());
        }

        return found;

        void Note(string place, string text) =>
            found.AddRange(
                words
                    .Where(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
                    .Select(word => $"{word} in {place}")
            );
    }
}
