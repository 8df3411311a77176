using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using ServerlessBlog.Posts.FrontMatter;
using ServerlessBlog.Posts.Markdown.Parsing;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// Finds, in linear time, input for which Markdig needs more than linear time. Markdig cannot be cancelled once it has
/// begun.
/// </summary>
/// <remarks>
/// Measured with Markdig 1.6.0. Within a paragraph, time grows with its length times the number of its delimiters: 64
/// KiB of <c>[a](</c> take 2 s. For emphasis delimiters it grows with the cube of their number, and worse with the
/// pipes of a table among them: 32 KiB of rows with a <c>*word*</c> each take 5 s. Headings with the same text take
/// quadratic time for their ids, 1 s for 2,000 of them; so do link definitions, footnotes and lines of === or :::.
/// Short rows below a wide table header are filled up to all its columns.
/// </remarks>
internal static class MarkdownLimits
{
    private const int MaxHeadings = 1_000;
    private const int MaxDefinitions = 2_000;
    private const int MaxUnderlines = 5_000;
    private const int MaxContainers = 1_000;
    private const int MaxCells = 250_000;
    private const int MaxItems = 100_000;

    /// <summary>
    /// The nesting depth at which Markdig throws. On a line with more list and quote markers before its text, Markdig
    /// spends seconds before it does.
    /// </summary>
    private const int MaxDepth = 128;

    /// <summary>The maximum estimated cost of a body, in nanoseconds on a busy machine: 1.2 s.</summary>
    private const long MaxCost = 1_200_000_000;

    /// <summary>
    /// A pipeline that finds the same blocks as <see cref="PostMarkdown"/> and parses no inlines: linear within the
    /// limits that are checked on lines first. It has no footnotes and definition lists, which drop text or are slow;
    /// their content becomes paragraphs or indented code.
    /// </summary>
    private static readonly MarkdownPipeline BlockPipeline = BuildBlockPipeline();

    /// <summary>
    /// Returns null when the body renders in linear time, else the position and remedy of the first problem found.
    /// </summary>
    /// <param name="body">The Markdown.</param>
    /// <param name="firstLine">The line number of the body's first line in its file, from 1.</param>
    /// <exception cref="ArgumentException">The body is nested deeper than Markdig supports (128).</exception>
    public static Problem? FindProblem(string body, int firstLine) =>
        FindProblemInLines(body, firstLine) ?? FindProblemInBlocks(body, firstLine);

    private static Problem? FindProblemInLines(string body, int firstLine)
    {
        var counts = new LineCounts();
        var line = firstLine;
        foreach (var text in body.AsSpan().EnumerateLines())
        {
            counts.Add(text);
            if (counts.FindExceeded() is { } message)
            {
                return new Problem(line, 1, message);
            }

            line++;
        }

        return null;
    }

    /// <summary>The counts of markup in the lines added so far.</summary>
    private sealed class LineCounts
    {
        private int _definitions;
        private int _underlines;
        private int _containers;
        private int _items;
        private int _depth;

        public void Add(ReadOnlySpan<char> line)
        {
            var trimmed = line.Trim(" \t>");
            var isUnderline = trimmed.Length > 0 && (trimmed.TrimStart('=').IsEmpty || trimmed.TrimStart('-').IsEmpty);
            _definitions += line.Count("]:");
            _underlines += isUnderline ? 1 : 0;
            _containers += trimmed.StartsWith(":::") ? 1 : 0;
            _depth = CountMarkers(line);
            _items += _depth > 0 ? 1 : 0;
        }

        /// <summary>Returns the remedy for the first limit that is exceeded; null when none is.</summary>
        public string? FindExceeded() =>
            _depth > MaxDepth ? $"lists and quotes are nested too deeply: at most {MaxDepth} levels."
            : _items > MaxItems
                ? $"here the post has more than {MaxItems:N0} lines of lists and quotes: split the post."
            : _definitions > MaxDefinitions
                ? $"here the post has more than {MaxDefinitions:N0} footnotes and link definitions: write "
                    + "links as [text](address), or split the post."
            : _underlines > MaxUnderlines || _containers > MaxContainers
                ? $"here the post has more than {MaxUnderlines:N0} lines of === or ---, or "
                    + $"{MaxContainers:N0} lines of ::: in it: keep fewer, or split the post."
            : null;
    }

