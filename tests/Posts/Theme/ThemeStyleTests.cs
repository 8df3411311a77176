using ServerlessBlog.Posts.Theme;

namespace ServerlessBlog.Tests.Posts.Theme;

/// <summary>The report on <c>theme/theme.css</c>: what of it does not do what its author probably expects.</summary>
public sealed class ThemeStyleTests
{
    [Theory]
    [InlineData("")]
    [InlineData(":root { --accent: light-dark(#00607a, #7fd3ea); --paper: LIGHT-DARK(#fff, #111) }")]
    [InlineData(":root { --edge: var(--line); --serif: Georgia, serif; --mine: #fff }")]
    [InlineData("@media print { :root { --paper: #fff } }")]
    [InlineData("/* :root { --accent: #000 } { */ .a::before { content: '{ \\' --accent: #000;' }")]
    [InlineData(".a { background: url(data:image/png;base64,A}A) } .b { }")]
    [InlineData("@media (min-width: 60rem) { .a { color: red } }")]
    public void What_works_in_both_schemes_has_no_note(string css) => Assert.Empty(ThemeStyle.Check(css));

    [Theory]
    [InlineData(
        ":root {\n  --serif: a;\n  --accent: #00607a;\n}",
        "line 3: --accent is the same in the light and the dark scheme: "
            + "write --accent: light-dark(#00607a, the dark colour);"
    )]
    [InlineData(":root{--code-keyword:red}", "line 1: --code-keyword is the same in the light and the dark scheme")]
    [InlineData(
        ":root { --ink: #000 }\n@media (prefers-color-scheme: dark) {\n  :root { --ink: #fff }\n}",
        "line 3: what is in @media (prefers-color-scheme) follows the system and not the reader's choice on the page"
    )]
    [InlineData("/* a\n*/\n@import url(\"more.css\");", "line 3: @import has no effect: theme.css comes after")]
    [InlineData(".a { }\n\n.b {\n  color: red;", "line 3: the rule '.b' has no } at its end.")]
    [InlineData(".a { }\n}\n.b { }", "line 2: this } ends nothing: browsers skip it, and the rule after it.")]
    public void What_does_not_is_named_with_its_line(string css, string note) =>
        Assert.StartsWith(note, Assert.Single(ThemeStyle.Check(css)), StringComparison.Ordinal);

    [Fact]
    public void There_are_at_most_20_notes_in_the_order_of_their_lines()
    {
        var notes = ThemeStyle.Check(string.Concat(Enumerable.Repeat(":root { --ink: #000 }\n", 30)));

        Assert.Equal(20, notes.Count);
        Assert.StartsWith("line 20: ", notes[^1], StringComparison.Ordinal);
    }
}
