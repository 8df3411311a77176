using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Posts.Markdown.Code;

namespace ServerlessBlog.Tests.Posts.Markdown.Code;

public sealed partial class SyntaxHighlighterTests
{
    [Theory]
    [InlineData(
        "csharp",
        "return \"a<b\"; // why",
        """<span class="k">return</span> <span class="s">&quot;a&lt;b&quot;</span>; <span class="c">// why</span>"""
    )]
    [InlineData("c#", "int x = 1;", """<span class="k">int</span> x = <span class="m">1</span>;""")]
    [InlineData("CS", "new()", """<span class="k">new</span>()""")]
    [InlineData("js", "const a = `x`", """<span class="k">const</span> a = <span class="s">`x`</span>""")]
    [InlineData("ts", "let a: string", """<span class="k">let</span> a: <span class="k">string</span>""")]
    [InlineData(
        "py",
        "def f(): pass",
        """<span class="k">def</span> <span class="f">f</span>(): <span class="k">pass</span>"""
    )]
    [InlineData(
        "bash",
        "echo \"$x\" # said",
        """<span class="f">echo</span> <span class="s">&quot;$x&quot;</span> <span class="c"># said</span>"""
    )]
    [InlineData(
        "json",
        "{\"a\": [true, 1]}",
        """{<span class="a">&quot;a&quot;</span>: [<span class="k">true</span>, <span class="m">1</span>]}"""
    )]
    [InlineData(
        "yaml",
        "a: 'b' # c",
        """<span class="a">a</span>: <span class="s">'b'</span> <span class="c"># c</span>"""
    )]
    [InlineData(
        "css",
        "a { color: #fff }",
        """<span class="n">a</span> { <span class="a">color</span>: <span class="m">#fff</span> }"""
    )]
    [InlineData(
        "html",
        "<p class=\"x\">",
        """&lt;<span class="n">p</span> <span class="a">class</span>=<span class="s">&quot;x&quot;</span>&gt;"""
    )]
    [InlineData(
        "sql",
        "SELECT 'a' -- b",
        """<span class="k">SELECT</span> <span class="s">'a'</span> <span class="c">-- b</span>"""
    )]
    [InlineData("go", "func f() {}", """<span class="k">func</span> <span class="f">f</span>() {}""")]
    [InlineData("rust", "fn f() {}", """<span class="k">fn</span> <span class="f">f</span>() {}""")]
    [InlineData("toml", "a = true", """<span class="a">a</span> = <span class="k">true</span>""")]
    [InlineData("dockerfile", "FROM x", """<span class="k">FROM</span> x""")]
    [InlineData("diff", "-a\n+b", "<span class=\"d\">-a</span>\n<span class=\"i\">+b</span>")]
    [InlineData("markdown", "# a", """<span class="n"># a</span>""")]
    [InlineData("java", "int x; // y", """<span class="k">int</span> x; <span class="c">// y</span>""")]
    [InlineData("cpp", "/* a */ int x;", """<span class="c">/* a */</span> <span class="k">int</span> x;""")]
    [InlineData("powershell", "Get-Item $x", """<span class="f">Get-Item</span> <span class="f">$x</span>""")]
    [InlineData(
        "xml",
        "<!-- a --><b/>",
        """<span class="c">&lt;!-- a --&gt;</span>&lt;<span class="n">b</span>/&gt;"""
    )]
    [InlineData("php", "echo 'a';", """<span class="k">echo</span> <span class="s">'a'</span>;""")]
    [InlineData("f#", "let x = 1 (* a *)", """<span class="k">let</span> x = 1 <span class="c">(* a *)</span>""")]
    [InlineData("vb", "Dim x", """<span class="k">Dim</span> x""")]
    public void Tokens_get_a_class_of_one_letter(string language, string code, string expected)
    {
        Assert.Equal(expected, new SyntaxHighlighter().ToHtml(code, language));
    }

    [Fact]
    public void A_language_embedded_in_another_is_highlighted_too()
    {
        var html = new SyntaxHighlighter().ToHtml("<script>const x = 'y'</script>", "html");

        Assert.Contains(
            """<span class="k">const</span> x = <span class="s">'y'</span>""",
            html,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("nosuchlanguage")]
    [InlineData("")]
    [InlineData(null)]
    public void Code_of_an_unknown_language_stays_plain(string? language)
    {
        Assert.Null(new SyntaxHighlighter().ToHtml("return 1;", language));
    }

    [Fact]
    public void A_long_block_stays_plain()
    {
        Assert.NotNull(new SyntaxHighlighter().ToHtml(new string(' ', 20_000), "json"));
        Assert.Null(new SyntaxHighlighter().ToHtml(new string(' ', 20_001), "json"));
    }

    [Fact]
    public void Blocks_beyond_the_total_limit_stay_plain()
    {
        var highlighter = new SyntaxHighlighter();

        var highlighted = Enumerable
            .Range(0, 11)
            .Select(_ => highlighter.ToHtml(new string(' ', 20_000), "json") is not null)
            .ToList();

        Assert.Equal([.. Enumerable.Repeat(true, 10), false], highlighted);
    }

    /// <summary>Each input takes a pattern of the library exponential or quadratic time without a limit.</summary>
    [Theory]
    [InlineData("/*\n")]
    [InlineData("(*\n")]
    [InlineData("<!--\n")]
    [InlineData("<a b=\"")]
    [InlineData("\"\\")]
    [InlineData("\"\"\"")]
    [InlineData("[assembly:")]
    [InlineData("{-")]
    [InlineData("a:")]
    [InlineData("\n")]
    [InlineData("<script>")]
    [InlineData("_a")]
    public void Hostile_code_is_highlighted_or_stays_plain_and_loses_no_text(string part)
    {
        var code = string.Concat(Enumerable.Repeat(part, 19_000 / part.Length));

        foreach (
            var language in new[]
            {
                "csharp",
                "js",
                "py",
                "sh",
                "json",
                "yaml",
                "toml",
                "css",
                "go",
                "rust",
                "docker",
                "diff",
                "md",
                "c",
                "java",
                "html",
                "xml",
                "sql",
                "php",
                "ps",
                "vb",
                "fs",
                "hs",
                "matlab",
            }
        )
        {
            var html = new SyntaxHighlighter().ToHtml(code, language);

            Assert.True(html is null || WebUtility.HtmlDecode(Tag().Replace(html, "")) == code, language);
        }
    }

    [GeneratedRegex("</?span[^<>]*>")]
    private static partial Regex Tag();
}
