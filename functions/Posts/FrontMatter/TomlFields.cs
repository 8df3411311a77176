using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Parses TOML front matter (https://toml.io/en/v1.1.0) from its syntax tree, without reflection. Numbers, Booleans and
/// dates become the text that the file has.
/// </summary>
internal sealed class TomlFields
{
    private readonly int _firstLine;

    private TomlFields(int firstLine) => _firstLine = firstLine;

    /// <summary>Parses TOML that begins on line <paramref name="firstLine"/> of its file.</summary>
    /// <exception cref="RefusedException">The text is not valid TOML, or has a field twice.</exception>
    public static IReadOnlyDictionary<string, Field> Read(string toml, int firstLine)
    {
        try
        {
            // Duplicate fields are found here, with both lines, and not by the parser's own validation.
            var document = SyntaxParser.Parse(toml, sourceName: null, validate: false);
            return document.Diagnostics.FirstOrDefault(found => found.Kind == DiagnosticMessageKind.Error) is { } error
                ? throw NotToml(error.Message, error.Span.Start.Line + firstLine, error.Span.Start.Column + 1)
                : new TomlFields(firstLine).Read(document);
        }
        catch (TomlException problem)
        {
            // Values that are nested deeper than 64 levels.
            throw NotToml(problem.Message, firstLine, 1);
        }
    }

    private static RefusedException NotToml(string message, int line, int column) =>
        new(
            new Problem(
                line,
                column,
                $"this is not TOML ({message.TrimEnd('.')}): write fields as 'name = \"value\"', one a line."
            )
        );

    private IReadOnlyDictionary<string, Field> Read(DocumentSyntax document)
    {
        var root = new Table();
        AddAll(root, document.KeyValues);
        foreach (var table in document.Tables)
        {
            List<string> names = [.. NamesOf(table.Name!)];
            var opened =
                table is TableArraySyntax
                    ? Append(Open(root, names[..^1], table.Name!), names[^1], table.Name!)
                    : Open(root, names, table.Name!);
            AddAll(opened, table.Items);
        }

        return root.Fields.Fields;
    }

    private void AddAll(Table table, IEnumerable<KeyValueSyntax> fields)
    {
        foreach (var field in fields)
        {
            Add(table, field);
        }
    }

    private void Add(Table table, KeyValueSyntax field)
    {
        List<string> names = [.. NamesOf(field.Key!)];
        Open(table, names[..^1], field.Key!)
            .Fields.Add(names[^1], new Field(LineOf(field.Key!), Convert(field.Value!)), ColumnOf(field.Key!));
    }

    /// <summary>Returns the table at this path, which is created where it is missing.</summary>
    private Table Open(Table table, IReadOnlyList<string> names, SyntaxNode at)
    {
        foreach (var name in names)
        {
            if (!table.Tables.TryGetValue(name, out var inner))
            {
                inner = new Table();
                table.Tables.Add(name, inner);
                table.Fields.Add(
                    name,
                    new Field(LineOf(at), ValueAt(at) with { Fields = inner.Fields.Fields }),
                    ColumnOf(at)
                );
            }

            table = inner;
        }

        return table;
    }

    /// <summary>Appends a table to an array of tables. Later headers with its name mean this table.</summary>
    private Table Append(Table table, string name, SyntaxNode at)
    {
        if (!table.Arrays.TryGetValue(name, out var items))
        {
            items = [];
            table.Fields.Add(name, new Field(LineOf(at), ValueAt(at) with { Items = items }), ColumnOf(at));
            table.Arrays.Add(name, items);
        }

        var appended = new Table();
        items.Add(ValueAt(at) with { Fields = appended.Fields.Fields });
        return table.Tables[name] = appended;
    }

    private FieldValue Convert(ValueSyntax value) =>
        value switch
        {
            StringValueSyntax text => ValueAt(value) with { Text = FieldValue.ToOneLine(text.Value ?? "") },
            ArraySyntax array => ValueAt(value) with { Items = [.. array.Items.Select(item => Convert(item.Value!))] },
            InlineTableSyntax inline => ConvertTable(inline),
            IntegerValueSyntax number => ValueAt(value) with
            {
                Text = number.Token?.Text?.Replace("_", "", StringComparison.Ordinal),
            },
            FloatValueSyntax number => ValueAt(value) with { Text = number.Token?.Text },
            BooleanValueSyntax flag => ValueAt(value) with { Text = flag.Token?.Text },
            DateTimeValueSyntax date => ValueAt(value) with { Text = date.Token?.Text },
            _ => ValueAt(value),
        };

    private FieldValue ConvertTable(InlineTableSyntax inline)
    {
        var table = new Table();
        foreach (var item in inline.Items)
        {
            Add(table, item.KeyValue!);
        }

        return ValueAt(inline) with
        {
            Fields = table.Fields.Fields,
        };
    }

    private static IEnumerable<string> NamesOf(KeySyntax key) =>
        key.DotKeys.Select(dotted => NameOf(dotted.Key!)).Prepend(NameOf(key.Key!));

    private static string NameOf(BareKeyOrStringValueSyntax name) =>
        name switch
        {
            BareKeySyntax bare => bare.Key?.Text ?? "",
            StringValueSyntax quoted => FieldValue.ToOneLine(quoted.Value ?? ""),
            _ => "",
        };

    private FieldValue ValueAt(SyntaxNode node) => new(LineOf(node), ColumnOf(node));

    private int LineOf(SyntaxNode node) => node.Span.Start.Line + _firstLine;

    private static int ColumnOf(SyntaxNode node) => node.Span.Start.Column + 1;

    /// <summary>A table that is being read; further tables of the file can add fields to it.</summary>
    private sealed class Table
    {
        public FieldCollector Fields { get; } = new();

        public Dictionary<string, Table> Tables { get; } = new(StringComparer.Ordinal);

        /// <summary>Arrays of tables; the last table of each is in <see cref="Tables"/> too.</summary>
        public Dictionary<string, List<FieldValue>> Arrays { get; } = new(StringComparer.Ordinal);
    }
}