    /// <summary>Counts the markers of lists, definitions and quotes before a line's text.</summary>
    private static int CountMarkers(ReadOnlySpan<char> line)
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

    private static Problem? FindProblemInBlocks(string body, int firstLine)
    {
        var (headings, cells, cost) = (0, 0L, 0L);
        var worst = new BlockCost(firstLine, 0, 0, 0);
        foreach (
            var block in Markdig
                .Markdown.Parse(body.Replace("[^", "x^", StringComparison.Ordinal), BlockPipeline)
                .Descendants<LeafBlock>()
        )
        {
            if (block is FencedCodeBlock { ClosingFencedCharCount: > 0 } || block.Span.IsEmpty)
            {
                continue;
            }

            var text = body.AsSpan(block.Span.Start, int.Min(block.Span.Length, body.Length - block.Span.Start));
            headings += block is HeadingBlock ? 1 : 0;
            cells += CountCells(text);
            if (headings > MaxHeadings || cells > MaxCells)
            {
                return new Problem(block.Line + firstLine, 1, TooMany(headings));
            }

            var (marks, own) = EstimateCost(text);
            cost += own;
            worst = own > worst.Cost ? new BlockCost(block.Line + firstLine, own, marks, text.Length) : worst;
        }

        return cost <= MaxCost ? null : new Problem(worst.Line, 1, TooCostly(worst));
    }

    private static string TooMany(int headings) =>
        headings > MaxHeadings
            ? $"here the post has more than {MaxHeadings:N0} headings: keep fewer, or split the post."
            : $"here the post's tables have more than {MaxCells:N0} cells (rows by the columns of the "
                + "widest): keep fewer, or split the post.";

    private static string TooCostly(BlockCost block) =>
        $"the paragraph or table that begins here has {block.Length:N0} characters with {block.Marks:N0} "
        + "brackets, stars and other marks, too many to render in one piece: put blank lines into it, make "
        + "it a code block, or split the post.";

    /// <summary>The estimated cost of a block.</summary>
    /// <param name="Line">The line number in the file, from 1.</param>
    /// <param name="Cost">The cost in nanoseconds.</param>
    /// <param name="Marks">The number of delimiters.</param>
    /// <param name="Length">The length in characters.</param>
    private readonly record struct BlockCost(int Line, long Cost, int Marks, int Length);

    /// <summary>Returns the number of rows times the number of columns of the widest row.</summary>
    private static long CountCells(ReadOnlySpan<char> text)
    {
        var (rows, columns) = (0, 0);
        foreach (var line in text.EnumerateLines())
        {
            rows++;
            columns = int.Max(columns, line.Count('|'));
        }

        return (long)rows * columns;
    }

    /// <summary>
    /// Counts the characters that can begin or end an inline, for which Markdig may search the rest of the paragraph,
    /// and estimates the cost in nanoseconds.
    /// </summary>
    private static (int Marks, long Cost) EstimateCost(ReadOnlySpan<char> text)
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

    private static MarkdownPipeline BuildBlockPipeline()
    {
        var builder = PostSyntax.AddTo(new MarkdownPipelineBuilder());
        builder.Extensions.Add(new BlocksOnlyExtension());
        return builder.Build();
    }

    /// <summary>Removes the inline parsers, footnotes and definition lists. Must be registered last.</summary>
    private sealed class BlocksOnlyExtension : IMarkdownExtension
    {
        public void Setup(MarkdownPipelineBuilder pipeline)
        {
            pipeline.InlineParsers.Clear();
            pipeline.BlockParsers.TryRemove<NoteParser>();
            pipeline.BlockParsers.TryRemove<DefinitionParser>();
        }

        public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer) { }
    }
}
