using System.Security.Cryptography;
using System.Text;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Markdown.Math;

public sealed class MathRendererTests
{
    [Fact]
    public async Task An_inline_formula_becomes_MathML()
    {
        var (html, notes) = await RenderAsync("So $e^{i\\pi} + 1 = 0$, they say.");

        Assert.StartsWith("<p>So <math><mrow><msup><mi>e</mi>", html, StringComparison.Ordinal);
        Assert.DoesNotContain('\\', html);
        Assert.Empty(notes);
    }

    [Fact]
    public async Task A_display_formula_becomes_a_focusable_block()
    {
        var (html, _) = await RenderAsync("$$\n\\frac{a}{b}\n$$\n");

        Assert.Contains(
            "<div class=\"formula\" tabindex=\"0\"><math display=\"block\"",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<mfrac><mi>a</mi><mi>b</mi></mfrac>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_dollars_on_one_line_are_a_display_formula_too()
    {
        var (html, _) = await RenderAsync("$$\\frac{a}{b}$$\n");

        Assert.Contains(
            "<span class=\"formula\" tabindex=\"0\"><math display=\"block\"",
            html,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_macro_is_defined_for_the_later_formulas_of_the_same_text_only()
    {
        var (defined, _) = await RenderAsync("$\\gdef\\R{\\mathbb{R}}$ and $x \\in \\R$");
        var (_, otherNotes) = await RenderAsync("$x \\in \\R$");

        Assert.Contains("<mi>ℝ</mi>", defined, StringComparison.Ordinal);
        Assert.Contains("\\R", Assert.Single(otherNotes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_formula_is_shown_as_TeX_and_reported_with_its_position()
    {
        var (html, notes) = await RenderAsync("One $x$.\n\nTwo $\\foo{<b>}$.\n\n$$\n\\frac{a\n$$\n");

        Assert.Contains("<p>One <math>", html, StringComparison.Ordinal);
        Assert.Contains(
            "<p>Two <span class=\"math\">\\(\\foo{&lt;b&gt;}\\)</span>.</p>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("\\frac{a", html, StringComparison.Ordinal);
        Assert.Equal(
            [
                "line 6, column 5: the formula \\foo{<b>} is shown as TeX: Unsupported function name: \\foo.",
                "line 8, column 1: the formula \\frac{a is shown as TeX: Unexpected end of input in "
                    + "a macro argument, expected '}'.",
            ],
            notes
        );
    }

    [Theory]
    [InlineData("\\href{javascript:alert(1)}{x}")]
    [InlineData("\\url{javascript:alert(1)}")]
    [InlineData("\\includegraphics{http://elsewhere.test/a.png}")]
    [InlineData("\\class{\"><script>alert(1)</script>}{x}")]
    [InlineData("\\style{background:url(http://elsewhere.test)}{x}")]
    [InlineData("\\id{comments}{x}")]
    [InlineData("\\data{onclick=alert(1)}{x}")]
    [InlineData("\\text{<script>alert(1)</script>}")]
    [InlineData("\\color{red;background:url(//elsewhere.test)}x")]
    [InlineData("\\textcolor{\"><img src=x onerror=alert(1)>}{x}")]
    [InlineData("\\label{\"><script>alert(1)</script>}x")]
    [InlineData("x\\tag{<script>alert(1)</script>}")]
    public async Task No_formula_runs_scripts_or_loads_resources(string tex)
    {
        var (html, _) = await RenderAsync($"a ${tex}$ b\n\n$$\n{tex}\n$$\n");

        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(html);
        Assert.Empty(page.QuerySelectorAll("a, img, script, [href], [src], [id], [onclick], [onerror]"));
        Assert.DoesNotContain(page.All, element =>
            element.GetAttribute("style")?.Contains("url", StringComparison.Ordinal) is true
        );
    }

    public static TheoryData<string> Hostile =>
        new(
            "\\def\\a{\\a\\a}\\a",
            "\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{\\d\\d}\\def\\d{\\e\\e}\\def\\e{xxxxxxxxxx}"
                + string.Concat(Enumerable.Repeat("\\a", 300)),
            new string('{', 5_000) + "x" + new string('}', 5_000),
            string.Concat(Enumerable.Repeat("\\sqrt{", 2_000)) + "x" + new string('}', 2_000),
            string.Concat(Enumerable.Repeat("\\frac{1}{", 2_000)) + "x" + new string('}', 2_000),
            string.Concat(Enumerable.Repeat("x^{", 2_000)) + "x" + new string('}', 2_000),
            string.Concat(Enumerable.Repeat("\\left(", 2_000)) + string.Concat(Enumerable.Repeat("\\right)", 2_000)),
            string.Concat(Enumerable.Repeat("\\begin{matrix}", 500))
                + string.Concat(Enumerable.Repeat("\\end{matrix}", 500)),
            string.Concat(Enumerable.Repeat("x", 100_000)),
            string.Concat(Enumerable.Repeat("\\text{a}", 20_000)),
            string.Concat(Enumerable.Repeat("a & b \\\\ ", 5_000)),
            string.Concat(Enumerable.Repeat("%a\n", 20_000))
        );

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_TeX_stays_TeX_and_does_not_affect_other_formulas(string tex)
    {
        var (html, notes) = await RenderAsync($"$y$\n\n$$\n{tex}\n$$\n");
        var (after, noNotes) = await RenderAsync("$y$");

        Assert.StartsWith("<p><math><mi>y</mi></math></p>", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"math\">", html, StringComparison.Ordinal);
        Assert.Contains("line 6", Assert.Single(notes), StringComparison.Ordinal);
        Assert.Equal("<p><math><mi>y</mi></math></p>\n", after);
        Assert.Empty(noNotes);
    }

    [Fact]
    public async Task Formulas_beyond_the_limit_stay_TeX()
    {
        var (html, notes) = await RenderAsync(string.Concat(Enumerable.Repeat("$\\frac{a}{b} + c$\n\n", 20_000)));

        Assert.StartsWith("<p><math>", html, StringComparison.Ordinal);
        Assert.EndsWith("<p><span class=\"math\">\\(\\frac{a}{b} + c\\)</span></p>\n", html, StringComparison.Ordinal);
        Assert.EndsWith(
            "too many to be turned into MathML. Split the post.",
            Assert.Single(notes),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_embedded_Temml_has_the_hash_that_its_README_names()
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "functions", "Posts", "Markdown", "Math", "Temml");
        var readme = await File.ReadAllTextAsync(Path.Combine(folder, "README.md"));
        await using var embedded = typeof(PostDocument).Assembly.GetManifestResourceStream("temml.min.js")!;

        Assert.Contains(
            Convert.ToHexStringLower(await SHA256.HashDataAsync(embedded)),
            readme,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "The MIT License",
            await File.ReadAllTextAsync(Path.Combine(folder, "LICENSE")),
            StringComparison.Ordinal
        );
    }

    private static async Task<(string Html, IReadOnlyList<string> Notes)> RenderAsync(string body)
    {
        var bytes = Encoding.UTF8.GetBytes("---\ntitle: T\n---\n" + body);
        Assert.True(PostFile.TryRead("f.md", bytes, TimeZoneInfo.Utc, out var file, out _));
        var (html, problem, notes) = await RenderCheck.RunAsync(file, CancellationToken.None);
        return (html ?? throw new InvalidOperationException(problem?.ToString()), notes);
    }
}
