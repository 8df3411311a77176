using System.Globalization;
using System.Text;
using ServerlessBlog.Benchmarks.Conversations;

namespace ServerlessBlog.Benchmarks.Limits;

/// <summary>
/// Markdown that makes parsers slow: long runs of openers without a closer, and long lists of definitions that each
/// have to be compared with all the previous ones.
/// </summary>
internal static class HostileMarkdown
{
    /// <summary>The inputs by name. <c>Make</c> returns a text of at most the given number of characters.</summary>
    public static IReadOnlyList<(string Name, Func<int, string> Make)> All { get; } =
    [
        .. Runs(
            "[a](",
            "![",
            "[",
            "]",
            "[a][",
            "[^",
            "[[a]](b) ",
            "*a ",
            "a* ",
            "**a*",
            "*a_",
            "a**b",
            "_a *b ",
            "~~a ",
            "~a ^b ++c ==d ",
            "::a ",
            "\"\"a ",
            "<",
            "<a ",
            "x <!--",
            "x <? ",
            "x <!A ",
            "x <![CDATA[",
            "</",
            "`",
            "`a``b",
            "$a ",
            "http://a.b ",
            "www.a.b ",
            "<http://a.b> ",
            "a@b.c ",
            "&",
            "&amp;",
            "&#1",
            "\\*",
            "|",
            "a|b",
            "a | *b* | `c`\n",
            "a\n",
            "  \n",
            "a  \n"
        ),
        .. Blocks(
            "# a\n",
            "#\n",
            "a\n=\n",
            "a\n-\n",
            "---\n",
            "- a\n",
            "1. a\n",
            "- [ ] a\n",
            "> a\n",
            "> [a](b) *c*\n",
            "[a]: b\n",
            "[a]: b \"\n",
            "[^1]: x\n\n",
            "*[a]: x\n",
            "::: a\n",
            "```\n",
            "    a\n",
            "\ta\n",
            ": a\n",
            "a\n: b\n\n",
            "+---+\n",
            "| *b* | c |\n",
            "<div>\n",
            "<!--\n",
            "^^^\n",
            "{#a}\n",
            "$$\n"
        ),
        ("quotes, nested", size => Nested(">", size)),
        ("quotes, nested, 100 deep and again", size => Repeated(new string('>', 100) + "a\n\n", size)),
        ("lists, nested, 30 deep and again", size =>
            Repeated(
                string.Concat(Enumerable.Range(0, 30).Select(depth => new string(' ', 2 * depth) + "- a\n")) + "\n",
                size
            )
        ),
        ("lists, nested on one line", size => Nested("- ", size)),
        ("emphasis, nested", size => new string('*', size / 2) + "a" + new string('*', (size - 1) / 2)),
        ("links, nested", size => new string('[', size / 5) + "a" + Repeated("](b)", size / 5 * 4)),
        ("backticks, each run longer", size => Growing(size, length => new string('`', length) + "a")),
        ("one long word", size => new string('a', size)),
        ("table, wide head and short rows", size =>
            Repeated("|a", size / 4) + "\n" + Repeated("|-", size / 4) + "\n" + Repeated("|a\n", (size / 2) - 2)
        ),
        ("table of emphasis", size => "|a|b|\n|-|-|\n" + Repeated("|*a*|**b**|\n", size - 12)),
        ("definitions, each used", size => Numbered(size, number => $"[a{number}]: /b\n[a{number}]\n\n")),
        ("footnotes, each used", size => Numbered(size, number => $"a[^{number}]\n\n[^{number}]: b\n\n")),
        ("headings, each other", size => Numbered(size, number => $"# a {number}\n\n")),
        ("paragraphs of links", size => Repeated(string.Concat(Enumerable.Repeat("[a](", 400)) + "\n\n", size)),
        ("paragraphs of emphasis", size => Repeated(string.Concat(Enumerable.Repeat("*a ", 400)) + "\n\n", size)),
        ("paragraphs of entities", size => Repeated(string.Concat(Enumerable.Repeat("&lt;", 400)) + "\n\n", size)),
        ("formulas", size => Repeated("$\\frac{a}{b}$\n\n", size)),
        ("formulas by themselves", size =>
            Repeated("$$\n\\int_0^\\infty e^{-x^2} = \\frac{\\sqrt{\\pi}}{2}\n$$\n\n", size)
        ),
        ("formulas, each nested", size =>
            Repeated("$$\n" + Repeated("\\sqrt{", 6_000) + "x" + new string('}', 1_000) + "\n$$\n\n", size)
        ),
        ("formulas that grow", size =>
            Repeated("$\\def\\a{\\b\\b}\\def\\b{\\c\\c}\\def\\c{xxxxxxxxxx}\\a\\a\\a\\a$\n\n", size)
        ),
        .. new[] { "\"\\", "<a b=\"", "/*\n", "{-", "a:b ", "_a", "#a\n" }.SelectMany(part =>
            new[] { "cs", "html", "hs", "java", "fs", "css", "sql" }.Select(language =>
                (
                    $"code '{Escaped(part)}' as {language}",
                    (Func<int, string>)(size => Repeated($"```{language}\n{Repeated(part, 19_000)}\n```\n\n", size))
                )
            )
        ),
        ("prose", size => Repeated(ConversationBuilder.Body + "\n\n", size)),
    ];

    private static IEnumerable<(string Name, Func<int, string> Make)> Runs(params string[] parts) =>
        parts.Select(part => ($"'{Escaped(part)}' again and again", (Func<int, string>)(size => Repeated(part, size))));

    private static IEnumerable<(string Name, Func<int, string> Make)> Blocks(params string[] parts) =>
        parts.Select(part =>
            ($"lines '{Escaped(part)}'", (Func<int, string>)(size => "a\n\n" + Repeated(part, size - 3)))
        );

    private static string Escaped(string part) =>
        part.Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);

    private static string Repeated(string part, int size) =>
        new StringBuilder(size).Insert(0, part, Math.Max(0, size / part.Length)).ToString();

    private static string Nested(string part, int size) => Repeated(part, size - 1) + "a";

    private static string Numbered(int size, Func<int, string> part) => Growing(size, number => part(number));

    private static string Growing(int size, Func<int, string> part)
    {
        var text = new StringBuilder(size);
        for (var number = 1; ; number++)
        {
            var next = part(number).ToString(CultureInfo.InvariantCulture);
            if (text.Length + next.Length > size)
            {
                return text.ToString();
            }

            text.Append(next);
        }
    }
}
