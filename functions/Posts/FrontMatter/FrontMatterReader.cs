using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>The fields between the two lines of three hyphens at the head of a file: names with a text or a list of texts.</summary>
/// <remarks>Reads YAML event by event: no types are made from names in the file, no tree is built, aliases are refused.</remarks>
internal sealed class FrontMatterReader
{
    /// <summary>The most bytes of YAML.</summary>
    public const int MaxBytes = 16 * 1024;

    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);

    /// <summary>The line of a field's name, where its value begins, and its texts: null for what is neither text nor list of texts.</summary>
    public sealed record Field(int NameLine, int Line, int Column, IReadOnlyList<string>? Texts);

    public IReadOnlyDictionary<string, Field> Fields => _fields;

    /// <summary>Reads YAML that begins on line <paramref name="firstLine"/> of its file.</summary>
    /// <exception cref="RefusedException">It cannot be read.</exception>
    public static FrontMatterReader Read(string yaml, int firstLine)
    {
        var frontMatter = new FrontMatterReader();
        try
        {
            frontMatter.ReadFields(new Parser(new StringReader(Lines(yaml))), firstLine - 1);
            return frontMatter;
        }
        catch (YamlException problem)
        {
            var text = problem.InnerException?.Message ?? problem.Message;
            throw new RefusedException(
                Tab(yaml, firstLine)
                    ?? At(
                        problem.Start,
                        firstLine - 1,
                        $"this is not YAML ({text.TrimEnd('.')}). Quote the value if it holds : or # or begins with a sign."
                    )
            );
        }
        catch (Exception problem) when (problem is not RefusedException)
        {
            // YamlDotNet gives up on some broken text without saying where.
            throw new RefusedException(
                Tab(yaml, firstLine)
                    ?? new Problem(
                        firstLine,
                        1,
                        "the fields that begin here are not YAML: write them as 'name: value', one a line."
                    )
            );
        }
    }

    /// <summary>Of what is not YAML: the first line that begins with a tab, which is the usual reason and never where the parser stumbles.</summary>
    private static Problem? Tab(string yaml, int firstLine) =>
        ("\n" + yaml).IndexOf("\n\t", StringComparison.Ordinal) is >= 0 and var before
            ? new Problem(
                firstLine + yaml.AsSpan(0, before).Count('\n'),
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
            throw new RefusedException(At(parser.Current!.Start, offset, "write fields as 'name: value', one a line."));
        }

        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current!.Start;
            var name = Text(parser, offset)
                ?? throw new RefusedException(At(parser.Current!.Start, offset, "a field's name must be plain text."));
            var value = parser.Current!.Start;
            if (
                !_fields.TryAdd(
                    name,
                    new Field(
                        (int)start.Line + offset,
                        (int)value.Line + offset,
                        (int)value.Column,
                        Value(parser, offset)
                    )
                )
            )
            {
                throw new RefusedException(At(start, offset, $"the field '{name}' is there twice: keep one."));
            }
        }

        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _))
        {
            throw new RefusedException(
                At(
                    parser.Current!.Start,
                    offset,
                    "the fields end before this: write all of them as 'name: value', one a line."
                )
            );
        }
    }

    /// <summary>YAML also counts these three as line ends, and editors do not: a space says the same to YAML.</summary>
    private static string Lines(string yaml) =>
        yaml.Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');

    /// <summary>On one line, whatever the text holds: it goes into heads of pages and mails, feeds and reports.</summary>
    private static string OneLine(string text)
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

    private static List<string>? Value(IParser parser, int offset)
    {
        if (Text(parser, offset) is { } text)
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
            if (Text(parser, offset) is { } item)
            {
                texts?.Add(item);
                continue;
            }

            Skip(parser, offset);
            texts = null;
        }

        return texts;
    }

    /// <summary>Takes a text. Null when something else comes. An empty plain value is no text at all: "".</summary>
    private static string? Text(IParser parser, int offset)
    {
        RefuseAlias(parser, offset);
        return parser.TryConsume<Scalar>(out var scalar)
            ? scalar.IsKey || scalar.Style != ScalarStyle.Plain || scalar.Value is not ("~" or "null")
                ? OneLine(scalar.Value)
                : ""
            : null;
    }

    /// <summary>Takes a value of any depth, without recursion.</summary>
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
                At(
                    parser.Current!.Start,
                    offset,
                    "aliases and anchors (* and &) are not allowed here: write the value out, or quote it."
                )
            );
        }
    }

    private static Problem At(Mark mark, int offset, string sentence) =>
        new((int)mark.Line + offset, (int)mark.Column, sentence);
}
