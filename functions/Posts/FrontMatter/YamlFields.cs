using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Parses the YAML of front matter or of <c>theme/site.yml</c>: a mapping of names to texts, lists and
/// mappings.
/// </summary>
/// <remarks>
/// Consumes YAML parser events and creates no types named in the file. An alias (<c>*name</c>) refers to the value of
/// its anchor (<c>&amp;name</c>), which is not copied. The size of the text with all aliases written out is limited, as
/// later code reads a value once for each alias.
/// </remarks>
internal sealed class YamlFields
{
    /// <summary>The maximum size of the YAML with all aliases written out, in bytes: 64 KiB.</summary>
    private const int MaxExpandedBytes = 64 * 1024;

    private const int MaxDepth = 64;

    private readonly Parser _parser;
    private readonly int _lineOffset;
    private readonly Dictionary<string, (FieldValue Value, int Bytes)> _anchors = new(StringComparer.Ordinal);

    /// <summary>The size, with aliases written out, of all values that were read so far.</summary>
    private int _bytes;

    private string? _currentField;

    private readonly ICollection<string>? _repeated;

    private YamlFields(string yaml, int firstLine, ICollection<string>? repeated)
    {
        _repeated = repeated;
        _parser = new Parser(new StringReader(ReplaceYamlLineBreaks(yaml)));
        _lineOffset = firstLine - 1;
    }

    /// <summary>Parses YAML.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="firstLine">The number of its first line in its file.</param>
    /// <param name="repeated">
    /// Takes the names that are there more than once, of which the last counts; null to refuse them.
    /// </param>
    /// <exception cref="RefusedException">The text is not valid YAML of this form.</exception>
    public static IReadOnlyDictionary<string, Field> Read(
        string yaml,
        int firstLine,
        ICollection<string>? repeated = null
    )
    {
        var reader = new YamlFields(yaml, firstLine, repeated);
        try
        {
            return reader.ReadDocument();
        }
        catch (YamlException problem)
        {
            var text = (problem.InnerException?.Message ?? problem.Message).TrimEnd('.');
            throw new RefusedException(
                FindTab(yaml, firstLine)
                    ?? reader.ProblemAt(
                        problem.Start,
                        $"this is not YAML{reader.InCurrentField()} ({text}). Quote the value if it holds : or # or "
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

    private IReadOnlyDictionary<string, Field> ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return new FieldCollector().Fields;
        }

        _parser.Consume<DocumentStart>();
        if (!_parser.TryConsume<MappingStart>(out _))
        {
            throw Refused(_parser.Current!.Start, "write fields as 'name: value', one a line.");
        }

        var fields = ReadFields(depth: 0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<StreamEnd>(out _)
            ? fields
            : throw Refused(
                _parser.Current!.Start,
                "the fields end before this: write all of them as 'name: value', one a line."
            );
    }

    /// <summary>Reads the fields of a mapping whose start is consumed, and consumes its end.</summary>
    private IReadOnlyDictionary<string, Field> ReadFields(int depth)
    {
        var (fields, merged) = (new FieldCollector(), new List<FieldValue>());
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var start = _parser.Current!.Start;
            var isMerge = _parser.Current is Scalar { Style: ScalarStyle.Plain, Value: "<<" };
            var name = ReadValue(depth + 1).Text;
            if (name is null && depth == 0)
            {
                throw Refused(start, "a field's name must be plain text.");
            }

            _currentField = depth == 0 ? name : _currentField;
            var value = ReadValue(depth + 1);
            if (isMerge)
            {
                merged.AddRange(value.Items ?? [value]);
            }
            else if (name is not null)
            {
                fields.Add(name, new Field((int)start.Line + _lineOffset, value), (int)start.Column, _repeated);
            }
        }

        // A merge key (https://yaml.org/type/merge.html) gives the fields that the mapping itself does not have.
        foreach (var (name, field) in merged.SelectMany(value => value.Fields ?? new FieldCollector().Fields))
        {
            fields.AddMissing(name, field);
        }

        return fields.Fields;
    }

    private FieldValue ReadValue(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return Resolve(alias);
        }

        if (!_parser.Accept<NodeEvent>(out var node))
        {
            throw Refused(_parser.Current!.Start, $"this is not YAML{InCurrentField()}.");
        }

        if (depth > MaxDepth)
        {
            throw Refused(node.Start, $"values are nested too deeply{InCurrentField()}: at most {MaxDepth} levels.");
        }

        _parser.MoveNext();
        var (bytesBefore, value) = (_bytes, new FieldValue((int)node.Start.Line + _lineOffset, (int)node.Start.Column));
        value = node switch
        {
            Scalar scalar => value with { Text = TextOf(scalar) },
            SequenceStart => value with { Items = ReadItems(depth) },
            _ => value with { Fields = ReadFields(depth) },
        };
        Grow(node.Start, 1 + Encoding.UTF8.GetByteCount(value.Text ?? ""));
        if (!node.Anchor.IsEmpty)
        {
            _anchors[node.Anchor.Value] = (value, _bytes - bytesBefore);
        }

        return value;
    }

    private List<FieldValue> ReadItems(int depth)
    {
        var items = new List<FieldValue>();
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadValue(depth + 1));
        }

        return items;
    }

    private FieldValue Resolve(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var anchor))
        {
            throw Refused(
                alias.Start,
                $"*{FieldReader.Shorten(alias.Value.Value)}{InCurrentField()} stands for a value that is marked "
                    + "with & above, and there is none: write the value out, or quote it."
            );
        }

        Grow(alias.Start, anchor.Bytes);
        return anchor.Value with { Line = (int)alias.Start.Line + _lineOffset, Column = (int)alias.Start.Column };
    }

    private void Grow(Mark mark, int bytes)
    {
        _bytes += bytes;
        if (_bytes > MaxExpandedBytes)
        {
            throw Refused(
                mark,
                $"with its aliases (*) written out{InCurrentField()} the fields have more than "
                    + $"{MaxExpandedBytes:N0} bytes: use fewer of them."
            );
        }
    }

    /// <summary>The text of a scalar; empty for a plain ~ or null.</summary>
    private static string TextOf(Scalar scalar) =>
        scalar is { IsKey: false, Style: ScalarStyle.Plain, Value: "~" or "null" }
            ? ""
            : FieldValue.ToOneLine(scalar.Value);

    /// <summary>
    /// Replaces U+0085, U+2028 and U+2029 with spaces. YAML counts them as line ends but editors do not, so line
    /// numbers would disagree; a space has the same meaning to YAML here.
    /// </summary>
    private static string ReplaceYamlLineBreaks(string yaml) =>
        yaml.Replace('\u0085', ' ').Replace('\u2028', ' ').Replace('\u2029', ' ');

    private string InCurrentField() => _currentField is { } name ? $", in the field '{FieldReader.Shorten(name)}'" : "";

    private RefusedException Refused(Mark mark, string message) => new(ProblemAt(mark, message));

    private Problem ProblemAt(Mark mark, string message) =>
        new((int)mark.Line + _lineOffset, (int)mark.Column, message);
}
