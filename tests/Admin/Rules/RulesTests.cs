using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Admin.Rules;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Admin.Rules;

[Trait("Category", "Slow")]
public sealed partial class RulesTests : IAsyncLifetime
{
    private const string RulesPath = "/moderate/rules/edit";

    private TestBlog _blog = null!;
    private AdminDriver _moderator = null!;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync(
            new() { ["Blog:Comments:MaxLinks"] = "5", ["Blog:Comments:ModerationKeys"] = "casino,lottery" }
        );
        _moderator = await AdminDriver.SignInAsync(_blog);
    }

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Fact]
    public async Task Saved_rules_apply_until_the_environments_are_restored()
    {
        var post = await _blog.PublishAsync("rules");
        var before = await _moderator.ReadAsync(RulesPath);
        await AssertDecisionAsync(post, "I like turnips.", CommentState.Approved);

        var saved = await PageAsync(
            HttpStatusCode.OK,
            ("act", "save"),
            ("links", "2"),
            ("seconds", "0"),
            ("held", "turnip\r\n\r\n  swede \r\nTURNIP"),
            ("spam", "casino")
        );
        await AssertDecisionAsync(post, "I like Turnips, too.", CommentState.Held);
        await AssertDecisionAsync(post, "Casino!", CommentState.Spam);
        await AssertDecisionAsync(post, "A lottery.", CommentState.Approved);
        var forgotten = await PageAsync(HttpStatusCode.OK, ("act", "forget"), ("version", await SavedVersionAsync()));
        await AssertDecisionAsync(post, "Another lottery.", CommentState.Held);

        Assert.Contains(
            "These rules come from the app’s settings.",
            WebUtility.HtmlDecode(before),
            StringComparison.Ordinal
        );
        Assert.Equal("casino\nlottery", FieldIn(before, "held"));
        Assert.Contains("Ada saved these on", saved, StringComparison.Ordinal);
        Assert.Equal(("turnip\nswede", "casino"), (FieldIn(saved, "held"), FieldIn(saved, "spam")));
        Assert.Contains(
            "These rules come from the app’s settings.",
            WebUtility.HtmlDecode(forgotten),
            StringComparison.Ordinal
        );
        Assert.Equal("casino\nlottery", FieldIn(forgotten, "held"));
    }

    [Fact]
    public async Task A_dry_run_shows_what_would_change_and_saves_nothing()
    {
        var post = await _blog.PublishAsync("trial");
        await AssertDecisionAsync(post, "I like turnips.", CommentState.Approved);
        await AssertDecisionAsync(post, "I like swedes.", CommentState.Approved);
        await AssertDecisionAsync(post, "A lottery.", CommentState.Held);

        var dryRun = await PageAsync(
            HttpStatusCode.OK,
            ("act", "try"),
            ("links", "0"),
            ("seconds", "0"),
            ("held", ""),
            ("spam", "turnip")
        );

        Assert.Contains("Of the last 3 comments, these rules judge 2 otherwise", dryRun, StringComparison.Ordinal);
        var changes = WebUtility.HtmlDecode(dryRun);
        Assert.Contains(
            "Approved → Spam. It has \"turnip\", one of the words that make a comment spam.",
            changes,
            StringComparison.Ordinal
        );
        Assert.Contains("Held → Approved. No rule objects.", changes, StringComparison.Ordinal);
        Assert.Equal("turnip", FieldIn(dryRun, "spam"));
        Assert.Null(await _blog.Get<RuleTable>().FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_dry_run_covers_the_last_200_comments_in_every_state()
    {
        var post = await _blog.PublishAsync("many");
        var (key, table, moderation) = (
            await _blog.Get<CommentTable>().GetIdKeyAsync(CancellationToken.None),
            _blog.Get<CommentTable>(),
            _blog.Get<CommentModeration>()
        );
        await Parallel.ForEachAsync(Enumerable.Range(0, RulesDryRun.MaxComments + 5), async (number, stop) =>
        {
            var comment = await table.AddAsync(
                ContentBuilder.BuildComment(key, post, $"Turnip {number}.", number),
                stop
            );
            await moderation.DecideAsync(
                comment.Key,
                number % 2 == 0 ? CommentState.Spam : CommentState.Held,
                "by a test",
                stop
            );
        });

        var dryRun = await PageAsync(
            HttpStatusCode.OK,
            ("act", "try"),
            ("links", "0"),
            ("seconds", "0"),
            ("held", "turnip"),
            ("spam", "")
        );

        Assert.Contains(
            $"Of the last {RulesDryRun.MaxComments} comments, these rules judge {RulesDryRun.MaxComments} otherwise",
            dryRun,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("links", "101", "Write a number from 0 to 100.")]
    [InlineData("links", "", "Write a number from 0 to 100.")]
    [InlineData("seconds", "-1", "Write a number from 0 to 3600.")]
    [InlineData("held", "20,001 characters", "These have 20001 characters: keep at most 20000.")]
    [InlineData("spam", "101 characters", "has 101 characters: a line is a word or a few, at most 100.")]
    public async Task Invalid_rules_are_reported_and_nothing_is_saved(string field, string text, string problem)
    {
        var typed = text switch
        {
            "20,001 characters" => string.Concat(Enumerable.Repeat("turnips\n", 2500)) + "t",
            "101 characters" => new string('t', 101),
            _ => text,
        };
        (string Name, string Value)[] rest =
        [
            .. new[] { ("links", "2"), ("seconds", "0"), ("held", ""), ("spam", "") }.Where(other =>
                other.Item1 != field
            ),
        ];

        var page = WebUtility.HtmlDecode(
            await PageAsync(HttpStatusCode.BadRequest, [("act", "save"), (field, typed), .. rest])
        );

        Assert.Contains(problem, page, StringComparison.Ordinal);
        Assert.Contains(typed, page, StringComparison.Ordinal);
        Assert.Null(await _blog.Get<RuleTable>().FindAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Rules_that_were_saved_meanwhile_are_not_overwritten_unseen()
    {
        (string, string)[] mine = [("act", "save"), ("links", "3"), ("seconds", "0"), ("held", "mine"), ("spam", "")];
        await PageAsync(
            HttpStatusCode.OK,
            ("act", "save"),
            ("links", "4"),
            ("seconds", "0"),
            ("held", "theirs"),
            ("spam", "")
        );

        var refused = await PageAsync(HttpStatusCode.Conflict, mine);
        var stored = (await _blog.Get<RuleTable>().FindAsync(CancellationToken.None))!.Value;
        var saved = await PageAsync(
            HttpStatusCode.OK,
            [.. mine, ("version", WebUtility.HtmlDecode(Version().Match(refused).Groups[1].Value))]
        );

        Assert.Equal("mine", FieldIn(refused, "held"));
        Assert.Equal(["theirs"], stored.ModerationKeys);
        Assert.Equal("mine", FieldIn(saved, "held"));
    }

    [Fact]
    public async Task A_comment_form_says_that_first_comments_are_checked_while_the_rules_hold_them()
    {
        const string Sentence = "First comments are checked by a person.";
        await _blog.PublishAsync("first-comments");
        var before = await _blog.ReadAsync("/posts/first-comments");

        await PageAsync(
            HttpStatusCode.OK,
            ("act", "save"),
            ("first", "yes"),
            ("links", "2"),
            ("seconds", "0"),
            ("held", ""),
            ("spam", "")
        );
        await _blog.ReadUntilAsync("/posts/first-comments", page => page.Contains(Sentence, StringComparison.Ordinal));
        await PageAsync(
            HttpStatusCode.OK,
            ("act", "save"),
            ("all", "yes"),
            ("first", "yes"),
            ("links", "2"),
            ("seconds", "0"),
            ("held", ""),
            ("spam", ""),
            ("version", await SavedVersionAsync())
        );
        var everyComment = await _blog.ReadUntilAsync("/posts/first-comments", page =>
            page.Contains("Comments are checked by a person.", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(Sentence, everyComment, StringComparison.Ordinal);
        await PageAsync(HttpStatusCode.OK, ("act", "forget"), ("version", await SavedVersionAsync()));
        await _blog.ReadUntilAsync("/posts/first-comments", page => !page.Contains(Sentence, StringComparison.Ordinal));

        Assert.DoesNotContain(Sentence, before, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_that_somebody_else_has_saved_meanwhile_are_not_forgotten()
    {
        await PageAsync(HttpStatusCode.OK, ("act", "save"), ("links", "2"), ("seconds", "0"));
        var seen = await SavedVersionAsync();
        await PageAsync(HttpStatusCode.OK, ("act", "save"), ("links", "7"), ("seconds", "0"), ("version", seen));

        var refused = await PageAsync(HttpStatusCode.Conflict, ("act", "forget"), ("version", seen));

        Assert.Contains("somebody has saved other rules meanwhile", refused, StringComparison.Ordinal);
        Assert.Contains("value=\"7\"", await _moderator.ReadAsync(RulesPath), StringComparison.Ordinal);
    }

    private async Task<string> PageAsync(HttpStatusCode status, params (string Name, string Value)[] form)
    {
        using var response = await _moderator.PostAsync(RulesPath, form);
        Assert.Equal(status, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<string> SavedVersionAsync() =>
        WebUtility.HtmlDecode(Version().Match(await _moderator.ReadAsync(RulesPath)).Groups[1].Value);

    private async Task AssertDecisionAsync(PostId post, string text, CommentState expected) =>
        Assert.Equal(expected, (await ContentBuilder.SubmitCommentAsync(_blog, post, text)).State);

    private static string FieldIn(string page, string name) =>
        WebUtility
            .HtmlDecode(Regex.Match(page, $"<textarea id=\"your-{name}\"[^>]*>\n([^<]*)</textarea>").Groups[1].Value)
            .ReplaceLineEndings("\n");

    [GeneratedRegex("name=\"version\" value=\"([^\"]*)\"")]
    private static partial Regex Version();
}
