namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>A named field of the front matter.</summary>
/// <param name="Line">The line of the name in the file, from 1.</param>
/// <param name="Value">The value.</param>
internal sealed record Field(int Line, FieldValue Value);

/// <summary>A value of the front matter: a text, a list or a mapping; none of them when it is neither.</summary>
/// <param name="Line">The line where the value begins in the file, from 1.</param>
/// <param name="Column">The column where the value begins, from 1.</param>
internal sealed record FieldValue(int Line, int Column)
{
    /// <summary>The text, in one line and without control characters; null for a list or a mapping.</summary>
    public string? Text { get; init; }

    /// <summary>The items of a list; null for a text or a mapping.</summary>
    public IReadOnlyList<FieldValue>? Items { get; init; }

    /// <summary>The fields of a mapping; null for a text or a list.</summary>
    public IReadOnlyDictionary<string, Field>? Fields { get; init; }

    /// <summary>The texts of the value; null when it is neither a text nor a list of texts.</summary>
    public IReadOnlyList<string>? Texts =>
        Text is not null ? [Text]
        : Items?.All(item => item.Text is not null) == true ? [.. Items.Select(item => item.Text!)]
        : null;

    /// <summary>
    /// Replaces control characters, line separators and non-characters with spaces: the values are used in HTML heads,
    /// mail headers, feeds and reports.
    /// </summary>
    public static string ToOneLine(string text)
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
}

/// <summary>Fields that are being collected. A name that comes twice throws a <see cref="RefusedException"/>.</summary>
internal sealed class FieldCollector
{
    private readonly Dictionary<string, Field> _fields = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Field> Fields => _fields;

    /// <param name="name">The name.</param>
    /// <param name="field">The field.</param>
    /// <param name="column">The column of the name, from 1.</param>
    /// <param name="repeated">Takes the name when there is one already, which is then replaced; null to refuse.</param>
    /// <exception cref="RefusedException">There is a field of this name; the message names both lines.</exception>
    public void Add(string name, Field field, int column, ICollection<string>? repeated = null)
    {
        if (_fields.TryAdd(name, field))
        {
            return;
        }

        if (repeated is null)
        {
            var sentence =
                $"the field '{name}' is there twice, on lines {_fields[name].Line} and {field.Line}: keep one.";
            throw new RefusedException(new Problem(field.Line, column, sentence));
        }

        _fields[name] = field;
        repeated.Add(name);
    }

    /// <summary>Adds the field unless there is one of this name.</summary>
    public void AddMissing(string name, Field field) => _fields.TryAdd(name, field);
}
