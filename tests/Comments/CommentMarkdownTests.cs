using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Tests.Comments;

public sealed class CommentMarkdownTests
{
    private const string Rel = "rel=\"nofollow ugc noopener\"";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    private static readonly string[] Tags =
    [
        "a",
        "p",
        "br",
        "hr",
        "ol",
        "ul",
        "li",
        "pre",
        "code",
        "blockquote",
        "del",
        "strong",
        "em",
        "sub",
        "sup",
        "span",
    ];

    [Theory]
    [InlineData("Hello", "<p>Hello</p>")]
    [InlineData("one\ntwo", "<p>one<br>\ntwo</p>")]
    [InlineData("one\n\ntwo", "<p>one</p>\n<p>two</p>")]
    [InlineData(
        "*a* _b_ **c** __d__ ~~e~~",
        "<p><em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <del>e</del></p>"
    )]
    [InlineData("`x < y`", "<p><code>x &lt; y</code></p>")]
    [InlineData("H~2~O, x^2^, ~~old~~", "<p>H<sub>2</sub>O, x<sup>2</sup>, <del>old</del></p>")]
    [InlineData(
        "```csharp\nvar a = 1 < 2;\n```",
        "<pre><code><span class=\"k\">var</span> a = <span class=\"m\">1</span>"
            + " &lt; <span class=\"m\">2</span>;\n</code></pre>"
    )]
    [InlineData("```nonsense\nvar a = 1 < 2;\n```", "<pre><code>var a = 1 &lt; 2;\n</code></pre>")]
    [InlineData(
        "```js {.reply}\n</code><b class=\"reply\">\n```",
        "<pre><code>&lt;/code&gt;&lt;<span class=\"n\">b</span> <span class=\"a\">class</span>"
            + "=<span class=\"s\">\"reply\"</span>&gt;\n</code></pre>"
    )]
    [InlineData("text\n\n    indented", "<p>text</p>\n<pre><code>indented\n</code></pre>")]
    [InlineData("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>")]
    [InlineData("> quoted\n\nanswer", "<blockquote>\n<p>quoted</p>\n</blockquote>\n<p>answer</p>")]
    [InlineData(
        "[x](https://a.example/b?c=d&e=f#g)",
        $"<p><a href=\"https://a.example/b?c=d&amp;e=f#g\" {Rel}>x</a></p>"
    )]
    [InlineData("[x](mailto:ada@a.example)", $"<p><a href=\"mailto:ada@a.example\" {Rel}>x</a></p>")]
    [InlineData(
        "See https://a.example/b.",
        $"<p>See <a href=\"https://a.example/b\" {Rel}>https://a.example/b</a>.</p>"
    )]
    [InlineData("(www.a.example)", $"<p>(<a href=\"http://www.a.example\" {Rel}>www.a.example</a>)</p>")]
    [InlineData("<https://a.example>", $"<p><a href=\"https://a.example\" {Rel}>https://a.example</a></p>")]
    [InlineData(
        "![a picture](https://a.example/b.png)",
        $"<p><a href=\"https://a.example/b.png\" {Rel}>a picture</a></p>"
    )]
    [InlineData("# not a heading", "<p># not a heading</p>")]
    [InlineData("not a heading\n===", "<p>not a heading<br>\n===</p>")]
    [InlineData("1 < 2 && 3 > 2", "<p>1 &lt; 2 &amp;&amp; 3 &gt; 2</p>")]
    [InlineData(
        "List<string> a; <b>bold</b> &copy; &amp;",
        "<p>List&lt;string&gt; a; &lt;b&gt;bold&lt;/b&gt; © &amp;</p>"
    )]
    [InlineData(@"\*no\* 2*3*4 snake_case_name", "<p>*no* 2<em>3</em>4 snake_case_name</p>")]
    [InlineData("Zoë 山田 😀 می‌خواهم", "<p>Zoë 山田 😀 می‌خواهم</p>")]
    [InlineData("javascript: is a word, and so is onclick=", "<p>javascript: is a word, and so is onclick=</p>")]
    [InlineData("{{x}} ${y} <%= z %>", "<p>{{x}} ${y} &lt;%= z %&gt;</p>")]
    public void Harmless_Markdown_stays_intact(string text, string html) =>
        Assert.Equal(html, CommentMarkdown.ToHtml(text).Replace(" dir=\"auto\"", "", StringComparison.Ordinal).Trim());

