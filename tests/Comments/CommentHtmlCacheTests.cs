using ServerlessBlog.Comments;
using ServerlessBlog.Hosting.Caching;

namespace ServerlessBlog.Tests.Comments;

/// <summary>The cache of rendered comments: each text is rendered once, with the renderer's own result.</summary>
public sealed class CommentHtmlCacheTests
{
    [Theory]
    [InlineData("I **begin**.")]
    [InlineData("<script>alert(1)</script> [click](javascript:alert(1))")]
    [InlineData("")]
    public void It_returns_the_renderers_result_each_time(string text)
    {
        using var html = new CommentHtmlCache();

        Assert.Equal(CommentMarkdown.ToHtml(text), html.ToHtml(text));
        Assert.Equal(CommentMarkdown.ToHtml(text), html.ToHtml(text));
    }

    [Fact]
    public void The_same_text_is_rendered_once()
    {
        using var html = new CommentHtmlCache();

        Assert.Same(html.ToHtml("The **same**."), html.ToHtml(string.Concat("The ", "**same**.")));
        Assert.NotSame(html.ToHtml("The **same**."), html.ToHtml("Another."));
    }

    [Fact]
    public void Beyond_its_limit_it_still_renders_and_evicts_older_texts()
    {
        using var html = new CommentHtmlCache();
        var texts = Enumerable
            .Range(0, CacheLimits.CommentCharacters / CommentForm.MaxText)
            .Select(number => $"{number} {new string('x', CommentForm.MaxText - 10)}")
            .ToList();
        var first = texts.ConvertAll(html.ToHtml);

        Assert.All(texts.Zip(first), pair => Assert.Equal($"<p dir=\"auto\">{pair.First}</p>", pair.Second.Trim()));
        Assert.Contains(texts.Zip(first), pair => !ReferenceEquals(pair.Second, html.ToHtml(pair.First)));
    }
}
