using System.Buffers;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>
/// Parses subscript <c>H~2~O</c>, superscript <c>10^6^</c>, inserted <c>++new++</c> and marked <c>==text==</c>: both
/// marks touch a letter or digit, and nothing but plain characters is between them. Anything else stays text, such as
/// <c>a^2 + b^2</c>, <c>C++ or C++11</c> and <c>a==b</c>.
/// </summary>
internal sealed class TightEmphasisParser : InlineParser
{
    /// <summary>Characters that end the search: marks and other syntax.</summary>
    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n~^+=*_`[]<>$&\\|{}");

    /// <summary>Creates the parser.</summary>
    public TightEmphasisParser() => OpeningCharacters = ['~', '^', '+', '='];

    /// <inheritdoc/>
    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var mark = slice.CurrentChar;
        var text = slice.AsSpan();
        var length = mark is '+' or '=' ? 2 : 1;
        if (!IsRun(text, mark, length) || slice.PeekCharExtra(-1) == mark || !CanStandBehind(slice.PeekCharExtra(-1)))
        {
            return false;
        }

        bool CanStandBehind(char previous) =>
            length == 2 ? !char.IsLetterOrDigit(previous) : char.IsLetterOrDigit(previous) || previous is ')' or ']';

        var content = text[length..];
        var end = content.IndexOfAny(Ends);
        if (
            end < 1
            || !IsRun(content[end..], mark, length)
            || !char.IsLetterOrDigit(content[0])
            || !char.IsLetterOrDigit(content[end - 1])
            || (length == 2 && end + length < content.Length && char.IsLetterOrDigit(content[end + length]))
        )
        {
            return false;
        }

        Emit(processor, ref slice, length, end);
        return true;
    }

    /// <summary>Whether the text begins with exactly this many marks.</summary>
    private static bool IsRun(ReadOnlySpan<char> text, char mark, int length)
    {
        var other = text.IndexOfAnyExcept(mark);
        return (other < 0 ? text.Length : other) == length;
    }

    private static void Emit(InlineProcessor processor, ref StringSlice slice, int length, int contentLength)
    {
        var start = slice.Start + length;
        var emphasis = new EmphasisInline
        {
            DelimiterChar = slice.CurrentChar,
            DelimiterCount = length,
            IsClosed = true,
            Span = new(processor.GetSourcePosition(slice.Start, out var line, out var column), 0),
            Line = line,
            Column = column,
        };
        emphasis.AppendChild(
            new LiteralInline(new StringSlice(slice.Text, start, start + contentLength - 1)) { IsClosed = true }
        );
        slice.Start = start + contentLength + length;
        emphasis.Span.End = processor.GetSourcePosition(slice.Start - 1);
        processor.Inline = emphasis;
    }
}