    [Theory]
    [InlineData(
        "5. five\n7. seven\n8. eight",
        "<ol start=\"5\">\n<li>five</li>\n<li value=\"7\">seven</li>\n<li>eight</li>\n</ol>"
    )]
    [InlineData("[x]: https://a.example", $"<p>[x]: <a href=\"https://a.example\" {Rel}>https://a.example</a></p>")]
    [InlineData("[a] and [b]\n\n[a]: /x\n[b]: /y", $"<p><a href=\"/x\" {Rel}>a</a> and <a href=\"/y\" {Rel}>b</a></p>")]
    [InlineData("[a]\n\n[a]: /x\n[Note]: important", "<p>[a]</p>\n<p>[a]: /x<br>\n[Note]: important</p>")]
    [InlineData(
        "![](https://a.example/b.png)",
        $"<p><a href=\"https://a.example/b.png\" {Rel}>https://a.example/b.png</a></p>"
    )]
    [InlineData("[**](/x)", $"<p><a href=\"/x\" {Rel}>**</a></p>")]
    [InlineData("a@b.example, x^2 y^2, a~b c~d", "<p>a@b.example, x^2 y^2, a~b c~d</p>")]
    public void Nothing_that_was_typed_is_lost(string text, string html) =>
        Assert.Equal(html, CommentMarkdown.ToHtml(text).Replace(" dir=\"auto\"", "", StringComparison.Ordinal).Trim());

    [Theory]
    [InlineData("a\n\n- b", "<p dir=\"auto\">a</p>\n<ul>\n<li dir=\"auto\">b</li>\n</ul>")]
    [InlineData("> سلام", "<blockquote dir=\"rtl\">\n<p dir=\"auto\">سلام</p>\n</blockquote>")]
    [InlineData("1. סלום", "<ol dir=\"rtl\">\n<li dir=\"auto\">סלום</li>\n</ol>")]
    public void Each_block_has_the_direction_of_its_own_text(string text, string html) =>
        Assert.Equal(html, CommentMarkdown.ToHtml(text).Trim());

