namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Reads front matter fields as typed values. A value of the wrong kind or over its limit throws a
/// <see cref="RefusedException"/> that names the field, its line and column.
/// </summary>
/// <param name="fields">The parsed fields.</param>
/// <param name="zone">The time zone of dates without an offset.</param>
/// <param name="prefix">What stands before the names in messages: "image." for the fields inside of 'image'.</param>
internal sealed class FieldReader(IReadOnlyDictionary<string, Field> fields, TimeZoneInfo zone, string prefix = "")
{
    private const int MinYear = 1700;
    private const int MaxYear = 2999;
    private const int MaxQuotedLength = 60;

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<(int Line, string Sentence)> _notes = [];
    private readonly List<FieldReader> _inner = [];

    /// <summary>The names of all fields that were read, whether or not the file has them.</summary>
    public IReadOnlyCollection<string> NamesRead => _read;

    /// <summary>The time zone of dates without an offset.</summary>
    public TimeZoneInfo Zone => zone;

    /// <summary>
    /// Returns the notes of <see cref="Note"/> and one for each field of the file that was not read, in the order of
    /// their lines.
    /// </summary>
    public IReadOnlyList<string> AllNotes() =>
        [.. CollectNotes().OrderBy(note => note.Line).Select(note => $"line {note.Line}: {note.Sentence}")];

    /// <summary>Adds a sentence for the author about a field that the file has.</summary>
    public void Note(string name, string sentence)
    {
        var note = (Find(name)!.Line, sentence);
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }

    /// <summary>
    /// Returns the first of these names, which mean the same, that has a value in the file; the first name when none
    /// has. The others are noted as not used.
    /// </summary>
    public string FirstOf(params string[] names)
    {
        var present = names.Where(name => Find(name)?.Value is { } value && value.Text != "").ToList();
        foreach (var other in present.Skip(1))
        {
            Note(other, $"the field '{prefix}{other}' is not used beside '{prefix}{present[0]}'.");
        }

        return present.FirstOrDefault() ?? names[0];
    }

    /// <summary>The value of a field as it is in the file; null when the field is missing.</summary>
    public FieldValue? Value(string name) => Find(name)?.Value;

    /// <summary>Returns a reader of the fields inside of a mapping; null when the value is none.</summary>
    public FieldReader? Inner(string name)
    {
        if (Find(name)?.Value.Fields is not { } mapping)
        {
            return null;
        }

        var inner = new FieldReader(mapping, zone, $"{prefix}{name}.");
        _inner.Add(inner);
        return inner;
    }

    /// <summary>Reads a single text; null when the field is missing or empty.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="maxLength">The maximum length in characters.</param>
    public string? Text(string name, int maxLength)
    {
        var texts = Texts(name);
        if (texts.Count > 1)
        {
            throw Refuse(name, $"'{prefix}{name}' must be one text, not a list.");
        }

        return texts is not [var text] || text.Length == 0 ? null
            : text.Length <= maxLength ? text
            : throw Refuse(name, $"'{prefix}{name}' has {text.Length} characters: keep at most {maxLength}.");
    }

    /// <summary>
    /// Reads a single text that readers see: with character references decoded and without direction controls. What is
    /// changed is noted. Null when the field is missing or empty.
    /// </summary>
    public string? Prose(string name, int maxLength)
    {
        if (Text(name, int.MaxValue) is not { } written)
        {
            return null;
        }

        var decoded = DisplayText.DecodeReferences(written);
        if (decoded != written)
        {
            Note(name, $"character references in '{prefix}{name}' are shown as characters: {Shorten(decoded)}");
        }

        var text = DisplayText.RemoveDirectionControls(decoded);
        if (text != decoded)
        {
            Note(name, $"controls of the writing direction in '{prefix}{name}' are taken out.");
        }

        return text.Length <= maxLength
            ? text
            : throw Refuse(name, $"'{prefix}{name}' has {text.Length} characters: keep at most {maxLength}.");
    }

    /// <summary>Reads a text or a list of texts; empty when the field is missing.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        Find(name) is { } field
            ? field.Value.Texts ?? throw Refuse(name, $"'{prefix}{name}' must be a text or a list of texts.")
            : [];

