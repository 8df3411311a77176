using ServerlessBlog.Comments;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Tests.Comments;

public sealed class CommentFormTests
{
    private static readonly CommentForm Good = new("Grace", "grace@example.com", "", "Hello");

    [Fact]
    public void Everything_at_its_limit_is_accepted()
    {
        var submitted = new CommentForm(
            new string('n', 80),
            new string('e', 242) + "@example.com",
            "https://example.com/" + new string('w', 180),
            new string('c', 4000)
        );

        Assert.Equal(submitted, Accepted(submitted));
    }

    [Theory]
    [InlineData("name", 81, "This has 81 characters: write at most 80.")]
    [InlineData("email", 255, "This has 255 characters: write at most 254.")]
    [InlineData("website", 201, "This has 201 characters: write at most 200.")]
    [InlineData("comment", 4001, "This has 4,001 characters: write at most 4,000.")]
    public void One_character_over_a_limit_is_refused(string field, int length, string sentence) =>
        AssertProblem(field, new string('a', length), sentence);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n ")]
    [InlineData("\u200B\u200D\u2060\uFEFF")]
    [InlineData("\u3164\u2800")]
    [InlineData("\u0007\u202E")]
    [InlineData("\u0301\u0302")]
    public void Invisible_text_counts_as_empty(string text)
    {
        AssertProblem("name", text, "Write your name: it stands above the comment.");
        AssertProblem("email", text, "Write your e-mail address: it is never published.");
        AssertProblem("comment", text, "Write a comment.");
    }

    [Theory]
    [InlineData("name")]
    [InlineData("email")]
    [InlineData("website")]
    [InlineData("comment")]
    public void A_NUL_is_refused_at_its_field(string field)
    {
        AssertProblem(field, "a\0b", "This has a character that cannot be stored (NUL, U+0000): delete it.");
        AssertProblem(field, "\0", "This has a character that cannot be stored (NUL, U+0000): delete it.");
    }

    [Theory]
    [InlineData(">")]
    [InlineData("- \n- ")]
    public void A_comment_that_would_show_nothing_is_refused(string text) =>
        AssertProblem("comment", text, "Write a comment: of this, nothing would be seen.");

    [Theory]
    [InlineData("grace")]
    [InlineData("@example.com")]
    [InlineData("grace@")]
    [InlineData("grace@example@example.com")]
    [InlineData("Grace <grace@example.com>")]
    [InlineData("grace@example.com, ada@example.com")]
    [InlineData("grace@example.com\r\nBcc: ada@example.com")]
    public void An_invalid_email_address_is_refused(string email) =>
        AssertProblem("email", email, "Write an e-mail address such as name@example.com.");

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("javascript://example.com/%0Aalert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("ftp://example.com")]
    [InlineData("https://grace:secret@example.com")]
    [InlineData("mailto:grace@example.com")]
    [InlineData("example")]
    [InlineData("https://")]
    [InlineData("//")]
    [InlineData("/posts/hello")]
    [InlineData("http://example.com:99999")]
    public void An_invalid_website_is_refused(string website) =>
        AssertProblem("website", website, "Write an address such as https://example.com, or leave it empty.");

    [Theory]
    [InlineData("", "")]
    [InlineData("example.com", "https://example.com/")]
    [InlineData("http://example.com/a?b=c#d", "http://example.com/a?b=c#d")]
    [InlineData("HTTPS://EXAMPLE.COM", "https://example.com/")]
    [InlineData("https://example.com/\"onmouseover=alert(1)", "https://example.com/%22onmouseover=alert(1)")]
    [InlineData("https://example.com/<script>", "https://example.com/%3Cscript%3E")]
    public void A_website_is_completed_and_normalised(string website, string full) =>
        Assert.Equal(full, Accepted(Good with { Website = website }).Website);

    [Fact]
    public void Too_deep_nesting_is_refused()
    {
        const string Sentence = "Quotes, lists or brackets are nested too deeply: write it flatter.";

        AssertProblem("comment", new string('>', 1000) + " x", Sentence);
    }

    [Fact]
    public void Line_ends_become_line_feeds_in_the_text_and_spaces_in_single_line_fields() =>
        Assert.Equal(
            new CommentForm("Grace Hopper x", "grace@example.com", "", "one\ntwo\nthree\nfour"),
            Accepted(new("Grace\u2028Hopper\r\nx", " grace@example.com\n", "\t", "one\r\ntwo\rthree\u2029four\n"))
        );

    [Fact]
    public void Direction_overrides_control_characters_and_lone_surrogates_are_removed() =>
        Assert.Equal(
            new CommentForm("Grace", "grace@example.com", "", "abc"),
            Accepted(
                new("\u202EGr\u2066ace\u0001", "grace\u200B@example.com", "", "a\u0002\u0008b\ud800\u202Dc\u2069\ufffd")
            )
        );

    [Theory]
    [InlineData("نویسنده می‌خواهد")] // contains a zero-width non-joiner
    [InlineData("👩‍👩‍👧 family")] // contains zero-width joiners
    [InlineData("Zoë Ångström, 山田太郎, ✔︎")]
    public void Text_of_every_script_stays_unchanged(string text)
    {
        Assert.Equal(text, Accepted(Good with { Name = text }).Name);
        Assert.Equal(text, Accepted(Good with { Text = text }).Text);
    }

    private static CommentForm Accepted(CommentForm submitted)
    {
        Assert.True(submitted.TryValidate(out var accepted, out var problems));
        Assert.Empty(problems);
        return accepted;
    }

    private static void AssertProblem(string field, string text, string sentence)
    {
        var submitted = field switch
        {
            "name" => Good with { Name = text },
            "email" => Good with { Email = text },
            "website" => Good with { Website = text },
            _ => Good with { Text = text },
        };

        Assert.False(submitted.TryValidate(out _, out var problems));
        Assert.Equal(
            [(field, sentence)],
            problems.Select(problem => (problem.Key, SiteTexts.BuiltIn.Format(problem.Value)))
        );
    }
}
