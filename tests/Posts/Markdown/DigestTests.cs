using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Markdown;

/// <summary>The digest of a post: its excerpt for lists, and its reading time.</summary>
public sealed class DigestTests
{
    [Theory]
    [InlineData("First.\n\nSecond.", "First.")]
    [InlineData("# Title\n\n![A picture](a.jpg)\n\n- list\n\nText at last.", "Text at last.")]
    [InlineData("> A quote.\n\nText.", "Text.")]
    [InlineData("One\ntwo  \nthree<br>four", "One two three four")]
    [InlineData(
        "*Stressed* `code` [link](https://e.org/a) &amp; \"quotes\" <b>bold</b> ![no](a.jpg)",
        "Stressed code link & \"quotes\" bold"
    )]
    [InlineData("See <https://example.com/a>.", "See https://example.com/a.")]
    [InlineData("A note[^1].\n\n[^1]: Below.", "A note.")]
    [InlineData("", null)]
    [InlineData("# Only a title", null)]
    [InlineData("<!--more-->", null)]
    public void Without_a_more_marker_the_excerpt_is_the_first_paragraph(string body, string? excerpt) =>
        Assert.Equal(excerpt, new PostDocument(body).Digest.Excerpt);

    [Theory]
    [InlineData("First.\n\nSecond.\n\n<!--more-->\n\nThird.")]
    [InlineData("First.\n\nSecond.\n\n<!-- MORE -->\n\nThird.")]
    [InlineData("First.\n\nSecond.\n<!--more-->\nThird.")]
    [InlineData("First.\n\nSecond.<!--more--> Third.")]
    [InlineData("First.\n\n# Title\n\nSecond. <!-- more -->\n\nThird.")]
    public void The_excerpt_is_the_text_before_the_more_marker(string body) =>
        Assert.Equal("First. Second.", new PostDocument(body).Digest.Excerpt);

    [Theory]
    [InlineData("<!--more-->\n\nThird.", null)]
    [InlineData("Code: `<!--more-->` is a mark.\n\nMore.", "Code: <!--more--> is a mark.")]
    [InlineData("<!-- morello -->\n\nFirst.", "First.")]
    public void Only_an_HTML_comment_with_exactly_the_word_more_is_a_marker(string body, string? excerpt) =>
        Assert.Equal(excerpt, new PostDocument(body).Digest.Excerpt);

    [Theory]
    [InlineData(false, 300)]
    [InlineData(true, 1000)]
    public void A_long_excerpt_is_cut_after_a_whole_word(bool hasMarker, int max)
    {
        string ExcerptOf(string text) =>
            new PostDocument(text + (hasMarker ? "\n\n<!--more-->\n\nRest." : "\n\nRest.")).Digest.Excerpt!;

        Assert.Equal(new string('x', max), ExcerptOf(new string('x', max)));
        Assert.Equal(new string('x', max - 1) + "…", ExcerptOf(new string('x', max + 1)));
        Assert.Equal($"{new string('x', max - 10)}…", ExcerptOf($"{new string('x', max - 10)}, {new string('y', 20)}"));
        Assert.Equal(
            new string('x', max - 2) + "…",
            ExcerptOf(new string('x', max - 2) + string.Concat(Enumerable.Repeat("\U0001F600", 5)))
        );
    }

    [Theory]
    [InlineData("word", 238, 1)]
    [InlineData("word", 239, 2)]
    [InlineData("don't", 238, 1)]
    [InlineData("well-known", 238, 1)]
    [InlineData("cafe\u0301s", 238, 1)] // the accent is a combining character
    [InlineData("हिन्दी", 238, 1)]
    [InlineData("می\u200Cخواهم", 238, 1)] // joined by a zero-width non-joiner
    [InlineData("漢字", 250, 1)]
    [InlineData("漢字", 251, 2)]
    [InlineData("한글", 251, 2)]
    [InlineData("word漢", 238, 2)]
    [InlineData("--", 1000, 1)]
    public void Reading_time_counts_words_and_the_characters_of_scripts_without_spaces(
        string word,
        int count,
        int minutes
    ) => Assert.Equal(minutes, new PostDocument(string.Concat(Enumerable.Repeat(word + " ", count))).Digest.Minutes);

    [Fact]
    public void Reading_time_counts_headings_lists_quotes_code_tables_and_footnotes()
    {
        var part = string.Concat(Enumerable.Repeat("word ", 100));

        var digest = new PostDocument(
            $"# {part}\n\n- {part}\n\n> {part}\n\n```\n{part}\n```\n\n|a|b|\n|-|-|\n|{part}|b|\n\n"
                + $"End[^1].\n\n[^1]: {part}\n"
        ).Digest;

        Assert.Equal(3, digest.Minutes);
    }

    [Fact]
    public void Lists_prefer_the_authors_summary_to_the_excerpt()
    {
        var post = ContentBuilder.BuildPost("summed-up") with { Digest = new PostDocument("An excerpt.").Digest };

        Assert.Equal("An excerpt.", ListedPost.From(post).Summary);
        Assert.Equal(
            "Own words.",
            ListedPost.From(post with { Metadata = post.Metadata with { Summary = "Own words." } }).Summary
        );
    }

    [Fact]
    public void The_reading_time_of_an_empty_text_is_one_minute() =>
        Assert.Equal(1, new PostDocument("").Digest.Minutes);
}
