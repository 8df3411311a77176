using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class WriterReasonsTests
{
    private static readonly CommentSettings Strict = new(
        Moderation: true,
        PreviouslyApproved: true,
        MaxLinks: 2,
        PageSize: 50,
        Depth: 5,
        FormSeconds: 3,
        FloodSeconds: 0,
        CloseAfterDays: 0,
        KeepDays: 0,
        ModerationKeys: ["casino"],
        DisallowedKeys: ["viagra"]
    );

    [Fact]
    public void A_held_comment_has_its_reasons_without_limits_and_words()
    {
        var comment = Build("casino https://a.example https://b.example");

        Assert.Equal(
            [
                "A person reads every comment before it is shown.",
                "It has links.",
                "A person reads it before it is shown.",
                "It is the first comment with this name and e-mail address.",
            ],
            Describe(comment, CommentRules.Judge(comment, Strict, isOpen: true, isKnown: false, SiteTexts.BuiltIn))
        );
    }

    [Theory]
    [InlineData("viagra", false)]
    [InlineData("Nothing.", true)]
    public void Spam_has_one_reason_whatever_the_rule(string text, bool fillsHoneypot)
    {
        var comment = Build(text) with { FilledHoneypot = fillsHoneypot };

        Assert.Equal(
            ["It was sorted out by a filter. The moderator can still approve it."],
            Describe(comment, CommentRules.Judge(comment, Strict, isOpen: true, isKnown: false, SiteTexts.BuiltIn))
        );
    }

    [Theory]
    [InlineData(CommentState.Held)]
    [InlineData(CommentState.Spam)]
    [InlineData(CommentState.Trash)]
    public void What_a_moderator_decided_says_so_and_not_how(CommentState state) =>
        Assert.Equal(
            ["A moderator decided."],
            Describe(Build("Text."), new Verdict(state, ["A moderator decided, Ada by a link."], IsRestorable: true))
        );

    [Fact]
    public void A_corrected_text_does_not_hide_why_a_comment_is_held()
    {
        var comment = Build("https://a.example https://b.example") with { State = CommentState.Held };
        var rules = Strict with { Moderation = false, FormSeconds = 0 };
        var verdict = CommentRules.Judge(comment, rules, isOpen: true, isKnown: true, SiteTexts.BuiltIn);
        var held = EntryOf(comment, verdict, CommentState.Waiting);
        var corrected = EntryOf(comment, new Verdict(CommentState.Held, ["Corrected."]), CommentState.Held);

        Assert.Equal(["It has links."], WriterReasons.Describe(SiteTexts.BuiltIn, comment, [held, corrected]));
    }

    [Theory]
    [InlineData(CommentState.Waiting)]
    [InlineData(CommentState.Approved)]
    [InlineData(CommentState.Trash)] // withdrawn
    public void A_comment_that_is_shown_waits_or_was_withdrawn_has_no_reason(CommentState state) =>
        Assert.Empty(Describe(Build("Text."), new Verdict(state, ["No rule objects."])));

    private static IReadOnlyList<string> Describe(Comment comment, Verdict verdict) =>
        WriterReasons.Describe(
            SiteTexts.BuiltIn,
            comment with
            {
                State = verdict.State,
                IsRestorable = verdict.IsRestorable,
            },
            [EntryOf(comment, verdict, CommentState.Waiting)]
        );

    private static AuditEntry EntryOf(Comment comment, Verdict verdict, CommentState from) =>
        new(comment.Created, "by a test", from, verdict.State, verdict.Reasons, verdict.Trace);

    private static Comment Build(string text) =>
        ContentBuilder.BuildComment(new byte[32], PostId.FromBlobName("hello.md"), text);
}
