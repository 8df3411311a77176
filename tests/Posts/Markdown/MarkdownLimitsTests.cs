using System.Text;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Markdown;

[Trait("Category", "Slow")]
public sealed class MarkdownLimitsTests
{
    private const int MaxBytes = 1_000_000;

    /// <summary>Each input takes Markdig more than 2 s, or exceeds its nesting limit, at 1 MiB or far below.</summary>
    [Theory]
    [InlineData("[a](")]
    [InlineData("![")]
    [InlineData("[a][")]
    [InlineData("[^")]
    [InlineData("*a ")]
    [InlineData("a* ")]
    [InlineData("**a*")]
    [InlineData("*a_")]
    [InlineData("a**b")]
    [InlineData("_a *b ")]
    [InlineData("~a ^b ++c ==d ")]
    [InlineData("::a ")]
    [InlineData("\"\"a ")]
    [InlineData("x <!--")]
    [InlineData("x <? ")]
    [InlineData("x <!A ")]
    [InlineData("x <![CDATA[")]
    [InlineData("http://a.b ")]
    [InlineData("www.a.b ")]
    [InlineData("^a^ ")]
    [InlineData("*a|b*")]
    [InlineData("| *b* | c |\n")]
    [InlineData("aaa|bbb *x* b|[c](d)\n")]
    [InlineData("See [text](https://example.com/a) and *this* `code`.\n")]
    [InlineData("# a\n")]
    [InlineData("# aaaa bbbb\n\ntext\n\n")]
    [InlineData("#\n")]
    [InlineData("a\n=\n")]
    [InlineData("[^1]: x\n\n")]
    [InlineData("[a]: b \"\n")]
    [InlineData("*[a]: x\n")]
    [InlineData("::: a\n")]
    [InlineData("- - ")]
    [InlineData("> 1. ")]
    [InlineData("- a\n")]
    [InlineData("a\n: b\n\n")]
    [InlineData("> [a](b) *c*\n")]
    public void Markdown_that_takes_Markdig_too_long_is_refused_before_it_is_parsed(string part)
    {
        var body = string.Concat(Enumerable.Repeat(part, MaxBytes / part.Length));

        var problem = MarkdownLimits.FindProblem("First.\n\n" + body, firstLine: 5);

        Assert.NotNull(problem);
        Assert.True(problem.Line >= 7, problem.ToString());
    }

    [Fact]
    public void Many_costly_paragraphs_are_refused_like_a_large_one()
    {
        var paragraph = string.Concat(Enumerable.Repeat("[a](", 4_000)) + "\n\n";

        Assert.Null(MarkdownLimits.FindProblem(paragraph, 1));
        Assert.NotNull(MarkdownLimits.FindProblem(string.Concat(Enumerable.Repeat(paragraph, 60)), 1));
    }

    [Fact]
    public void Short_rows_under_a_very_wide_table_header_are_refused()
    {
        var body =
            string.Concat(Enumerable.Repeat("|a", 500))
            + "\n"
            + string.Concat(Enumerable.Repeat("|-", 500))
            + "\n"
            + string.Concat(Enumerable.Repeat("|a\n", 2_000));

        Assert.Contains("cells", MarkdownLimits.FindProblem(body, 1)?.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_problem_has_the_line_of_the_costly_block()
    {
        var body = "One.\n\n- item\n- " + string.Concat(Enumerable.Repeat("*a ", 20_000)) + "\n\nLast.\n";

        var problem = MarkdownLimits.FindProblem(body, firstLine: 5);

        Assert.Equal(8, problem?.Line);
        Assert.Contains(
            "put blank lines into it, make it a code block, or split the post.",
            problem?.Sentence,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_long_ordinary_post_is_accepted()
    {
        var body = new StringBuilder();
        for (var section = 1; body.Length < MaxBytes; section++)
        {
            body.Append(System.Globalization.CultureInfo.InvariantCulture, $"## Section {section % 40}\n\n");
            body.Append(
                    string.Concat(
                        Enumerable.Repeat(
                            "A *longer* sentence with `code`, a [link](https://example.com/a_b), "
                                + "**stress** and \"quotes\": fine. ",
                            8
                        )
                    )
                )
                .Append("\n\n");
            body.Append("- one [item](https://example.com)\n- two\n  - nested *item*\n\n> A quote with a footnote[^")
                .Append(section)
                .Append("].\n\n[^")
                .Append(section)
                .Append("]: The note.\n\n");
            body.Append("| a | b | c |\n|---|---|---|\n")
                .Append(string.Concat(Enumerable.Repeat("| 1 | `x` | [y](https://example.com) |\n", 12)))
                .Append('\n');
            body.Append("```json\n")
                .Append(string.Concat(Enumerable.Repeat("[[1, 2], {\"a\": [*b, _c]}],\n", 30)))
                .Append("```\n\n");
        }

        Assert.Null(MarkdownLimits.FindProblem(body.ToString(), 1));
        Assert.Null((await RenderCheck.RunAsync(CreateFile(body.ToString()), CancellationToken.None)).Problem);
    }

    [Fact]
    public void A_long_code_block_of_brackets_is_accepted()
    {
        var code = "```\n" + string.Concat(Enumerable.Repeat("[a](*b ", 100_000)) + "\n```\n";

        Assert.Null(MarkdownLimits.FindProblem(code, 1));
    }

    [Theory]
    [InlineData(">")]
    [InlineData("- ")]
    public async Task Deep_nesting_is_refused(string part)
    {
        var (_, problem, _) = await RenderCheck.RunAsync(
            CreateFile(string.Concat(Enumerable.Repeat(part, 5_000)) + "a"),
            CancellationToken.None
        );

        Assert.Contains("at most 128 levels", problem?.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*[a]: {0}", "a ")]
    [InlineData("[a]: /{0}", "[a]\n\n")]
    public async Task A_long_definition_that_is_used_often_is_refused_before_it_exhausts_the_memory(
        string definition,
        string use
    )
    {
        var body =
            string.Format(null, definition, new string('x', 100_000))
            + "\n\n"
            + string.Concat(Enumerable.Repeat(use, 50_000));

        Assert.Contains(
            "the page would have more than 8,388,608 characters",
            (await RenderCheck.RunAsync(CreateFile(body), CancellationToken.None)).Problem?.Sentence,
            StringComparison.Ordinal
        );
    }

    private static PostFile CreateFile(string body) =>
        PostFile.TryRead(
            "f.md",
            Encoding.UTF8.GetBytes("---\ntitle: T\n---\n" + body),
            TimeZoneInfo.Utc,
            out var file,
            out var problem
        )
            ? file
            : throw new InvalidOperationException(problem.ToString());
}