    [Fact]
    public void Hostile_inputs_are_reduced_to_plain_tags_and_web_addresses()
    {
        var parser = new HtmlParser();

        Assert.Equal(400, HostileInputs.All.Count);
        Assert.All(HostileInputs.All, input =>
        {
            var document = parser.ParseDocument($"<!doctype html><main>{CommentMarkdown.ToHtml(input)}</main>");

            var main = Assert.Single(document.Body!.Children);
            Assert.Empty(document.Head!.Children);
            Assert.All(main.QuerySelectorAll("*"), AssertHarmless);
        });
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("*a **b ")]
    [InlineData("*_")]
    [InlineData("~~a *b ")]
    [InlineData("`a ``b ")]
    [InlineData("<a")]
    [InlineData("&#x")]
    [InlineData("[a]: b\n")]
    [InlineData("> - 1. ")]
    [InlineData("http://a.b ")]
    [InlineData("www.")]
    public void Deeply_nested_comments_are_rendered_or_refused_without_overflowing_a_small_stack(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 4000 / piece.Length));
        Exception? thrown = null;

        var thread = new Thread(
            () =>
                thrown = Record.Exception(() =>
                    CommentMarkdown.TryToHtml(text + "x" + string.Concat(text.Reverse()), out _)
                ),
            maxStackSize: 512 * 1024
        );
        thread.Start();
        thread.Join();

        Assert.Null(thrown);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("no link, `https://a.example` in code", 0)]
    [InlineData("    https://a.example", 0)]
    [InlineData(
        "https://a.example www.b.example <https://c.example> [d](https://d.example) [e][e]\n\n[e]: https://e.example",
        5
    )]
    [InlineData("<ada@a.example> [x](mailto:ada@a.example) mailto:ada@b.example", 3)]
    [InlineData("![a picture](https://a.example/b.png)", 1)]
    [InlineData("[![a picture](https://a.example/b.png)](https://a.example)", 2)]
    [InlineData("[**![a picture](https://a.example/b.png)** more](https://a.example)", 2)]
    [InlineData("![a [link](https://b.example) in words](https://a.example)", 2)]
    [InlineData(
        "[x](javascript:alert(1)) [x](data:text/html,x) <ftp://a.example> "
            + "ftp://a.example [x](tel:1) ![x](javascript:a)",
        0
    )]
    [InlineData(
        "[x](JaVaScRiPt:a) [x](HTTPS://A.EXAMPLE) [x](java&#115;cript:a) "
            + "[x](https&#58;//a.example) [x](http&amp;#58;//a)",
        3
    )]
    [InlineData("[x](/posts/a) [x](#a) [x]() [x](a/b:c) [x](//a.example) [x](?a:b)", 5)]
    [InlineData("[x](< https://a.example>) [x](<\u00A0https://a.example>) [x](< a>) [x](<java script:a>)", 1)]
    [InlineData("[x](https://a.example/?a&{b}) [x](&{b}) [x](https://münchen.example/ä)", 3)]
    [InlineData("[](https://a.example) [x](https://a.example \"title\")", 2)]
    public void The_counted_links_are_those_of_the_rendered_comment(string text, int links)
    {
        Assert.Equal(LinksIn(CommentMarkdown.ToHtml(text)), CommentMarkdown.CountLinks(text));
        Assert.Equal(links, CommentMarkdown.CountLinks(text));
    }

    [Fact]
    public void The_counted_links_are_those_of_the_rendered_comment_for_random_and_hostile_inputs()
    {
        string[] pieces =
        [
            "[",
            "]",
            "(",
            ")",
            "![",
            "](",
            "[a]",
            "[a]: ",
            "<",
            ">",
            "(<",
            ">)",
            " ",
            "\n",
            "\n\n",
            "- ",
            "> ",
            "    ",
            "`",
            "```\n",
            "*",
            "**",
            "~~",
            "^",
            "&",
            "&{",
            "&#58;",
            "&amp;#58;",
            ":",
            "//",
            "/",
            "#",
            "@",
            "\\",
            "\"",
            "'",
            "a",
            "Ä",
            "\u00A0",
            "\t",
            "https://a.example",
            "http:",
            "www.a.example",
            "mailto:",
            "javascript:",
            "ftp://a.b",
            "ada@a.example",
            "a.example",
            "<https://a.example>",
            "[x](https://a.example)",
            "![x](https://a.example)",
            "[x](javascript:a)",
            "(/a)",
            "(mailto:a@b.c)",
        ];
        var random = new Random(20261128);
        var texts = Enumerable
            .Range(0, 5_000)
            .Select(_ =>
                string.Concat(Enumerable.Range(0, random.Next(1, 16)).Select(_ => pieces[random.Next(pieces.Length)]))
            );

        Assert.All(HostileInputs.All.Concat(texts), text =>
            Assert.Equal(LinksIn(CommentMarkdown.ToHtml(text)), CommentMarkdown.CountLinks(text))
        );
    }

    private static int LinksIn(string html) => html.AsSpan().Count("<a href=");

    private static void AssertHarmless(IElement element)
    {
        Assert.Equal(Xhtml, element.NamespaceUri);
        Assert.Contains(element.LocalName, Tags);
        Assert.All(element.Attributes, attribute =>
            Assert.True(
                (element.LocalName, attribute)
                    is
                        ("a", { Name: "href" or "rel" })
                        or
                        ("span", { Name: "class", Value: [>= 'a' and <= 'z'] })
                        or
                        (_, { Name: "dir", Value: "auto" or "rtl" })
                        or
                        ("ol", { Name: "start" })
                        or
                        ("li", { Name: "value" }),
                $"{element.OuterHtml}"
            )
        );
        if (element.GetAttribute("href") is { } address)
        {
            var full = new Uri(new Uri("https://blog.test/posts/hello"), address);
            Assert.Contains(full.Scheme, (string[])["http", "https", "mailto"]);
            Assert.Equal("nofollow ugc noopener", element.GetAttribute("rel"));
        }
    }
}
