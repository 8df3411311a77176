using System.Collections.Frozen;

namespace ServerlessBlog.Texts;

/// <summary>
/// All texts of the blog's interface for readers and commenters, by key: the built-in ones of <c>texts.json</c>, or the
/// owner's overrides. Texts are plain text, which pages encode; placeholders are names in braces, such as
/// <c>{author}</c>. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Dates are formatted by texts too: the program uses the invariant culture only, so that the machine's settings change
/// no page.
/// </remarks>
public sealed partial class SiteTexts
{
    private const string Other = ".other";
    private const string Alone = ".alone";
    private const string Short = ".short";

    /// <summary>Placeholders that date texts may have in addition to those of the built-in texts.</summary>
    private static readonly Dictionary<string, string[]> OptionalPlaces = new()
    {
        ["date.day"] = ["month-number"],
        ["date.month"] = ["month-number"],
        ["date.time"] = ["hour"],
    };

    private readonly FrozenDictionary<string, Entry> _entries;

    private SiteTexts(IEnumerable<KeyValuePair<string, string>> texts) =>
        _entries = texts.ToFrozenDictionary(
            text => text.Key,
            text => new Entry(text.Value, Split(text.Value)),
            StringComparer.Ordinal
        );

    private sealed record Entry(string Text, IReadOnlyList<TextPart> Parts);

    /// <summary>The built-in texts, in English.</summary>
    public static SiteTexts BuiltIn { get; } = new(ReadBuiltIn());

    /// <summary>
    /// The built-in texts, named as texts of another language: that of a blog whose owner has not translated them.
    /// </summary>
    /// <param name="tag">A valid language tag; null for English.</param>
    public static SiteTexts InLanguage(string? tag) =>
        tag is null ? BuiltIn : BuiltIn.With(new Dictionary<string, string> { ["language"] = tag });

    /// <summary>The keys of the built-in texts; <see cref="IsKey"/> also accepts optional keys.</summary>
    public static IEnumerable<string> Keys => BuiltIn._entries.Keys;

    /// <summary>The language of the texts, as a tag such as "en".</summary>
    public string Language => this["language"];

    /// <summary>The text with this key, unformatted.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public string this[string key] => _entries[key].Text;

    /// <summary>
    /// Whether the key is that of a text. Optional keys are included: plural forms and names of months that only other
    /// languages have, such as <c>comments.few</c> and <c>month.5.alone</c>.
    /// </summary>
    public static bool IsKey(string key) =>
        BuiltIn._entries.ContainsKey(key)
        || (
            key.StartsWith("month.", StringComparison.Ordinal)
            && key.EndsWith(Alone, StringComparison.Ordinal)
            && BuiltIn._entries.ContainsKey(key[..^Alone.Length])
        )
        || IsPluralForm(key);

    /// <summary>
    /// Returns the placeholders that a text with this key may have, and those whose absence is probably a mistake.
    /// </summary>
    internal static (IReadOnlyList<string> Possible, IReadOnlyList<string> Wanted) PlacesOf(string key)
    {
        var isPluralForm = IsPluralForm(key);
        var model = isPluralForm
            ? key[..key.LastIndexOf('.')] + Other
            : key.Replace(Alone, "", StringComparison.Ordinal);
        var places = PlacesIn(BuiltIn[model]);
        // A plural form such as "a comment" needs no number.
        var isOptional = key.StartsWith("date.", StringComparison.Ordinal) || (isPluralForm && key != model);
        return ([.. places, .. OptionalPlaces.GetValueOrDefault(key, [])], isOptional ? [] : places);
    }

    /// <summary>Returns the placeholders in a text, each once.</summary>
    internal static IReadOnlyList<string> PlacesIn(string text) =>
        [.. Split(text).Select(part => part.Place).OfType<string>().Distinct()];

    /// <summary>
    /// Returns these texts with some replaced or added. A month without a short name of its own has its full name,
    /// since the built-in short name is of another language.
    /// </summary>
    internal SiteTexts With(IReadOnlyDictionary<string, string> others) =>
        new(
            _entries
                .Select(entry =>
                    KeyValuePair.Create(
                        entry.Key,
                        others.GetValueOrDefault(entry.Key)
                            ?? (
                                entry.Key.EndsWith(Short, StringComparison.Ordinal)
                                    ? others.GetValueOrDefault(entry.Key[..^Short.Length])
                                    : null
                            )
                            ?? entry.Value.Text
                    )
                )
                .Concat(others.Where(other => !_entries.ContainsKey(other.Key)))
        );

    /// <summary>
    /// Formats a text with the values of its placeholders. A placeholder without value becomes empty.
    /// </summary>
    public string Format(string key, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var words = new StringBuilder();
        foreach (var part in _entries[key].Parts)
        {
            words.Append(part.Words).Append(FindValue(part.Place, values));
        }

        return words.ToString();
    }

