namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Front matter by lines: each top-level field with the lines of its value, and the lines between them. Replaces single
/// fields and leaves all other lines as they are.
/// </summary>
internal sealed partial class FrontMatterLines
{
    /// <summary>A field with its lines; without name, comments, empty lines and tables.</summary>
    private sealed record Entry(string? Name, string Lines);

    private static readonly string[] DateNames = ["date", "publishDate", "pubDate"];
    private static readonly string[] SummaryNames = ["summary", "description", "excerpt"];

    private readonly IReadOnlyList<Entry> _entries;
    private readonly IReadOnlyDictionary<string, Field> _fields;

    private FrontMatterLines(IReadOnlyList<Entry> entries, IReadOnlyDictionary<string, Field> fields, bool isToml) =>
        (_entries, _fields, IsToml) = (entries, fields, isToml);

    /// <summary>Front matter without fields, in YAML.</summary>
    public static FrontMatterLines Empty { get; } = new([], new Dictionary<string, Field>(), isToml: false);

    /// <summary>Whether the lines are TOML.</summary>
    public bool IsToml { get; }

    /// <summary>Splits front matter. Null when its fields do not each begin a line.</summary>
    /// <exception cref="RefusedException">The text is not valid YAML or TOML.</exception>
    public static FrontMatterLines? TrySplit(FrontMatterBlock block)
    {
        var (entries, fields) = (Split(block.Text, block.IsToml), block.ReadFields());
        var found = entries.Select(entry => entry.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var isWhole = block.IsToml ? found.IsSubsetOf(fields.Keys) : found.SetEquals(fields.Keys);
        return isWhole && found.Count == entries.Count(entry => entry.Name is not null)
            ? new FrontMatterLines(entries, fields, block.IsToml)
            : null;
    }

    /// <summary>The fields that are shown by themselves, and all other lines.</summary>
    public EditableFields ReadFields() =>
        new()
        {
            Title = TextOf(["title"]),
            Tags = FindTags() is { } tags ? string.Join(", ", tags) : "",
            Date = TextOf(DateNames),
            Summary = TextOf(SummaryNames),
            Picture = TextOf(["image"]),
            IsDraft = FlagOf("draft") == true || FlagOf("published") == false,
            Others = string.Concat(_entries.Where(entry => !IsShown(entry)).Select(entry => entry.Lines)),
        };

    /// <summary>The lines with changed fields, each with its line end.</summary>
    public string With(EditableFields fields)
    {
        var before = ReadFields();
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        Change("title", ["title"], before.Title, fields.Title, Quote);
        Change("tags", ["tags"], before.Tags, fields.Tags, ListOf);
        Change("date", DateNames, before.Date, fields.Date, DateOf);
        Change("summary", SummaryNames, before.Summary, fields.Summary, Quote);
        Change("image", ["image"], before.Picture, fields.Picture, Quote);
        if (before.IsDraft != fields.IsDraft)
        {
            if (FlagOf("published") is not null)
            {
                replaced["published"] = "";
            }

            replaced["draft"] = fields.IsDraft ? LineOf("draft", "true") : "";
        }

        var keepsOthers = before.Others.TrimEnd('\n') == fields.Others.TrimEnd('\n');
        var lines = _entries
            .Where(entry => keepsOthers || IsShown(entry))
            .Select(entry =>
                entry.Name is { } name && replaced.Remove(name, out var line) ? entry with { Lines = line } : entry
            )
            .ToList();
        lines.AddRange(replaced.Select(added => new Entry(added.Key, added.Value)));
        lines.AddRange(keepsOthers ? [] : Split(fields.Others.TrimEnd('\n'), IsToml));
        // In TOML, fields after the header of a table would belong to the table.
        return string.Concat(lines.OrderBy(entry => IsToml && IsTable(entry)).Select(entry => entry.Lines));

        void Change(string name, string[] names, string old, string text, Func<string, string> format)
        {
            var now = FieldValue.ToOneLine(text);
            if (old != now)
            {
                var key = Array.Find(names, _fields.ContainsKey) ?? name;
                replaced[key] = now.Length == 0 ? "" : LineOf(key, format(now));
            }
        }
    }

    private static bool IsTable(Entry entry) => entry.Name is null && entry.Lines.StartsWith('[');

    private static List<Entry> Split(string text, bool isToml)
    {
        var (entries, isInTable) = (new List<Entry>(), false);
        if (text.Length == 0)
        {
            return entries;
        }

        foreach (var line in (text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(line => line + "\n"))
        {
            isInTable |= isToml && line.StartsWith('[') && (entries.Count == 0 || IsTomlHeader().IsMatch(line));
            var start = isToml ? TomlName().Match(line) : YamlName().Match(line);
            var isContinued = entries.Count > 0 && (isInTable ? IsTable(entries[^1]) : IsContinuation(line, isToml));
            if (start.Success && !isInTable)
            {
                entries.Add(new Entry(start.Groups[1].Value, line));
            }
            else if (isContinued)
            {
                entries[^1] = entries[^1] with { Lines = entries[^1].Lines + line };
            }
            else
            {
                entries.Add(new Entry(null, line));
            }
        }

        return entries;
    }

    /// <summary>
    /// Whether a line that begins no field belongs to the field before: all but comments at the margin.
    /// </summary>
    private static bool IsContinuation(string line, bool isToml) =>
        !line.StartsWith('#') && (isToml || line is "\n" or [' ' or '\t' or '-' or ']' or '}', ..]);

    private bool IsShown(Entry entry) =>
        entry.Name switch
        {
            null => false,
            "title" or "image" => _fields[entry.Name].Value.Text is not null,
            "tags" => FindTags() is not null,
            "draft" or "published" => FlagOf(entry.Name) is not null,
            var name => name == FirstOf(DateNames) || name == FirstOf(SummaryNames),
        };

    private string TextOf(string[] names) => FirstOf(names) is { } name ? _fields[name].Value.Text ?? "" : "";

    private string? FirstOf(string[] names) =>
        Array.Find(names, _fields.ContainsKey) is { } name && _fields[name].Value.Text is not null ? name : null;

    private bool? FlagOf(string name) =>
        _fields.GetValueOrDefault(name)?.Value.Text is { } text ? FieldReader.AsFlag(text) : null;

    /// <summary>The tags; null for none, and for a tag that has a comma in it.</summary>
    private IReadOnlyList<string>? FindTags() =>
        _fields.GetValueOrDefault("tags")?.Value is { Items: not null, Texts: { } tags }
        && tags.All(tag => !tag.Contains(',', StringComparison.Ordinal))
            ? tags
            : null;

    private string LineOf(string name, string value) => IsToml ? $"{name} = {value}\n" : $"{name}: {value}\n";

    private string ListOf(string tags)
    {
        var items = tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return $"[{string.Join(", ", items.Select(Quote))}]";
    }

    private string DateOf(string date) => !IsToml && PlainDate().IsMatch(date) ? date : Quote(date);

    /// <summary>Quotes a text unless it is plain words in YAML. The escapes are those of YAML and of TOML.</summary>
    private string Quote(string text) =>
        !IsToml && PlainWords().IsMatch(text) && FieldReader.AsFlag(text) is null && !IsNull().IsMatch(text)
            ? text
            : $"\"{QuotedSigns().Replace(text, "\\$0")}\"";

    [GeneratedRegex(@"^([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:(?:[ \t\n])")]
    private static partial Regex YamlName();

    [GeneratedRegex(@"^([A-Za-z0-9_-]+)[ \t]*=")]
    private static partial Regex TomlName();

    [GeneratedRegex(@"^\[{1,2}[^\[\],""']+\]{1,2}[ \t]*(?:#.*)?\n$")]
    private static partial Regex IsTomlHeader();

    [GeneratedRegex(@"[\\""]")]
    private static partial Regex QuotedSigns();

    [GeneratedRegex(@"^[0-9][0-9 T:+.Z-]*$")]
    private static partial Regex PlainDate();

    [GeneratedRegex(@"^\p{L}[\p{L}\p{N} .'’()/-]*$")]
    private static partial Regex PlainWords();

    [GeneratedRegex("^(?:null|y|n|yes|no|on|off)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsNull();
}
