using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers.Html;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses formulas within a line: <c>$a$</c>, <c>$$a$$</c> and <c>\(a\)</c>; and <c>\[a\]</c>, which may take several
/// lines of a paragraph when it has them to itself. What is not closed stays text.
/// </summary>
/// <remarks>
/// A single dollar opens behind a blank or punctuation and before a character that is neither; it closes behind such a
/// character, and not before a letter, a digit or an opening brace: prices and shell variables are text.
/// </remarks>
internal sealed class FormulaParser : InlineParser
{
    /// <summary>Maximum length of a formula in <c>\(...\)</c> and <c>\[...\]</c>, in characters: 4,000.</summary>
    private const int MaxLength = 4_000;

    /// <summary>Creates the parser.</summary>
    public FormulaParser() => OpeningCharacters = ['$', '\\'];

    /// <inheritdoc/>
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        var previous = slice.PeekCharExtra(-1);
        var (open, length) = text switch
        {
            ['$', '$', not '$', ..] when previous != '$' => (2, FindClosing(text[2..], "$$")),
            ['$', not '$', ..] when CanOpen(previous, text[1]) => (1, FindClosingDollar(text[1..])),
            ['\\', '(', ..] => (2, FindClosing(Start(text[2..]), "\\)")),
            ['\\', '[', ..] when IsLineStart(processor, slice) => (2, FindClosingOfLines(Start(text[2..]))),
            _ => (0, -1),
        };
        if (length < 1 || text.Slice(open, length).IsWhiteSpace())
        {
            return false;
        }

        var isDisplay = text[0] == '$' ? open == 2 : text[1] == '[';
        var formula = new MathInline
        {
            Delimiter = '$',
            DelimiterCount = isDisplay ? 2 : 1,
            Content = new StringSlice(slice.Text, slice.Start + open, slice.Start + open + length - 1),
            Span = new(processor.GetSourcePosition(slice.Start, out var line, out var column), 0),
            Line = line,
            Column = column,
        };
        formula.Content.Trim();
        formula.GetAttributes().AddClass("math");
        slice.Start += open + length + open;
        formula.Span.End = processor.GetSourcePosition(slice.Start - 1);
        processor.Inline = formula;
        return true;
    }

    private static ReadOnlySpan<char> Start(ReadOnlySpan<char> text) => text[..int.Min(text.Length, MaxLength)];

    private static bool CanOpen(char previous, char next) =>
        !char.IsLetterOrDigit(previous) && previous is not ('$' or '\\') && !char.IsWhiteSpace(next);

    /// <summary>Finds the closing delimiter on the same line; -1 when there is none.</summary>
    private static int FindClosing(ReadOnlySpan<char> text, string closing)
    {
        for (var at = 0; at < text.Length && text[at] is not ('\n' or '\r'); at++)
        {
            if (text[at..].StartsWith(closing, StringComparison.Ordinal))
            {
                return closing is "$$" && at + 2 < text.Length && text[at + 2] == '$' ? -1 : at;
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return -1;
    }

    private static int FindClosingDollar(ReadOnlySpan<char> text)
    {
        for (var at = 0; at < text.Length && text[at] is not ('\n' or '\r'); at++)
        {
            if (text[at] == '$')
            {
                var next = at + 1 < text.Length ? text[at + 1] : ' ';
                return
                    at > 0
                    && !char.IsWhiteSpace(text[at - 1])
                    && !char.IsLetterOrDigit(next)
                    && next is not ('{' or '$')
                    ? at
                    : -1;
            }

            at += text[at] == '\\' ? 1 : 0;
        }

        return -1;
    }

    /// <summary>Finds the end of a display formula that is the last of its line.</summary>
    private static int FindClosingOfLines(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("\\]", StringComparison.Ordinal);
        return end >= 0 && RestOfLine(text[(end + 2)..]).IsWhiteSpace() ? end : -1;
    }

    private static ReadOnlySpan<char> RestOfLine(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny('\r', '\n');
        return end < 0 ? text : text[..end];
    }

    private static bool IsLineStart(InlineProcessor processor, StringSlice slice) =>
        processor.Inline is null || slice.PeekCharExtra(-1) is '\n' or '\r';
}
