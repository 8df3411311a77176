namespace ServerlessBlog.Import.Jekyll;

/// <summary>
/// Translates the attribute lists of kramdown (https://kramdown.gettalong.org/syntax.html#attribute-list-definitions):
/// of headings, links and pictures into this blog's, of other blocks into nothing, which the report says.
/// </summary>
internal static partial class Kramdown
{
    /// <summary>Stands for a line that is left out, until all lines have been reported.</summary>
    private const string LeftOut = "\uE000";

    /// <summary>Removes the lines that were left out.</summary>
    public static void RemoveLines(ImportedPost post) =>
        post.Body = post
            .Body.Replace(LeftOut + "\n", "", StringComparison.Ordinal)
            .Replace(LeftOut, "", StringComparison.Ordinal);

    /// <summary>Translates the body of a post; lines keep their numbers until <see cref="RemoveLines"/>.</summary>
    public static void Translate(ImportedPost post)
    {
        var line = post.BodyLine;
        post.Body = string.Concat(
            MarkdownFences
                .Split(post.Body)
                .Select(part =>
                {
                    var text = post.Body[part.Start..part.End];
                    var first = line;
                    line += text.AsSpan().Count('\n');
                    return part.IsCode ? text : Translate(post, text, first);
                })
        );
    }

    private static string Translate(ImportedPost post, string text, int firstLine)
    {
        if (!text.Contains("{:", StringComparison.Ordinal))
        {
            return text;
        }

        var lines = new List<string>();
        foreach (var (index, written) in text.Split('\n').Index())
        {
            if (BlockAttributes().Match(written) is not { Success: true } block)
            {
                lines.Add(SpanAttributes().Replace(written, span => AttributesFrom(span.Groups["list"].Value)));
                continue;
            }

            lines.Add(LeftOut);
            var list = block.Groups["list"].Value;
            var last = lines.FindLastIndex(line => line.Length > 0 && line != LeftOut);
            if (list.Trim().Split(' ')[0] is "toc" && last >= 0 && ListItem().IsMatch(lines[last]))
            {
                lines[last] = LeftOut; // "* TOC" only marks the place of the table of contents.
            }
            else if (
                last == lines.Count - 2
                && last >= 0
                && lines[last].StartsWith('#')
                && AttributesFrom(list) is { Length: > 0 } attributes
            )
            {
                lines[last] += " " + attributes;
            }
            else
            {
                post.Note($"line {firstLine + index}: {written.Trim()} has no effect here, and is left out.");
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>The attributes that this blog takes, in its notation; empty when there are none.</summary>
    private static string AttributesFrom(string list)
    {
        var kept = Attribute().Matches(list).Select(match => match.Value).ToList();
        return kept.Count == 0 ? "" : $"{{{string.Join(' ', kept)}}}";
    }

    [GeneratedRegex(@"^ {0,3}\{:(?<list>[^}]*)\}[ \t]*$")]
    private static partial Regex BlockAttributes();

    [GeneratedRegex(@"(?<=\)|\]|\*|_)\{:(?<list>[^}]*)\}")]
    private static partial Regex SpanAttributes();

    [GeneratedRegex(@"^ {0,3}(?:[-*+]|[0-9]+\.)[ \t]")]
    private static partial Regex ListItem();

    [GeneratedRegex("""(?<=^|\s)(?:[.#][\w-]+|(?:width|height|title|lang)="[^"]*")(?=\s|[.#]|$)""")]
    private static partial Regex Attribute();
}