    /// <summary>Formats a text with a number as the value of one placeholder.</summary>
    public string Format(string key, string place, int number) => Format(key, (place, Format(number)));

    /// <summary>Formats the text that a message refers to.</summary>
    public string Format(TextReference message) => Format(message.Key, [.. message.Values]);

    /// <summary>
    /// Formats a number of things, with the plural form that the language places for the number, such as
    /// <c>{key}.one</c>, or else <c>{key}.other</c>.
    /// </summary>
    /// <param name="key">The key without the form.</param>
    /// <param name="number">The number, for the placeholder <c>{count}</c>.</param>
    /// <param name="values">The values of other placeholders.</param>
    public string Count(string key, int number, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var form = $"{key}.{PluralRules.FormOf(Language, number)}";
        return Format(_entries.ContainsKey(form) ? form : key + Other, [("count", Format(number)), .. values]);
    }

    /// <summary>Returns a text in parts, for placeholders whose values are markup.</summary>
    public IReadOnlyList<TextPart> Parts(string key) => _entries[key].Parts;

    /// <summary>Formats a date, in English as "May 22, 2009".</summary>
    public string Day(DateTimeOffset date) => Day(date, $"month.{Format(date.Month)}");

    /// <summary>Formats a date with its time, in English as "May 22, 2009 at 2:46 PM".</summary>
    public string Moment(DateTimeOffset date) => Format("date.moment", ("day", Day(date)), ("time", Time(date)));

    /// <summary>Formats a date with its time for a narrow place, in English as "Nov 22, 2009, 2:46 PM".</summary>
    public string ShortMoment(DateTimeOffset date) =>
        Format("date.short", ("day", Day(date, $"month.{Format(date.Month)}{Short}")), ("time", Time(date)));

    /// <summary>Formats a time of day, in English as "2:46 PM".</summary>
    public string Time(DateTimeOffset date) =>
        Format(
            "date.time",
            ("hour", date.ToString("HH", CultureInfo.InvariantCulture)),
            ("hour12", date.ToString("%h", CultureInfo.InvariantCulture)),
            ("minute", date.ToString("mm", CultureInfo.InvariantCulture)),
            ("half", this[date.Hour < 12 ? "date.am" : "date.pm"])
        );

    /// <summary>Formats a month, in English as "May 2009".</summary>
    public string Month(int year, int month)
    {
        var name = _entries.GetValueOrDefault($"month.{Format(month)}{Alone}")?.Text ?? this[$"month.{Format(month)}"];
        return Format("date.month", ("year", Format(year)), ("month", name), ("month-number", Format(month)));
    }

    private string Day(DateTimeOffset date, string monthKey) =>
        Format(
            "date.day",
            ("year", Format(date.Year)),
            ("month", this[monthKey]),
            ("month-number", Format(date.Month)),
            ("day", Format(date.Day))
        );

    private static string? FindValue(string? place, ReadOnlySpan<(string Place, string Value)> values)
    {
        foreach (var value in values)
        {
            if (value.Place == place)
            {
                return value.Value;
            }
        }

        return null;
    }

    private static string Format(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsPluralForm(string key) =>
        key.LastIndexOf('.') is var at and > 0
        && BuiltIn._entries.ContainsKey(key[..at] + Other)
        && (PluralRules.Forms.Contains(key[(at + 1)..]) || key.EndsWith(Other, StringComparison.Ordinal));

    private static List<TextPart> Split(string text)
    {
        var (parts, from) = (new List<TextPart>(), 0);
        foreach (Match place in Placeholder().Matches(text))
        {
            parts.Add(new TextPart(text[from..place.Index], place.Groups[1].Value));
            from = place.Index + place.Length;
        }

        parts.Add(new TextPart(text[from..], null));
        return parts;
    }

    private static List<KeyValuePair<string, string>> ReadBuiltIn()
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("texts.json")!;
        using var json = JsonDocument.Parse(file);
        return
        [
            .. json
                .RootElement.EnumerateObject()
                .Select(text => KeyValuePair.Create(text.Name, text.Value.GetString()!)),
        ];
    }

    [GeneratedRegex(@"\{([a-z0-9-]+)\}")]
    private static partial Regex Placeholder();
}

/// <summary>A part of a text: literal words, followed by a placeholder.</summary>
/// <param name="Words">The literal words; may be empty.</param>
/// <param name="Place">
/// The name of the placeholder, such as "author" for <c>{author}</c>; null at the end of the text.
/// </param>
public readonly record struct TextPart(string Words, string? Place);

/// <summary>
/// A message by the key of its text, formatted when the language is known: see <see cref="SiteTexts"/>.
/// </summary>
/// <param name="Key">The key of the text.</param>
/// <param name="Values">The values of its placeholders.</param>
public sealed record TextReference(string Key, params IReadOnlyList<(string Place, string Value)> Values);
