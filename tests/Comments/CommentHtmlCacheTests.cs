using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

/// <summary>Comments as pages show them: rendered once, and what the renderer says.</summary>
public sealed class CommentHtmlCacheTests
{
    [Theory]
    [InlineData("I **begin**.")]
    [InlineData("<script>alert(1)</script> [click](javascript:alert(1))")]
    [InlineData("")]
    public void It_is_what_the_renderer_says_each_time(string text)
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
    public void However_much_is_said_it_goes_on_rendering_and_remembers_no_more_than_its_limit()
    {
        using var html = new CommentHtmlCache();
        var texts = Enumerable
            .Range(0, CommentHtmlCache.MaxRemembered / CommentForm.MaxText)
            .Select(number => $"{number} {new string('x', CommentForm.MaxText - 10)}")
            .ToList();
        var first = texts.ConvertAll(html.ToHtml);

        Assert.All(texts.Zip(first), pair => Assert.Equal($"<p>{pair.First}</p>", pair.Second.Trim()));
        Assert.Contains(texts.Zip(first), pair => !ReferenceEquals(pair.Second, html.ToHtml(pair.First)));
    }
}
