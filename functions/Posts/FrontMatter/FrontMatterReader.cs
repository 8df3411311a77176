using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Parses front matter, the YAML between the two lines of three hyphens at the start of a file, into fields whose value
/// is a text or a list of texts.
/// </summary>
/// <remarks>
/// Consumes YAML parser events: creates no types named in the file, builds no node tree, and refuses anchors and
/// aliases, so the memory used is bounded by the size of the text.
/// </remarks>
internal sealed class FrontMatterReader
{
    /// <summary>The maximum size of the YAML in bytes: 16 KiB.</summary>
    public const int MaxBytes = 16 * 1024;

    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);

    /// <summary>A field. Lines and columns count from 1.</summary>
    /// <param name="NameLine">The line of the name in the file.</param>
    /// <param name="Line">The line where the value begins.</param>
    /// <param name="Column">The column where the value begins.</param>
    /// <param name="Texts">The texts of the value; null when it is neither a text nor a list of texts.</param>
    public sealed record Field(int NameLine, int Line, int Column, IReadOnlyList<string>? Texts);

    public IReadOnlyDictionary<string, Field> Fields => _fields;

    /// <summary>Parses YAML that begins on line <paramref name="firstLine"/> of its file.</summary>
    /// <exception cref="RefusedException">The text is not valid YAML of this form.</exception>
    public static FrontMatterReader Read(string yaml, int firstLine)
    {
        var frontMatter = new FrontMatterReader();
        try
        {
            frontMatter.ReadFields(new Parser(new StringReader(ReplaceYamlLineBreaks(yaml))), firstLine - 1);
            return frontMatter;
        }
        catch (YamlException problem)
        {
            var text = problem.InnerException?.Message ?? problem.Message;
            throw new RefusedException(
                FindTab(yaml, firstLine)
                    ?? ProblemAt(
                        problem.Start,
                        firstLine - 1,
                        $"this is not YAML ({text.TrimEnd('.')}). Quote the value if it holds : or # or "
                            + "begins with a sign."
                    )
            );
        }
        catch (Exception problem) when (problem is not RefusedException)
        {
            // YamlDotNet throws other exceptions, without a position, on some malformed input.
            throw new RefusedException(
                FindTab(yaml, firstLine)
                    ?? new Problem(
                        firstLine,
                        1,
                        "the fields that begin here are not YAML: write them as 'name: value', one a line."
                    )
            );
        }
    }

    /// <summary>
    /// Finds the first line that begins with a tab; null when there is none. A tab is the usual cause of invalid YAML,
    /// and the parser reports a later position.
    /// </summary>
    private static Problem? FindTab(string yaml, int firstLine) =>
        ("\n" + yaml).IndexOf("\n\t", StringComparison.Ordinal) is >= 0 and var position
            ? new Problem(
                firstLine + yaml.AsSpan(0, position).Count('\n'),
                1,
                "a line cannot begin with a tab: use spaces."
            )
            : null;

    private void ReadFields(IParser parser, int offset)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return;
        }

        parser.Consume<DocumentStart>();
        if (!parser.TryConsume<MappingStart>(out _))
        {
            throw new RefusedException(
                ProblemAt(parser.Current!.Start, offset, "write fields as 'name: value', one a line.")
            );
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            ReadField(parser, offset);
        }

        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            const string Message = "the fields end before this: write all of them as 'name: value', one a line.";
            throw new RefusedException(ProblemAt(parser.Current!.Start, offset, Message));
        }
    }

    private void ReadField(IParser parser, int offset)
    {
        var start = parser.Current!.Start;
        var name = ReadText(parser, offset)
            ?? throw new RefusedException(
                ProblemAt(parser.Current!.Start, offset, "a field's name must be plain text.")
            );
        var value = parser.Current!.Start;
        var (nameLine, line, column) = ((int)start.Line + offset, (int)value.Line + offset, (int)value.Column);
        if (!_fields.TryAdd(name, new Field(nameLine, line, column, ReadValue(parser, offset))))
        {
            throw new RefusedException(ProblemAt(start, offset, $"the field '{name}' is there twice: keep one."));
        }
    }

    /// <summary>
    /// Replaces U+0085, U+2028 and U+2029 with spaces. YAML counts them as line ends but editors do not, so line
    /// numbers would disagree; a space has the same meaning to YAML here.
    /// </summary>
    private static string ReplaceYamlLineBreaks(string yaml) =>
        yaml.Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');

    /// <summary>
    /// Replaces control characters, line separators and non-characters with spaces: the values are used in HTML heads,
    /// mail headers, feeds and reports.
    /// </summary>
    private static string ToOneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(
                Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 or 0xFFFE or 0xFFFF ? " " : rune.ToString()
            );
        }

        return line.ToString().Trim();
    }

    private static List<string>? ReadValue(IParser parser, int offset)
    {
        if (ReadText(parser, offset) is { } text)
        {
            return [text];
        }

        if (!parser.TryConsume<SequenceStart>(out _))
        {
            Skip(parser, offset);
            return null;
        }

        List<string>? texts = [];
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            if (ReadText(parser, offset) is { } item)
            {
                texts?.Add(item);
                continue;
            }

            Skip(parser, offset);
            texts = null;
        }

        return texts;
    }

    /// <summary>
    /// Consumes a scalar and returns its text; null, consuming nothing, when the next event is not a scalar. A plain ~
    /// or null gives the empty text.
    /// </summary>
    private static string? ReadText(IParser parser, int offset)
    {
        RefuseAlias(parser, offset);
        return parser.TryConsume<Scalar>(out var scalar)
            ? scalar.IsKey || scalar.Style != ScalarStyle.Plain || scalar.Value is not ("~" or "null")
                ? ToOneLine(scalar.Value)
                : ""
            : null;
    }

    /// <summary>Consumes a value of any depth, without recursion.</summary>
    private static void Skip(IParser parser, int offset)
    {
        var depth = 0;
        do
        {
            RefuseAlias(parser, offset);
            depth += parser.Consume<ParsingEvent>().NestingIncrease;
        } while (depth > 0);
    }

    private static void RefuseAlias(IParser parser, int offset)
    {
        if (parser.Accept<AnchorAlias>(out _) || (parser.Accept<NodeEvent>(out var node) && !node.Anchor.IsEmpty))
        {
            throw new RefusedException(
                ProblemAt(
                    parser.Current!.Start,
                    offset,
                    "aliases and anchors (* and &) are not allowed here: write the value out, or quote it."
                )
            );
        }
    }

    private static Problem ProblemAt(Mark mark, int offset, string message) =>
        new((int)mark.Line + offset, (int)mark.Column, message);
}