    /// <summary>
    /// Reads a Boolean: true, false, or as in YAML 1.1 yes, no, on or off; null when the field is missing or empty.
    /// </summary>
    public bool? Flag(string name) =>
        Text(name, int.MaxValue) switch
        {
            null => null,
            var text when AsFlag(text) is { } flag => flag,
            var text => throw Refuse(name, $"'{Shorten(text)}' is neither true nor false: write one of the two."),
        };

    /// <summary>The value of a text as YAML 1.1 reads a Boolean; null when it is none.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "The words of YAML are in lower case.")]
    public static bool? AsFlag(string text) =>
        text.ToLowerInvariant() switch
        {
            "true" or "yes" or "on" or "y" => true,
            "false" or "no" or "off" or "n" => false,
            _ => null,
        };

    /// <summary>
    /// Reads a whole number from 0 to <paramref name="max"/>; null when the field is missing or empty.
    /// </summary>
    public int? Number(string name, int max) =>
        Text(name, int.MaxValue) switch
        {
            null => null,
            var text
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number <= max => number,
            var text => throw Refuse(name, $"'{Shorten(text)}' is not a number from 0 to {max}."),
        };

    /// <summary>
    /// Reads a date (<see cref="DateSpelling"/>) of the years 1700 to 2999; null when the field is missing or empty.
    /// </summary>
    public DateTimeOffset? Date(string name)
    {
        if (Text(name, int.MaxValue) is not { } text)
        {
            return null;
        }

        if (!DateSpelling.TryParse(text, out var local, out var offset))
        {
            throw Refuse(name, DateSpelling.Advice(text));
        }

        return local.Year is >= MinYear and <= MaxYear
            ? new DateTimeOffset(local, offset ?? zone.GetUtcOffset(local))
            : throw Refuse(name, $"the year must be from {MinYear} to {MaxYear}.");
    }

    /// <summary>
    /// Creates the exception that refuses the file at this field's value; at line 1 when the field is missing. The
    /// message gets the field's name when it does not begin with it.
    /// </summary>
    public RefusedException Refuse(string name, string message)
    {
        var label = $"'{prefix}{name}'";
        var sentence = message.Contains(label, StringComparison.Ordinal) ? message : $"in {label}: {message}";
        return new(
            Find(name)?.Value is { } value
                ? new Problem(value.Line, value.Column, sentence)
                : new Problem(1, 1, sentence)
        );
    }

    /// <summary>The field that was not read and probably stands for this one, with its line; null for none.</summary>
    public (string Name, int Line)? FindMisspelled(string name) =>
        UnreadFields()
            .Where(field => SpellingSuggestion.Nearest(Lower(field.Key), _read) == name)
            .Select(field => ((string, int)?)(field.Key, field.Value.Line))
            .FirstOrDefault();

    /// <summary>Shortens a text to at most 60 characters for a quotation in a message.</summary>
    public static string Shorten(string text) =>
        text.Length <= MaxQuotedLength ? text : text[..MaxQuotedLength] + "...";

    private IEnumerable<(int Line, string Sentence)> CollectNotes() =>
        UnreadFields()
            .Select(field =>
                (
                    field.Value.Line,
                    $"the field '{prefix}{Shorten(field.Key)}' is kept, and not used{Suggestion(field.Key)}"
                )
            )
            .Concat(_notes)
            .Concat(_inner.SelectMany(inner => inner.CollectNotes()));

    private IEnumerable<KeyValuePair<string, Field>> UnreadFields() =>
        fields.Where(field => !_read.Contains(KnownName(field.Key)));

    /// <summary>
    /// Finds a field by its name, else by its name in other capitals (<c>Title</c>, <c>publishdate</c>).
    /// </summary>
    private Field? Find(string name)
    {
        _read.Add(name);
        return fields.GetValueOrDefault(name) ?? fields.FirstOrDefault(field => Lower(field.Key) == Lower(name)).Value;
    }

    /// <summary>The name under which <see cref="Find"/> finds a field of the file.</summary>
    private string KnownName(string written) =>
        _read.FirstOrDefault(name => !fields.ContainsKey(name) && Lower(name) == Lower(written)) ?? written;

    private string Suggestion(string name) =>
        SpellingSuggestion.Nearest(Lower(name), _read) is { } near ? $": did you mean '{near}'?" : ".";

    [SuppressMessage("Globalization", "CA1308", Justification = "Names are compared in lower case.")]
    private static string Lower(string text) => text.ToLowerInvariant();
}
