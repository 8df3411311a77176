namespace ServerlessBlog.Media;

/// <summary>Breaks the text of a card into lines.</summary>
internal static class CardText
{
    /// <summary>
    /// Breaks a text between words, and a word that is wider than a line between characters that readers see as one.
    /// </summary>
    /// <param name="text">Words with single spaces between them.</param>
    /// <param name="width">The width of a line.</param>
    /// <param name="measure">The width of a text.</param>
    public static List<string> Wrap(string text, float width, Func<string, float> measure)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in text.Split(' '))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (measure(longer) <= width)
            {
                line = longer;
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            line = word;
            while (measure(line) > width)
            {
                var fitting = Fit(line, width, measure);
                lines.Add(fitting);
                line = line[fitting.Length..];
            }
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>Breaks a text into as many lines again, of more equal widths.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lines">Its lines at <paramref name="width"/>.</param>
    /// <param name="width">The width of a line.</param>
    /// <param name="measure">The width of a text.</param>
    public static List<string> Balance(string text, List<string> lines, float width, Func<string, float> measure)
    {
        const float step = 0.05f;
        for (var narrower = width * (1 - step); narrower > width / 2; narrower -= width * step)
        {
            if (text.Split(' ').Any(word => measure(word) > narrower))
            {
                break;
            }

            var balanced = Wrap(text, narrower, measure);
            if (balanced.Count > lines.Count)
            {
                break;
            }

            lines = balanced;
        }

        return lines;
    }

    /// <summary>Keeps so many lines. When there were more, the last one ends with an ellipsis.</summary>
    public static List<string> Cut(List<string> lines, int most, float width, Func<string, float> measure)
    {
        if (lines.Count <= most)
        {
            return lines;
        }

        var last = lines[most - 1];
        while (measure($"{last}…") > width)
        {
            last = Fit(last, measure(last) - 1, measure);
        }

        return [.. lines.Take(most - 1), $"{last.TrimEnd(' ', ',', '.', ';', ':')}…"];
    }

    /// <summary>The beginning of a text that fits into a width: at least one character.</summary>
    private static string Fit(string text, float width, Func<string, float> measure)
    {
        var ends = StringInfo.ParseCombiningCharacters(text).Skip(1).Append(text.Length).ToArray();
        var length = ends[0];
        foreach (var end in ends)
        {
            if (measure(text[..end]) > width)
            {
                break;
            }

            length = end;
        }

        return text[..length];
    }
}
