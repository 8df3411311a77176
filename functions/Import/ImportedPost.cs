using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Import;

/// <summary>
/// A post of another engine: its front matter, of which single fields are changed while all other lines stay, and its
/// body.
/// </summary>
internal sealed class ImportedPost
{
    private const int MaxAliases = 30;

    private readonly Dictionary<string, string> _changed = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];
    private readonly FieldLines _lines;

    private ImportedPost(FieldLines lines, IReadOnlyDictionary<string, Field> fields, string body, int bodyLine)
    {
        _lines = lines;
        Fields = fields;
        Body = body;
        BodyLine = bodyLine;
    }

    /// <summary>The fields as the file has them.</summary>
    public IReadOnlyDictionary<string, Field> Fields { get; }

    /// <summary>The text after the front matter.</summary>
    public string Body { get; set; }

    /// <summary>The number of the body's first line in its file, from 1.</summary>
    public int BodyLine { get; }

    /// <summary>What is not as it was, a sentence each, each once.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Creates a post without front matter.</summary>
    public static ImportedPost Create(string body) =>
        new(new FieldLines([], IsToml: false), new Dictionary<string, Field>(), body, 1);

    /// <summary>Reads a post in Markdown or HTML with front matter in YAML or TOML.</summary>
    /// <param name="text">The text with LF line ends.</param>
    /// <exception cref="RefusedException">The front matter cannot be read.</exception>
    public static ImportedPost Read(string text)
    {
        var block = FrontMatterBlock.Split(text);
        var repeated = new List<string>();
        var fields = block.ReadFields(repeated);
        var lines = FieldLines.TrySplit(block.Text, block.IsToml, fields) ?? FieldWriter.ToLines(fields);
        var post = new ImportedPost(lines, fields, block.Body, block.BodyLine);
        repeated.ForEach(name => post.Note($"the field '{name}' is there more than once: the last is kept."));
        return post;
    }

    /// <summary>Creates a post from fields that are in another notation.</summary>
    public static ImportedPost FromFields(IReadOnlyDictionary<string, Field> fields, string body, int bodyLine) =>
        new(FieldWriter.ToLines(fields), fields, body, bodyLine);

    /// <summary>The text of a field; null when it is missing, empty, a list or a mapping.</summary>
    public string? TextOf(string name) =>
        Fields.GetValueOrDefault(name)?.Value.Text is { Length: > 0 } text ? text : null;

    /// <summary>The texts of a field: a list, or one text; empty when it is missing.</summary>
    public IReadOnlyList<string> TextsOf(string name) =>
        [.. (Fields.GetValueOrDefault(name)?.Value.Texts ?? []).Where(text => text.Length > 0)];

    /// <summary>Whether a field is there with a value.</summary>
    public bool Has(string name) => Fields.GetValueOrDefault(name)?.Value is { } value && value.Text != "";

    /// <summary>Sets a field to a text.</summary>
    public void Set(string name, string text) => _changed[name] = _lines.LineOf(name, FieldWriter.Quote(text));

    /// <summary>Sets a field to true or false.</summary>
    public void Set(string name, bool value) => _changed[name] = _lines.LineOf(name, value ? "true" : "false");

    /// <summary>Sets a field to a list of texts.</summary>
    public void Set(string name, IEnumerable<string> texts) =>
        _changed[name] = _lines.LineOf(name, $"[{string.Join(", ", texts.Select(FieldWriter.Quote))}]");

    /// <summary>
    /// Removes a heading of the first level from the start of the body. Returns its text; null when the body begins
    /// with anything else.
    /// </summary>
    public string? TakeHeading()
    {
        var text = Body.TrimStart('\n');
        var end = text.IndexOf('\n') is >= 0 and var at ? at : text.Length;
        if (
            !text.StartsWith("# ", StringComparison.Ordinal) || text[2..end].Trim(' ', '#') is not { Length: > 0 } title
        )
        {
            return null;
        }

        Body = new string('\n', Body.Length - text.Length + 1) + text[Math.Min(end + 1, text.Length)..];
        return title;
    }

    /// <summary>Sets the old addresses, of which a post has 30 at most beside those under Jekyll's name.</summary>
    public void SetAliases(IEnumerable<string> aliases)
    {
        var all = aliases.Distinct(StringComparer.Ordinal).ToList();
        var room = Math.Max(0, MaxAliases - TextsOf("redirect_from").Count);
        if (all.Count > room)
        {
            Note($"of {all.Count} old addresses the first {room} are kept: a post has {MaxAliases} at most.");
        }

        if (!all.SequenceEqual(TextsOf("aliases")))
        {
            Set("aliases", all.Take(room));
        }
    }

    /// <summary>Removes a field.</summary>
    public void Remove(string name)
    {
        if (Fields.ContainsKey(name))
        {
            _changed[name] = "";
        }
    }

    /// <summary>Adds a sentence for the report, unless it is there.</summary>
    public void Note(string sentence)
    {
        if (!_notes.Contains(sentence))
        {
            _notes.Add(sentence);
        }
    }

    /// <summary>Changes the text of the fields that the file has and that were not set.</summary>
    public string ToText(Func<string, string> changeFields)
    {
        var entries = _lines.Replace(_changed);
        var kept = entries.Select(entry =>
            entry.Name is null || _changed.ContainsKey(entry.Name)
                ? entry
                : entry with
                {
                    Lines = changeFields(entry.Lines),
                }
        );
        var sign = _lines.IsToml ? "+++" : "---";
        return $"{sign}\n{_lines.Join(kept)}{sign}\n{Body}";
    }
}

/// <summary>Writes fields as lines of YAML.</summary>
internal static class FieldWriter
{
    /// <summary>Writes each field in a line.</summary>
    public static FieldLines ToLines(IReadOnlyDictionary<string, Field> fields) =>
        new(
            [
                .. fields.Select(field => new FieldLines.Entry(
                    field.Key,
                    $"{Name(field.Key)}: {Format(field.Value.Value)}\n"
                )),
            ],
            IsToml: false
        );

    /// <summary>Quotes a text.</summary>
    public static string Quote(string text) => FieldLines.QuoteAny(text);

    private static string Name(string name) => name.All(char.IsAsciiLetterOrDigit) ? name : Quote(name);

    private static string Format(FieldValue value) =>
        value switch
        {
            { Text: { } text } => FieldReader.AsFlag(text) is not null ? text : Quote(text),
            { Items: { } items } => $"[{string.Join(", ", items.Select(Format))}]",
            { Fields: { } fields } =>
                $"{{{string.Join(", ", fields.Select(field => $"{Quote(field.Key)}: {Format(field.Value.Value)}"))}}}",
            _ => "~",
        };
}
