namespace ServerlessBlog.Import;

/// <summary>Splits Markdown into code behind fences and all else.</summary>
internal static class MarkdownFences
{
    /// <summary>A part of a text: from <paramref name="Start"/> to <paramref name="End"/>.</summary>
    /// <param name="Start">The position of its first character.</param>
    /// <param name="End">The position after its last character.</param>
    /// <param name="IsCode">Whether it is a fence with its code.</param>
    public readonly record struct Part(int Start, int End, bool IsCode);

    /// <summary>Returns the parts in their order; together they are the text.</summary>
    public static IReadOnlyList<Part> Split(string text)
    {
        var (parts, start, fence) = (new List<Part>(), 0, "");
        for (var at = 0; at < text.Length; )
        {
            var end = text.IndexOf('\n', at) is >= 0 and var found ? found + 1 : text.Length;
            var sign = FenceOf(text.AsSpan(at, end - at));
            if (fence.Length == 0 && sign.Length > 0)
            {
                Add(start, at, isCode: false);
                (start, fence) = (at, sign);
            }
            else if (fence.Length > 0 && IsEnd(text.AsSpan(at, end - at), fence))
            {
                Add(start, end, isCode: true);
                (start, fence) = (end, "");
            }

            at = end;
        }

        Add(start, text.Length, fence.Length > 0);
        return parts;

        void Add(int from, int to, bool isCode)
        {
            if (to > from)
            {
                parts.Add(new Part(from, to, isCode));
            }
        }
    }

    /// <summary>Changes all but the code.</summary>
    public static string ChangeProse(string text, Func<string, string> change) =>
        string.Concat(
            Split(text).Select(part => part.IsCode ? text[part.Start..part.End] : change(text[part.Start..part.End]))
        );

    /// <summary>Puts a text between fences that are longer than any in it.</summary>
    public static string Fence(string code, string language)
    {
        var longest = 2;
        for (var (at, length) = (0, 0); at < code.Length; at++)
        {
            length = code[at] == '`' ? length + 1 : 0;
            longest = Math.Max(longest, length);
        }

        var fence = new string('`', longest + 1);
        return $"{fence}{language}\n{code.Trim('\n')}\n{fence}";
    }

    private static string FenceOf(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart(' ');
        var length = text.IndexOfAnyExcept(text is ['~', ..] ? '~' : '`');
        return line.Length - text.Length < 4 && length >= 3 && !(text[0] == '`' && text[length..].Contains('`'))
            ? new string(text[0], length)
            : "";
    }

    private static bool IsEnd(ReadOnlySpan<char> line, string fence)
    {
        var text = line.Trim();
        return text.Length >= fence.Length && text.IndexOfAnyExcept(fence[0]) < 0;
    }
}
