using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Import;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Export;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Import;

/// <summary>Comments from a file of JSON Lines.</summary>
public sealed class CommentImportTests : IAsyncLifetime
{
    private TestBlog _blog = null!;
    private PostId _post;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync(new() { ["Blog:Comments:PreviouslyApproved"] = "true" });
        _post = await _blog.PublishAsync("talk");
    }

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    private async Task<List<ImportedRecord>> ImportAsync(string file, bool isDryRun = false, TestBlog? into = null)
    {
        var blog = into ?? _blog;
        var table = blog.Get<CommentTable>();
        var import = new CommentImport(
            new ImportedCommentRows(blog.Get<BlogStorage>(), table, blog.Get<BlogSettings>()),
            blog.Get<RaiseQueueClient>(),
            TimeProvider.System
        );
        using var reader = new StringReader(file);
        var comments = CommentReader.ReadLines(reader, comment => comment.File == "talk.md" ? _post : null);
        return await import.ImportAsync([.. comments], isDryRun, CancellationToken.None).ToListAsync();
    }

    /// <summary>A line; of fields that are there twice, the last counts.</summary>
    private static string Line(string id, string text, string? parent = null, string more = "")
    {
        var start = $"{{\"id\":\"{id}\",\"file\":\"talk.md\",\"author\":\"Ann\",\"email\":\"ann@example.com\"";
        var reply = parent is null ? "" : $",\"parent\":\"{parent}\"";
        return $"{start},\"text\":\"{text}\",\"created\":\"2024-01-02T03:04:05Z\"{reply}{more}}}\n";
    }

    private async Task<List<Comment>> ShownAsync(TestBlog? blog = null) =>
        [.. await (blog ?? _blog).Get<CommentTable>().ReadThreadsAsync(_post, 1, 1000, CancellationToken.None)];

    private static async Task<string> ExportAsync(TestBlog blog)
    {
        var export = ExportDriver.Create(blog);
        var file = await export.ReadAsync(CancellationToken.None).FirstAsync(file => file.Name == "comments.jsonl");
        return file.Content.ToString();
    }

    [Fact]
    public async Task An_export_gives_the_same_conversation_in_another_blog()
    {
        var moderation = _blog.Get<CommentModeration>();
        var first = await ContentBuilder.SubmitCommentAsync(_blog, _post, "First *words*.", "Grace", "g@example.com");
        await moderation.DecideAsync(first.Key, CommentState.Approved, "by a test", CancellationToken.None);
        var spam = await ContentBuilder.SubmitCommentAsync(_blog, _post, "Buy!", "Mallory", "m@example.com");
        await moderation.DecideAsync(spam.Key, CommentState.Spam, "by a test", CancellationToken.None);
        await ContentBuilder.SubmitCommentAsync(_blog, _post, "Held.", "Ken", "k@example.com");
        await ContentBuilder.SubmitCommentAsync(_blog, _post, "Second.", "Grace", "g@example.com");
        await using var other = await TestBlog.StartAsync(new() { ["Blog:Comments:PreviouslyApproved"] = "true" });
        await other.PublishAsync("talk");
        var file = await ExportAsync(_blog);

        var lines = await ImportAsync(file, into: other);

        Assert.Equal(4, lines.Count(line => line.Outcome == ImportOutcome.Imported));
        Assert.Equal((await ShownAsync()).Select(Essence), (await ShownAsync(other)).Select(Essence));
        await other.ReadUntilAsync("/posts/talk", page => page.Contains("Second.", StringComparison.Ordinal));
        Assert.Single(await other.Get<CommentLists>().ReadAsync(CommentState.Held, null, 10, default));
        Assert.Single(await other.Get<CommentLists>().ReadAsync(CommentState.Spam, null, 10, default));
        var known = await ContentBuilder.SubmitCommentAsync(other, _post, "Third.", "Grace", "g@example.com");
        Assert.Equal(CommentState.Approved, known.State);
    }

    private static object Essence(Comment comment) =>
        (
            comment.Key,
            comment.Author,
            comment.Email,
            comment.Text,
            comment.Number,
            comment.Position?.ToString(),
            comment.Created.UtcDateTime,
            comment.State
        );

    [Fact]
    public async Task Twice_changes_nothing_and_a_dry_run_writes_nothing()
    {
        var file = Line("1", "One.") + Line("2", "Two.", "1");

        var dry = await ImportAsync(file, isDryRun: true);
        Assert.Empty(await ShownAsync());
        var first = await ImportAsync(file);
        var before = await ExportAsync(_blog);
        var second = await ImportAsync(file);

        Assert.All(dry.Concat(first), line => Assert.Equal(ImportOutcome.Imported, line.Outcome));
        Assert.All(second, line => Assert.Equal(ImportOutcome.Unchanged, line.Outcome));
        Assert.Equal(before, await ExportAsync(_blog));
        Assert.Empty(Directory.Exists(_blog.MailFolder) ? Directory.GetFiles(_blog.MailFolder) : []);
    }

    [Fact]
    public async Task Replies_come_below_what_they_answer_in_whatever_order_and_circles_and_gaps_end()
    {
        var lines = await ImportAsync(
            Line("reply", "Reply.", "first")
                + Line("first", "First.")
                + Line("circle-1", "Circle 1.", "circle-2")
                + Line("circle-2", "Circle 2.", "circle-1")
                + Line("self", "Self.", "self")
                + Line("lost", "Lost.", "nobody")
        );

        var shown = (await ShownAsync()).ToDictionary(
            comment => comment.Text,
            comment => comment.Position!.ToString()!
        );
        Assert.Equal(6, shown.Count);
        Assert.Equal(3, lines.Count(line => line.Notes.Count > 0));
        Assert.All(await ShownAsync(), comment => Assert.NotEqual(comment.Key.Comment, comment.ReplyTo));
        Assert.StartsWith(shown["First."] + ".", shown["Reply."], StringComparison.Ordinal);
        Assert.DoesNotContain('.', shown["Lost."]);
        Assert.DoesNotContain('.', shown["Self."]);
        Assert.Equal(1, new[] { shown["Circle 1."], shown["Circle 2."] }.Count(path => path.Contains('.')));
    }

    [Fact]
    public async Task Comments_that_are_alike_with_other_ids_stay_two()
    {
        await ImportAsync(Line("1", "Alike.") + Line("2", "Alike."));

        Assert.Equal(2, (await ShownAsync()).Count);
    }

    [Theory]
    [InlineData("{", "it is no JSON of a comment")]
    [InlineData("[]", "it is no JSON of a comment")]
    [InlineData("null", "it is no object")]
    [InlineData("\"id\":\"\"", "it has no id")]
    [InlineData("\"created\":\"0001-01-01T00:00:00Z\"", "it has no time (created)")]
    [InlineData("\"file\":\"no.md\"", "there is no post no.md")]
    [InlineData("\"author\":null", "name: ")]
    [InlineData("\"text\":null", "comment: ")]
    [InlineData("\"website\":\"javascript:1\"", "website: ")]
    [InlineData("\"email\":\"nobody\"", "email: ")]
    [InlineData("\"state\":\"odd\"", "its state is 'odd'")]
    [InlineData("\"format\":\"odd\"", "its format is 'odd'")]
    public async Task What_cannot_be_imported_is_named_with_its_line_and_the_reason(string line, string reason)
    {
        var last = line[0] == '"' ? Line("bad", "Bad.", more: "," + line) : line;
        var lines = await ImportAsync(Line("good", "Good.") + "\n" + last);

        var leftOut = Assert.Single(lines, one => one.Outcome == ImportOutcome.LeftOut);
        Assert.Equal("line 3", leftOut.Place);
        Assert.StartsWith(reason, leftOut.Notes[0], StringComparison.Ordinal);
        Assert.Single(await ShownAsync());
    }

    [Fact]
    public void A_line_without_end_is_cut_and_the_next_is_read()
    {
        using var reader = new StringReader(new string('a', 100_000) + "\r\nb\n\nc");

        Assert.Equal([new string('a', 11), "b", "", "c"], BoundedLines.Read(reader, most: 10));
    }
}
