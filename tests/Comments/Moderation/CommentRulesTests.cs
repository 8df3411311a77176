using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Settings;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Comments.Moderation;

public sealed class CommentRulesTests
{
    private static readonly CommentSettings Lenient = new(
        Moderation: false,
        PreviouslyApproved: false,
        MaxLinks: 2,
        PageSize: 50,
        Depth: 5,
        FormSeconds: 0,
        FloodSeconds: 0,
        CloseAfterDays: 0,
        KeepDays: 0,
        ModerationKeys: [],
        DisallowedKeys: []
    );

    [Fact]
    public void A_comment_that_no_rule_objects_to_is_approved() =>
        AssertVerdict(CommentState.Approved, ["No rule objects."], CommentBuilder.With(), Lenient);

    [Fact]
    public void A_comment_on_a_closed_post_is_held() =>
        AssertVerdict(
            CommentState.Held,
            ["The post takes no comments any more."],
            CommentBuilder.With(),
            Lenient,
            isOpen: false
        );

    [Fact]
    public void With_Moderation_every_comment_is_held() =>
        AssertVerdict(
            CommentState.Held,
            ["Every comment is held, as the owner has set."],
            CommentBuilder.With(),
            Lenient with
            {
                Moderation = true,
            },
            isKnown: true
        );

    [Fact]
    public void With_PreviouslyApproved_the_first_comment_of_a_commenter_is_held() =>
        AssertVerdict(
            CommentState.Held,
            ["It is the first comment of this name and e-mail address."],
            CommentBuilder.With(),
            Lenient with
            {
                PreviouslyApproved = true,
            }
        );

    [Fact]
    public void With_PreviouslyApproved_a_known_commenter_is_approved() =>
        AssertVerdict(
            CommentState.Approved,
            ["No rule objects."],
            CommentBuilder.With(),
            Lenient with
            {
                PreviouslyApproved = true,
            },
            isKnown: true
        );

    [Theory]
    [InlineData("https://a.example and http://b.example")]
    [InlineData("www.a.example, www.b.example")]
    [InlineData("[a](https://a.example) [b](https://b.example)")]
    [InlineData("<https://a.example> ![b](https://b.example/b.png)")]
    [InlineData("[a](//a.example) [b](https:b.example)")]
    [InlineData(@"[a](https\://a.example) [b](http&#58;//b.example)")]
    [InlineData("[a][x] [b][x]\n\n[x]: https://a.example")]
    [InlineData("[a](mailto:a@a.example) https://b.example")]
    public void Two_links_hold_a_comment_in_every_notation(string text) =>
        AssertVerdict(
            CommentState.Held,
            ["It has 2 links; 2 or more hold a comment."],
            CommentBuilder.With(text),
            Lenient
        );

    [Theory]
    [InlineData("See https://a.example")]
    [InlineData("[https://a.example](https://a.example)")]
    [InlineData("`https://a.example https://b.example`")]
    [InlineData("[a](javascript:alert(1)) [b](data:x) https://c.example")]
    [InlineData("a.example b.example c.example: no links are made of these")]
    public void Fewer_links_do_not_hold_a_comment(string text) =>
        AssertVerdict(CommentState.Approved, ["No rule objects."], CommentBuilder.With(text), Lenient);

    [Fact]
    public void One_link_is_reported_in_the_singular() =>
        AssertVerdict(
            CommentState.Held,
            ["It has 1 link; 1 or more hold a comment."],
            CommentBuilder.With("https://a.example"),
            Lenient with
            {
                MaxLinks = 1,
            }
        );

    [Fact]
    public void With_MaxLinks_0_no_number_of_links_holds_a_comment() =>
        AssertVerdict(
            CommentState.Approved,
            ["No rule objects."],
            CommentBuilder.With("https://a.example https://b.example"),
            Lenient with
            {
                MaxLinks = 0,
            }
        );

