using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts.Theme;

/// <summary>
/// <c>theme/site.yml</c> as the fields of a form. Keys that are not changed, comments, and keys that the program does
/// not know stay as they are in the file.
/// </summary>
public sealed class EditableSite
{
    private readonly FieldLines _lines;
    private readonly Dictionary<string, string> _fields;

    private EditableSite(FieldLines lines, Dictionary<string, string> fields) => (_lines, _fields) = (lines, fields);

    /// <summary>The names of all form fields, in their order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. SiteKey.All.SelectMany(key => key.Fields)];

    /// <summary>The text of a form field, one of <see cref="Names"/>; empty when the file does not have it.</summary>
    public string this[string name] => _fields.GetValueOrDefault(name, "");

    /// <summary>
    /// Splits a file with LF line ends. Null when it is invalid, or has a value in a form that the fields cannot show
    /// without loss.
    /// </summary>
    public static EditableSite? TrySplit(string text)
    {
        try
        {
            var values = YamlFields.Read(text, firstLine: 1);
            return FieldLines.TrySplit(text, isToml: false, values) is { } lines && TryRead(values) is { } fields
                ? new EditableSite(lines, fields)
                : null;
        }
        catch (RefusedException)
        {
            return null;
        }
    }

    /// <summary>The file with the fields that were changed.</summary>
    /// <param name="fields">The text of each form field by its name, with LF line ends.</param>
    public string With(Func<string, string> fields)
    {
        var changed = SiteKey.All.Where(key => key.Fields.Any(name => this[name] != fields(name).Trim()));
        var lines = changed.ToDictionary(key => key.Name, key => LinesFor(key, fields), StringComparer.Ordinal);
        return _lines.Join(_lines.Replace(lines));
    }

    private static string LinesFor(SiteKey key, Func<string, string> fields)
    {
        string[] texts = [.. key.Fields.Select(name => fields(name).Trim())];
        if (texts.All(text => text.Length == 0))
        {
            return "";
        }

        var value = key.Format(texts);
        return $"{key.Name}:{(value.StartsWith('\n') ? "" : " ")}{value}\n";
    }

    private static Dictionary<string, string>? TryRead(IReadOnlyDictionary<string, Field> values)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, field) in values)
        {
            if (SiteKey.All.FirstOrDefault(key => key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } key)
            {
                if (key.Name != name || key.Read(field.Value) is not { } texts)
                {
                    return null;
                }

                foreach (var (shown, text) in key.Fields.Zip(texts))
                {
                    fields[shown] = text;
                }
            }
        }

        return fields;
    }
}
