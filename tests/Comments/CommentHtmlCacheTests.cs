using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Caching;

namespace ServerlessBlog.Tests.Comments;

/// <summary>The cache of rendered comments: each text is rendered once, with the renderer's own result.</summary>
public sealed class CommentHtmlCacheTests
{
    private static CommentBody Markdown(string text) => new(text, CommentFormat.Markdown);

    [Theory]
    [InlineData("I **begin**.")]
    [InlineData("<script>alert(1)</script> [click](javascript:alert(1))")]
    [InlineData("")]
    public void It_returns_the_renderers_result_each_time(string text)
    {
        using var html = new CommentHtmlCache();

        Assert.Equal(CommentMarkdown.ToHtml(text), html.ToHtml(Markdown(text)));
        Assert.Equal(CommentMarkdown.ToHtml(text), html.ToHtml(Markdown(text)));
    }

    [Theory]
    [InlineData("I **begin**,\n\n- here &amp; <b>there</b>", "I begin, here & <b>there</b>")]
    [InlineData("```\ncode\n  more\n```\n[a](https://b.example/>)", "code more a")]
    [InlineData("", "")]
    public void Its_plain_text_is_what_readers_read_on_one_line(string text, string plain)
    {
        using var html = new CommentHtmlCache();

        Assert.Equal(plain, html.ToPlainText(Markdown(text)));
    }

    [Theory]
    [InlineData(500, 500)]
    [InlineData(501, 500)]
    [InlineData(498, 500)]
    public void Its_plain_text_has_at_most_500_characters_and_no_half_of_one(int before, int length)
    {
        using var html = new CommentHtmlCache();

        var plain = html.ToPlainText(Markdown(new string('x', before) + (before == 500 ? "" : "🦊🦊")));

        Assert.True(plain.Length <= length);
        Assert.Equal(before == 500, !plain.EndsWith('…'));
        Assert.DoesNotContain(plain.EnumerateRunes(), rune => rune == System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public void The_same_text_is_rendered_once()
    {
        using var html = new CommentHtmlCache();

        Assert.Same(html.ToHtml(Markdown("The **same**.")), html.ToHtml(Markdown(string.Concat("The ", "**same**."))));
        Assert.NotSame(html.ToHtml(Markdown("The **same**.")), html.ToHtml(Markdown("Another.")));
    }

    [Fact]
    public void Beyond_its_limit_it_still_renders_and_evicts_older_texts()
    {
        using var html = new CommentHtmlCache();
        var texts = Enumerable
            .Range(0, CacheLimits.CommentCharacters / CommentForm.MaxText)
            .Select(number => $"{number} {new string('x', CommentForm.MaxText - 10)}")
            .ToList();
        var first = texts.ConvertAll(text => html.ToHtml(Markdown(text)));

        Assert.All(texts.Zip(first), pair => Assert.Equal($"<p dir=\"auto\">{pair.First}</p>", pair.Second.Trim()));
        Assert.Contains(texts.Zip(first), pair => !ReferenceEquals(pair.Second, html.ToHtml(Markdown(pair.First))));
    }
}
