using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>Finds, in time that grows with the size only, what Markdig takes more than linear time for: it cannot be stopped once it has begun.</summary>
/// <remarks>
/// Measured with Markdig 1.6.0. Within a paragraph, time grows with its length times the number of its marks: 64 KiB of <c>[a](</c> take 2 s.
/// Where the marks are those of emphasis it grows with their number cubed, worse with the pipes of a table among them: 32 KiB of rows
/// with a <c>*word*</c> each take 5 s. Headings with one text take quadratic time for their ids, 2,000 of them 1 s; so do link
/// definitions, footnotes and lines of === or :::. Short rows under a wide head become cells of all its columns.
/// </remarks>
internal static class MarkdownLimits
{
    private const int MaxHeadings = 1_000;
    private const int MaxDefinitions = 2_000;
    private const int MaxUnderlines = 5_000;
    private const int MaxContainers = 1_000;
    private const int MaxCells = 250_000;
    private const int MaxItems = 100_000;

    /// <summary>As deep as Markdig goes; a line with more marks of lists and quotes before its text takes it seconds to say so.</summary>
    private const int MaxDepth = 128;

    /// <summary>In nanoseconds on a busy machine.</summary>
    private const long MaxCost = 1_200_000_000;

    /// <summary>
    /// The blocks that <see cref="PostMarkdown"/> finds, and nothing in them: linear, within the limits that are looked at before. Without
    /// footnotes and definition lists, which throw away or are slow; what they hold is then a paragraph, or indented code.
    /// </summary>
    private static readonly MarkdownPipeline Blocks = BuildBlocks();

    /// <summary>Null when the body is rendered in a time that grows with its size; else where the trouble is and what to do.</summary>
    /// <param name="body">The Markdown.</param>
    /// <param name="firstLine">The body's first line in its file, from 1.</param>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes.</exception>
    public static Problem? FindProblem(string body, int firstLine) =>
        InLines(body, firstLine) ?? InBlocks(body, firstLine);

    private static Problem? InLines(string body, int firstLine)
    {
        var (line, definitions, underlines, containers, items) = (firstLine, 0, 0, 0, 0);
        foreach (var text in body.AsSpan().EnumerateLines())
        {
            var trimmed = text.Trim(" \t>");
            definitions += text.Count("]:");
            underlines +=
                trimmed.Length > 0 && (trimmed.TrimStart('=').IsEmpty || trimmed.TrimStart('-').IsEmpty) ? 1 : 0;
            containers += trimmed.StartsWith(":::") ? 1 : 0;
            var depth = Depth(text);
            items += depth > 0 ? 1 : 0;
            if (depth > MaxDepth || items > MaxItems)
            {
                return new Problem(
                    line,
                    1,
                    depth > MaxDepth
                        ? $"lists and quotes are nested too deeply: at most {MaxDepth} levels."
                        : $"here the post has more than {MaxItems:N0} lines of lists and quotes: split the post."
                );
            }

            if (definitions > MaxDefinitions)
            {
                return new Problem(
                    line,
                    1,
                    $"here the post has more than {MaxDefinitions:N0} footnotes and link definitions: write links as [text](address), or split the post."
                );
            }

            if (underlines > MaxUnderlines || containers > MaxContainers)
            {
                return new Problem(
                    line,
                    1,
                    $"here the post has more than {MaxUnderlines:N0} lines of === or ---, or {MaxContainers:N0} lines of ::: in it: keep fewer, or split the post."
                );
            }

            line++;
        }

        return null;
    }

    /// <summary>How many marks of lists, definitions and quotes stand before a line's text.</summary>
    private static int Depth(ReadOnlySpan<char> line)
    {
        for (var depth = 0; ; depth++)
        {
            line = line.TrimStart(" \t");
            var digits = int.Max(0, line.IndexOfAnyExceptInRange('0', '9'));
            var isMark =
                line.Length > digits
                && (digits > 0 ? line[digits] is '.' or ')' : line[0] is '>' or '-' or '+' or '*' or ':');
            if (!isMark || (line[digits] != '>' && line.Length > digits + 1 && line[digits + 1] is not (' ' or '\t')))
            {
                return depth;
            }

            line = line[(digits + 1)..];
        }
    }

    private static Problem? InBlocks(string body, int firstLine)
    {
        var (headings, cells, cost, worst) = (0, 0L, 0L, (Line: firstLine, Cost: 0L, Marks: 0, Length: 0));
        foreach (
            var block in Markdig
                .Markdown.Parse(body.Replace("[^", "x^", StringComparison.Ordinal), Blocks)
                .Descendants<LeafBlock>()
        )
        {
            if (block is FencedCodeBlock { ClosingFencedCharCount: > 0 } || block.Span.IsEmpty)
            {
                continue;
            }

            var line = block.Line + firstLine;
            var text = body.AsSpan(block.Span.Start, int.Min(block.Span.Length, body.Length - block.Span.Start));
            headings += block is HeadingBlock ? 1 : 0;
            cells += Cells(text);
            if (headings > MaxHeadings || cells > MaxCells)
            {
                return new Problem(
                    line,
                    1,
                    headings > MaxHeadings
                        ? $"here the post has more than {MaxHeadings:N0} headings: keep fewer, or split the post."
                        : $"here the post's tables have more than {MaxCells:N0} cells (rows by the columns of the widest): keep fewer, or split the post."
                );
            }

            var (marks, own) = Cost(text);
            cost += own;
            worst = own > worst.Cost ? (line, own, marks, text.Length) : worst;
        }

        return cost <= MaxCost
            ? null
            : new Problem(
                worst.Line,
                1,
                $"the paragraph or table that begins here has {worst.Length:N0} characters with {worst.Marks:N0} brackets, stars and other marks, too many to render in one piece: put blank lines into it, make it a code block, or split the post."
            );
    }

    private static long Cells(ReadOnlySpan<char> text)
    {
        var (rows, columns) = (0, 0);
        foreach (var line in text.EnumerateLines())
        {
            rows++;
            columns = int.Max(columns, line.Count('|'));
        }

        return (long)rows * columns;
    }

    /// <summary>How many characters may begin or end something that Markdig looks for in the rest of the paragraph, and what they may cost.</summary>
    private static (int Marks, long Cost) Cost(ReadOnlySpan<char> text)
    {
        var (others, emphases, pipes) = (0, 0L, 0L);
        for (var at = 0; at < text.Length; at++)
        {
            var next = at + 1 < text.Length ? text[at + 1] : ' ';
            switch (text[at])
            {
                case '*' or '_' or '~' or '^':
                case '"' or '+' or '=' or ':' when next == text[at]:
                    emphases++;
                    break;
                case '[' or ']' or '<':
                case ':' when !char.IsWhiteSpace(next):
                case 'w' when next == 'w':
                    others++;
                    break;
                case '|':
                    pipes++;
                    break;
            }
        }

        var marks = others + (int)emphases;
        return (marks, (4L * marks * text.Length) + (emphases * emphases * (emphases + pipes) / 64));
    }

    private static MarkdownPipeline BuildBlocks()
    {
        var builder = new MarkdownPipelineBuilder()
            .UseAbbreviations()
            .UseCustomContainers()
            .UseFigures()
            .UseGridTables()
            .UseListExtras()
            .UseMathematics();
        builder.Extensions.Add(new NoInlines());
        return builder.Build();
    }

    /// <summary>Comes last, and takes away what all others want to find inside a paragraph.</summary>
    private sealed class NoInlines : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline) => pipeline.InlineParsers.Clear();

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) { }
    }
}
