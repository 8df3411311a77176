namespace ServerlessBlog.Import;

/// <summary>Reads lines of a file from outside without ever holding more than a limit of one.</summary>
internal static class BoundedLines
{
    /// <summary>
    /// Reads the lines. Of a line above the limit, the first characters are returned, one more than the limit, and the
    /// rest is skipped.
    /// </summary>
    /// <param name="reader">The text.</param>
    /// <param name="most">The limit in characters.</param>
    public static IEnumerable<string> Read(TextReader reader, int most)
    {
        var line = new StringBuilder();
        var buffer = new char[16 * 1024];
        var isOpen = false;
        for (var count = reader.Read(buffer); count > 0; count = reader.Read(buffer))
        {
            for (var start = 0; start < count; )
            {
                var rest = buffer.AsSpan(start, count - start);
                var end = rest.IndexOf('\n');
                var part = end < 0 ? rest : rest[..end];
                line.Append(part[..Math.Min(part.Length, most + 1 - line.Length)]);
                isOpen = end < 0;
                start += part.Length + (isOpen ? 0 : 1);
                if (!isOpen)
                {
                    yield return line.ToString().TrimEnd('\r');
                    line.Clear();
                }
            }
        }

        if (isOpen)
        {
            yield return line.ToString();
        }
    }
}
