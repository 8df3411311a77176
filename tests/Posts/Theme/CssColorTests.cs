using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Tests.Posts.Theme;

/// <summary>The colours that may get into the stylesheet, and their contrast.</summary>
public sealed class CssColorTests
{
    /// <summary>The same colours in different notations; the contrasts are those of WCAG 2.2.</summary>
    [Theory]
    [InlineData("#000", "#FFF", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("rgb(255 0 0)", "rgb(255, 255, 255)", 4.0)]
    [InlineData("hsl(0 100% 50%)", "hsl(0, 0%, 100%)", 4.0)]
    [InlineData("hsl(240deg 100% 50%)", "#fff", 8.59)]
    [InlineData("oklch(62.8% 0.2577 29.23)", "oklch(1 0 0)", 4.0)]
    [InlineData("oklch(.452 .3132 264.05deg)", "#fff", 8.59)]
    public void Its_contrast_is_that_of_its_luminance(string one, string other, double contrast)
    {
        Assert.True(CssColor.TryParse(one, out var first));
        Assert.True(CssColor.TryParse(other, out var second));

        Assert.InRange(first.ContrastWith(second), contrast - 0.02, contrast + 0.02);
        Assert.Equal(first.ContrastWith(second), second.ContrastWith(first));
    }

    [Theory]
    [InlineData("")]
    [InlineData("red")]
    [InlineData("#12")]
    [InlineData("#1234")]
    [InlineData("#12345678")]
    [InlineData("#00g")]
    [InlineData("#fff\n")]
    [InlineData("#fff;")]
    [InlineData("rgb(1, 2)")]
    [InlineData("rgb(1, 2, 3, 0.5)")]
    [InlineData("rgb(1 2, 3)")]
    [InlineData("rgb(1,2,3)}*{display:none")]
    [InlineData("hsl(200 50 50)")]
    [InlineData("url(https://example.com/a)")]
    [InlineData("var(--ink)")]
    [InlineData("light-dark(#000, #fff)")]
    [InlineData("expression(alert(1))")]
    [InlineData("rgb(1, 2, calc(3))")]
    [InlineData("/**/#fff")]
    public void Anything_else_is_no_colour(string text) => Assert.False(CssColor.TryParse(text, out _));
}
