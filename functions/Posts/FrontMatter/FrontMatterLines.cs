namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// The front matter of a post as the fields of its editor. Replaces single fields and leaves all other lines as they
/// are.
/// </summary>
internal sealed partial class FrontMatterLines
{
    private static readonly string[] DateNames = ["date", "publishDate", "pubDate"];
    private static readonly string[] SummaryNames = ["summary", "description", "excerpt"];

    private readonly FieldLines _lines;
    private readonly IReadOnlyDictionary<string, Field> _fields;

    private FrontMatterLines(FieldLines lines, IReadOnlyDictionary<string, Field> fields) =>
        (_lines, _fields) = (lines, fields);

    /// <summary>Front matter without fields, in YAML.</summary>
    public static FrontMatterLines Empty { get; } =
        new(new FieldLines([], IsToml: false), new Dictionary<string, Field>());

    /// <summary>Whether the lines are TOML.</summary>
    public bool IsToml => _lines.IsToml;

    /// <summary>Splits front matter. Null when its fields do not each begin a line.</summary>
    /// <exception cref="RefusedException">The text is not valid YAML or TOML.</exception>
    public static FrontMatterLines? TrySplit(FrontMatterBlock block)
    {
        var fields = block.ReadFields();
        return FieldLines.TrySplit(block.Text, block.IsToml, fields) is { } lines
            ? new FrontMatterLines(lines, fields)
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
            Others = string.Concat(_lines.Entries.Where(entry => !IsShown(entry)).Select(entry => entry.Lines)),
        };

    /// <summary>The lines with changed fields, each with its line end.</summary>
    public string With(EditableFields fields)
    {
        var before = ReadFields();
        var replaced = new Dictionary<string, string>(StringComparer.Ordinal);
        Change("title", ["title"], before.Title, fields.Title, _lines.Quote);
        Change("tags", ["tags"], before.Tags, fields.Tags, ListOf);
        Change("date", DateNames, before.Date, fields.Date, DateOf);
        Change("summary", SummaryNames, before.Summary, fields.Summary, _lines.Quote);
        Change("image", ["image"], before.Picture, fields.Picture, _lines.Quote);
        if (before.IsDraft != fields.IsDraft)
        {
            if (FlagOf("published") is not null)
            {
                replaced["published"] = "";
            }

            replaced["draft"] = fields.IsDraft ? _lines.LineOf("draft", "true") : "";
        }

        var keepsOthers = before.Others.TrimEnd('\n') == fields.Others.TrimEnd('\n');
        var entries = keepsOthers ? _lines : _lines with { Entries = [.. _lines.Entries.Where(IsShown)] };
        var others = keepsOthers ? [] : FieldLines.Split(fields.Others.TrimEnd('\n'), IsToml);
        return _lines.Join(entries.Replace(replaced).Concat(others));

        void Change(string name, string[] names, string old, string text, Func<string, string> format)
        {
            var now = FieldValue.ToOneLine(text);
            if (old != now)
            {
                var key = Array.Find(names, _fields.ContainsKey) ?? name;
                replaced[key] = now.Length == 0 ? "" : _lines.LineOf(key, format(now));
            }
        }
    }

    private bool IsShown(FieldLines.Entry entry) =>
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

    private string ListOf(string tags)
    {
        var items = tags.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return $"[{string.Join(", ", items.Select(_lines.Quote))}]";
    }

    private string DateOf(string date) => !IsToml && PlainDate().IsMatch(date) ? date : _lines.Quote(date);

    [GeneratedRegex(@"^[0-9][0-9 T:+.Z-]*$")]
    private static partial Regex PlainDate();
}
