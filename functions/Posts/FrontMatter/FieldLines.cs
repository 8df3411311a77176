namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// YAML or TOML by lines: each top-level field with the lines of its value, and the lines between them. Single fields
/// can be replaced while all other lines stay as they are.
/// </summary>
/// <param name="Entries">The fields and the lines between them, in the order of the file.</param>
/// <param name="IsToml">Whether the lines are TOML.</param>
internal sealed partial record FieldLines(IReadOnlyList<FieldLines.Entry> Entries, bool IsToml)
{
    /// <summary>A field with its lines; without name, comments, empty lines and tables.</summary>
    public sealed record Entry(string? Name, string Lines);

    /// <summary>Splits a text. Null when its fields do not each begin a line.</summary>
    /// <param name="text">The text with LF line ends.</param>
    /// <param name="isToml">Whether it is TOML.</param>
    /// <param name="fields">The fields of the text.</param>
    public static FieldLines? TrySplit(string text, bool isToml, IReadOnlyDictionary<string, Field> fields)
    {
        var lines = new FieldLines(Split(text, isToml), isToml);
        var found = lines.Entries.Select(entry => entry.Name).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var isWhole = isToml ? found.IsSubsetOf(fields.Keys) : found.SetEquals(fields.Keys);
        return isWhole && found.Count == lines.Entries.Count(entry => entry.Name is not null) ? lines : null;
    }

    /// <summary>Replaces fields, and adds those that are not there. Empty lines after a field stay.</summary>
    /// <param name="replaced">The new lines of each field, with their line ends; empty removes it.</param>
    public IReadOnlyList<Entry> Replace(IReadOnlyDictionary<string, string> replaced)
    {
        var added = new Dictionary<string, string>(replaced, StringComparer.Ordinal);
        var entries = Entries
            .Select(entry =>
                entry.Name is { } name && added.Remove(name, out var lines)
                    ? entry with
                    {
                        Lines = lines + EmptyLinesAfter(entry.Lines),
                    }
                    : entry
            )
            .ToList();
        entries.AddRange(added.Select(field => new Entry(field.Key, field.Value)));
        return entries;
    }

    /// <summary>Joins entries to a text.</summary>
    public string Join(IEnumerable<Entry> entries) =>
        // In TOML, fields after the header of a table would belong to the table.
        string.Concat(entries.OrderBy(entry => IsToml && IsTable(entry)).Select(entry => entry.Lines));

    /// <summary>Formats a field with a value that is formatted already.</summary>
    public string LineOf(string name, string value) => IsToml ? $"{name} = {value}\n" : $"{name}: {value}\n";

    /// <summary>Quotes a text unless it is plain words in YAML. The escapes are those of YAML and of TOML.</summary>
    public string Quote(string text) => !IsToml && IsPlain(text) ? text : $"\"{QuotedSigns().Replace(text, "\\$0")}\"";

    /// <summary>
    /// Quotes any text. A backslash before a quote, and <c>\u</c> with four digits, mean the same in a quoted text of
    /// YAML and of TOML; halves of surrogate pairs, which JSON escapes too, do not.
    /// </summary>
    public static string QuoteAny(string text) =>
        $"\"{Controls().Replace(QuotedSigns().Replace(text, "\\$0"), match => $"\\u{(int)match.Value[0]:X4}")}\"";

    private static string EmptyLinesAfter(string lines) => lines[(lines.TrimEnd('\n').Length + 1)..];

    private static bool IsPlain(string text) =>
        PlainWords().IsMatch(text) && FieldReader.AsFlag(text) is null && !IsNull().IsMatch(text);

    private static bool IsTable(Entry entry) => entry.Name is null && entry.Lines.StartsWith('[');

    /// <summary>Splits a text into its fields and the lines between them.</summary>
    public static List<Entry> Split(string text, bool isToml)
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

    [GeneratedRegex(@"^([A-Za-z_][A-Za-z0-9_-]*)[ \t]*:(?:[ \t\n])")]
    private static partial Regex YamlName();

    [GeneratedRegex(@"^([A-Za-z0-9_-]+)[ \t]*=")]
    private static partial Regex TomlName();

    [GeneratedRegex(@"^\[{1,2}[^\[\],""']+\]{1,2}[ \t]*(?:#.*)?\n$")]
    private static partial Regex IsTomlHeader();

    [GeneratedRegex(@"[\\""]")]
    private static partial Regex QuotedSigns();

    [GeneratedRegex(@"[\p{Cc}\u2028\u2029]")]
    private static partial Regex Controls();

    [GeneratedRegex(@"^\p{L}[\p{L}\p{N} .'’()/-]*$")]
    private static partial Regex PlainWords();

    [GeneratedRegex("^(?:null|y|n|yes|no|on|off)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsNull();
}
