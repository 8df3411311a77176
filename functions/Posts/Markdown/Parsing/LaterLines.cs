using Markdig.Parsers;

namespace ServerlessBlog.Posts.Markdown.Parsing;

/// <summary>Looks ahead in the text for the end of a block, before the block is opened.</summary>
internal static class LaterLines
{
    /// <summary>A condition on a line without the marks of quotes before it.</summary>
    public delegate bool LineCondition(ReadOnlySpan<char> line);

    /// <summary>
    /// Maximum number of lines that <see cref="AllUntil"/> reads: 1,000. It may be called for each of them.
    /// </summary>
    private const int MaxLines = 1_000;

    /// <summary>Whether a line below the current one meets the condition.</summary>
    /// <param name="processor">The state of the parser.</param>
    /// <param name="parser">The caller. Once no line meets its condition, none below does either.</param>
    /// <param name="condition">The condition.</param>
    public static bool Any(BlockProcessor processor, BlockParser parser, LineCondition condition)
    {
        if (processor.Document.GetData(parser) is not null)
        {
            return false;
        }

        foreach (var line in Rest(processor).EnumerateLines())
        {
            if (condition(line.TrimStart(" \t>")))
            {
                return true;
            }
        }

        processor.Document.SetData(parser, parser);
        return false;
    }

    /// <summary>
    /// Whether at least two and at most 1,000 lines follow the current one that meet a condition, and the last of them
    /// another one.
    /// </summary>
    public static bool AllUntil(BlockProcessor processor, LineCondition inside, LineCondition last)
    {
        var lastLine = ReadOnlySpan<char>.Empty;
        var count = 0;
        foreach (var line in Rest(processor).EnumerateLines())
        {
            var text = line.TrimStart(" \t>");
            if (!inside(text))
            {
                break;
            }

            lastLine = text;
            count++;
            if (count > MaxLines)
            {
                return false;
            }
        }

        return count > 1 && last(lastLine);
    }

    private static ReadOnlySpan<char> Rest(BlockProcessor processor)
    {
        var line = processor.Line;
        return line.Text.AsSpan(int.Min(line.End + 2, line.Text.Length));
    }
}
