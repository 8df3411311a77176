using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

/// <summary>Comments as pages show them: rendered once, and what the renderer says.</summary>
public sealed class CommentHtmlTests
{
    [Theory]
    [InlineData("I **begin**.")]
    [InlineData("<script>alert(1)</script> [click](javascript:alert(1))")]
    [InlineData("")]
    public void It_is_what_the_renderer_says_each_time(string text)
    {
        using var html = new CommentHtml();

        Assert.Equal(CommentMarkdown.ToHtml(text), html.Of(text));
        Assert.Equal(CommentMarkdown.ToHtml(text), html.Of(text));
    }

    [Fact]
    public void The_same_text_is_rendered_once()
    {
        using var html = new CommentHtml();

        Assert.Same(html.Of("The **same**."), html.Of(string.Concat("The ", "**same**.")));
        Assert.NotSame(html.Of("The **same**."), html.Of("Another."));
    }

    [Fact]
    public void However_much_is_said_it_goes_on_rendering_and_remembers_no_more_than_its_limit()
    {
        using var html = new CommentHtml();
        var texts = Enumerable.Range(0, CommentHtml.MaxRemembered / CommentOffer.MaxText).Select(number => $"{number} {new string('x', CommentOffer.MaxText - 10)}").ToList();
        var first = texts.ConvertAll(html.Of);

        Assert.All(texts.Zip(first), pair => Assert.Equal($"<p>{pair.First}</p>", pair.Second.Trim()));
        Assert.Contains(texts.Zip(first), pair => !ReferenceEquals(pair.Second, html.Of(pair.First)));
    }
}