    [Theory]
    [InlineData("Buy CASINO chips", "Grace", "grace@example.com", null)]
    [InlineData("Hello", "Best Casino", "grace@example.com", null)]
    [InlineData("Hello", "Grace", "win@casino.example", null)]
    [InlineData("Hello", "Grace", "grace@example.com", "https://casino.example/")]
    public void A_word_of_ModerationKeys_anywhere_holds_a_comment(
        string text,
        string name,
        string email,
        string? website
    ) =>
        AssertVerdict(
            CommentState.Held,
            ["It has \"casino\", one of the words that hold a comment."],
            CommentBuilder.With(text, name, email, website),
            Lenient with
            {
                ModerationKeys = ["roulette", "casino"],
            }
        );

    [Theory]
    [InlineData("Buy CASINO chips", "Grace", "grace@example.com", null)]
    [InlineData("Hello", "Best Casino", "grace@example.com", null)]
    [InlineData("Hello", "Grace", "win@casino.example", null)]
    [InlineData("Hello", "Grace", "grace@example.com", "https://casino.example/")]
    public void A_word_of_DisallowedKeys_anywhere_makes_a_comment_spam(
        string text,
        string name,
        string email,
        string? website
    ) =>
        AssertVerdict(
            CommentState.Spam,
            ["It has \"casino\", one of the words that make a comment spam."],
            CommentBuilder.With(text, name, email, website),
            Lenient with
            {
                DisallowedKeys = ["roulette", "casino"],
            }
        );

    [Fact]
    public void Spam_outweighs_every_reason_to_hold_a_comment() =>
        AssertVerdict(
            CommentState.Spam,
            ["It has \"casino\", one of the words that make a comment spam."],
            CommentBuilder.With("casino https://a.example https://b.example"),
            new CommentSettings(
                Moderation: true,
                PreviouslyApproved: true,
                MaxLinks: 1,
                PageSize: 50,
                Depth: 5,
                FormSeconds: 0,
                FloodSeconds: 0,
                CloseAfterDays: 0,
                KeepDays: 0,
                ModerationKeys: ["casino"],
                DisallowedKeys: ["casino"]
            ),
            isOpen: false
        );

    [Fact]
    public void Every_rule_that_holds_a_comment_gives_its_reason() =>
        AssertVerdict(
            CommentState.Held,
            [
                "The post takes no comments any more.",
                "Every comment is held, as the owner has set.",
                "It has 1 link; 1 or more hold a comment.",
                "It has \"casino\", one of the words that hold a comment.",
                "It is the first comment of this name and e-mail address.",
            ],
            CommentBuilder.With("casino https://a.example"),
            new CommentSettings(
                Moderation: true,
                PreviouslyApproved: true,
                MaxLinks: 1,
                PageSize: 50,
                Depth: 5,
                FormSeconds: 0,
                FloodSeconds: 0,
                CloseAfterDays: 0,
                KeepDays: 0,
                ModerationKeys: ["casino"],
                DisallowedKeys: []
            ),
            isOpen: false
        );

    [Fact]
    public void Of_many_matching_words_five_are_named()
    {
        var words = Enumerable.Range(0, 500).Select(number => $"word{number:D3}").ToList();
        var comment = CommentBuilder.With(string.Join(' ', words));

        Assert.Equal(
            5,
            CommentRules
                .Judge(comment, Lenient with { ModerationKeys = words }, isOpen: true, isKnown: true, SiteTexts.BuiltIn)
                .Reasons.Count
        );
        Assert.Equal(
            5,
            CommentRules
                .Judge(comment, Lenient with { DisallowedKeys = words }, isOpen: true, isKnown: true, SiteTexts.BuiltIn)
                .Reasons.Count
        );
    }

    private static void AssertVerdict(
        CommentState state,
        string[] reasons,
        Comment comment,
        CommentSettings settings,
        bool isOpen = true,
        bool isKnown = false
    )
    {
        var verdict = CommentRules.Judge(comment, settings, isOpen, isKnown, SiteTexts.BuiltIn);

        Assert.Equal(state, verdict.State);
        Assert.Equal(reasons, verdict.Reasons);
    }
}
