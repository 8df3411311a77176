using System.Diagnostics;
using System.Text;
using CsCheck;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown.Code;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Markdown.Code;

[Trait("Category", "Slow")]
public sealed class CodeBlockHighlighterTests
{
    [Theory]
    [InlineData(
        "csharp",
        "return \"a<b\"; // why",
        """<span class="k">return</span> <span class="s">&quot;a&lt;b&quot;</span>; <span class="c">// why</span>"""
    )]
    [InlineData("c#", "int x = 1;", """<span class="f">int</span> x = <span class="m">1</span>;""")]
    [InlineData("CS", "new()", """<span class="k">new</span>()""")]
    [InlineData("js", "const a = `x`", """<span class="k">const</span> a = <span class="s">`x`</span>""")]
    [InlineData(
        "ts",
        "let a: string",
        """<span class="k">let</span> <span class="a">a</span>: <span class="f">string</span>"""
    )]
    [InlineData(
        "py",
        "def f(): pass",
        """<span class="k">def</span> <span class="f">f</span>(): <span class="k">pass</span>"""
    )]
    [InlineData(
        "bash",
        "echo \"$x\" # said",
        """<span class="f">echo</span> <span class="s">&quot;</span><span class="a">$x</span>"""
            + """<span class="s">&quot;</span> <span class="c"># said</span>"""
    )]
    [InlineData(
        "json",
        "{\"a\": [true, 1]}",
        """{<span class="a">&quot;a&quot;</span>: [<span class="k">true</span>, <span class="m">1</span>]}"""
    )]
    [InlineData(
        "yaml",
        "a: 'b' # c",
        """<span class="a">a:</span> <span class="s">'b'</span> <span class="c"># c</span>"""
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
    [InlineData("java", "int x; // y", """<span class="n">int</span> x; <span class="c">// y</span>""")]
    [InlineData("cpp", "/* a */ int x;", """<span class="c">/* a */</span> <span class="n">int</span> x;""")]
    [InlineData("powershell", "Get-Item $x", """<span class="f">Get-Item</span> <span class="a">$x</span>""")]
    [InlineData(
        "xml",
        "<!-- a --><b/>",
        """<span class="c">&lt;!-- a --&gt;</span>&lt;<span class="n">b</span>/&gt;"""
    )]
    [InlineData("php", "echo 'a';", """<span class="k">echo</span> <span class="s">'a'</span>;""")]
    [InlineData(
        "f#",
        "let x = 1 (* a *)",
        """<span class="k">let</span> x = <span class="m">1</span> <span class="c">(* a *)</span>"""
    )]
    [InlineData("vb", "Dim x", """<span class="k">Dim</span> x""")]
    public void Tokens_get_a_class_of_one_letter(string language, string code, string expected)
    {
        Assert.Equal(expected, HighlightedCode.Render(code, language));
    }

    [Fact]
    public void A_language_embedded_in_another_is_highlighted_too()
    {
        var html = HighlightedCode.Render("<script>const x = 'y'</script>", "html");

        Assert.Contains(
            """<span class="k">const</span> x = <span class="s">'y'</span>""",
            html,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("nosuchlanguage")]
    [InlineData("text")]
    [InlineData("title=\"return\"")]
    [InlineData("")]
    [InlineData(null)]
    public void Code_of_an_unknown_language_stays_plain(string? language)
    {
        Assert.Equal("return 1;", HighlightedCode.Render("return 1;", language));
    }

    [Theory]
    [InlineData("js{1,3}")]
    [InlineData("js {1,3}")]
    [InlineData("js {.copy #first}")]
    [InlineData("js:answer.js")]
    [InlineData("javascript,ignore")]
    [InlineData("JavaScript title=\"answer.js\"")]
    [InlineData("js showLineNumbers")]
    [InlineData("{.js}")]
    [InlineData("{.js .copy}")]
    [InlineData("{ .js }")]
    [InlineData(" js ")]
    public void The_language_is_found_in_an_info_string_as_people_write_it(string info)
    {
        var html = HighlightedCode.Render("return 1", info);

        Assert.Equal("""<span class="k">return</span> <span class="m">1</span>""", html);
    }

    [Theory]
    [InlineData("c#")]
    [InlineData("C++")]
    [InlineData("objective-c")]
    [InlineData("vb.net")]
    [InlineData("f#")]
    public void A_name_may_hold_signs(string info)
    {
        Assert.NotEqual("if return", HighlightedCode.Render("if return", info));
    }

    [Fact]
    public async Task A_long_block_stays_plain_and_is_reported()
    {
        var (shortHtml, noNotes) = await RenderAsync($"```json\n{new string('1', 20_000)}\n```\n");
        var (longHtml, notes) = await RenderAsync($"a\n\n```json\n{new string('1', 20_001)}\n```\n");

        Assert.Contains("<span", shortHtml, StringComparison.Ordinal);
        Assert.Empty(noNotes);
        Assert.DoesNotContain("<span", longHtml, StringComparison.Ordinal);
        Assert.Equal(
            ["line 6, column 1: the code is shown without colours: it is longer than 20,000 characters."],
            notes
        );
    }

    [Fact]
    public async Task Blocks_beyond_the_limit_of_a_post_stay_plain_and_the_first_is_reported()
    {
        var block = $"```js\n{string.Concat(Enumerable.Repeat("f(1); ", 500))}\n```\n\n";

        var (html, notes) = await RenderAsync(string.Concat(Enumerable.Repeat(block, 200)));

        var blocks = html.Split("<pre")[1..];
        var highlighted = blocks.TakeWhile(one => one.Contains("<span", StringComparison.Ordinal)).Count();
        Assert.InRange(highlighted, 4, 199);
        Assert.DoesNotContain(blocks.Skip(highlighted), one => one.Contains("<span", StringComparison.Ordinal));
        Assert.Equal(
            $"line {4 + (4 * highlighted)}, column 1: the code is shown without colours: "
                + "with all code below it, it is too much. Split the post.",
            Assert.Single(notes)
        );
    }

    /// <summary>Each input makes some language take quadratic time or thousands of steps.</summary>
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
    [InlineData("(")]
    [InlineData("html`<script>")]
    public void Hostile_code_is_highlighted_or_stays_plain_and_loses_no_text(string part)
    {
        var code = string.Concat(Enumerable.Repeat(part, 19_000 / part.Length));
        const string Languages = "csharp js ts py sh yaml properties css rust md html php ps hs bicep";

        foreach (var language in TestDepth.Sample(Languages.Split(' ').Skip(part.Length % 3), each: 3))
        {
            var startedAt = Stopwatch.GetTimestamp();
            var html = HighlightedCode.Render(code, language);

            Assert.True(HighlightedCode.TextOf(html) == code, language);
            Assert.InRange(Stopwatch.GetElapsedTime(startedAt), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public void No_language_changes_a_character_of_the_code()
    {
        const string Parts =
            "< > & \" ' ` /* */ // # -- { } ( ) ${ \\ = : if class function return <script> </script> <!-- --> &amp; "
            + "1.5e3 </span> <span_class=\"k\"> x é 語 🦊 \u2028 \ud800 @ $ % html` \"\"\" \n \t";
        var part = Gen.OneOf(Gen.OneOf(Parts.Split(' ')), Gen.Const(" "), Gen.String[Gen.Char[' ', '\uffff'], 0, 4]);
        var code = part.List[0, 60].Select(string.Concat);
        var languages = CodeLanguages.All.Keys.Order(StringComparer.Ordinal).ToArray();

        Gen.Select(code, Gen.OneOf(languages))
            .Sample(
                (text, language) => HighlightedCode.TextOf(HighlightedCode.Render(text, language)) == text,
                iter: 500,
                threads: 1
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
