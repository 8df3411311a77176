using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ServerlessBlog.Texts;

/// <summary>
/// All of the blog's own words that readers and commenters see, by key: those of <c>texts.json</c>, and the owner's in place of any of them.
/// A text is no HTML; pages encode it. What is put into its places is named there: <c>{author}</c>. Never changes; safe for all threads.
/// </summary>
/// <remarks>Dates are made of texts too: the program knows no culture but the invariant one, so that a machine's settings change no page.</remarks>
public sealed partial class SiteTexts
{
    private const string Other = ".other";
    private const string Alone = ".alone";

    /// <summary>What dates may be made of, beside what they are made of.</summary>
    private static readonly Dictionary<string, string[]> MorePlaces = new()
    {
        ["date.day"] = ["month-number"],
        ["date.month"] = ["month-number"],
        ["date.time"] = ["hour"],
    };

    private readonly FrozenDictionary<string, Entry> _entries;

    private SiteTexts(IEnumerable<KeyValuePair<string, string>> texts) =>
        _entries = texts.ToFrozenDictionary(
            text => text.Key,
            text => new Entry(text.Value, PartsOf(text.Value)),
            StringComparer.Ordinal
        );

    private sealed record Entry(string Text, IReadOnlyList<TextPart> Parts);

    /// <summary>Those of the program, in English.</summary>
    public static SiteTexts BuiltIn { get; } = new(ReadBuiltIn());

    /// <summary>The keys of the program's own; see <see cref="IsKey"/> for those that are free to be there or not.</summary>
    public static IEnumerable<string> Keys => BuiltIn._entries.Keys;

    /// <summary>In which language they are: a tag such as "en".</summary>
    public string Language => this["language"];

    /// <summary>A text as it is.</summary>
    /// <exception cref="KeyNotFoundException">There is no such text.</exception>
    public string this[string key] => _entries[key].Text;

    /// <summary>Whether it is the key of a text; among them forms of words and names of months that only other languages have, such as <c>comments.few</c> and <c>month.5.alone</c>.</summary>
    public static bool IsKey(string key) =>
        BuiltIn._entries.ContainsKey(key)
        || (
            key.StartsWith("month.", StringComparison.Ordinal)
            && key.EndsWith(Alone, StringComparison.Ordinal)
            && BuiltIn._entries.ContainsKey(key[..^Alone.Length])
        )
        || IsForm(key);

    /// <summary>The places that a text of this key may have, and those that nobody would leave out on purpose.</summary>
    internal static (IReadOnlyList<string> Possible, IReadOnlyList<string> Wanted) PlacesOf(string key)
    {
        var isForm = IsForm(key);
        var like = isForm ? key[..key.LastIndexOf('.')] + Other : key.Replace(Alone, "", StringComparison.Ordinal);
        var has = PlacesIn(BuiltIn[like]);
        var isFree = key.StartsWith("date.", StringComparison.Ordinal) || (isForm && key != like); // "a comment" needs no number
        return ([.. has, .. MorePlaces.GetValueOrDefault(key, [])], isFree ? [] : has);
    }

    /// <summary>The places in a text, each once.</summary>
    internal static IReadOnlyList<string> PlacesIn(string text) =>
        [.. PartsOf(text).Select(part => part.Place).OfType<string>().Distinct()];

    /// <summary>These, with others in place of some.</summary>
    internal SiteTexts With(IReadOnlyDictionary<string, string> others) =>
        new(
            _entries
                .Where(entry => !others.ContainsKey(entry.Key))
                .Select(entry => KeyValuePair.Create(entry.Key, entry.Value.Text))
                .Concat(others)
        );

    /// <summary>A text with what is to stand in its places.</summary>
    public string Format(string key, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var words = new StringBuilder();
        foreach (var part in _entries[key].Parts)
        {
            words.Append(part.Words).Append(ValueOf(part.Place, values));
        }

        return words.ToString();
    }

    /// <summary>A text with a number in its one place.</summary>
    public string Format(string key, string place, int number) => Format(key, (place, Number(number)));

    /// <summary>What is to be said, in words.</summary>
    public string Format(TextReference message) => Format(message.Key, [.. message.Values]);

    /// <summary>A number of things: the text <c>{key}.one</c> or <c>{key}.other</c>, or what else the language has for such a number, if it is there.</summary>
    public string Count(string key, int number)
    {
        var form = $"{key}.{PluralRules.FormOf(Language, number)}";
        return Format(_entries.ContainsKey(form) ? form : key + Other, "count", number);
    }

    /// <summary>A text in pieces, for markup to be put into its places.</summary>
    public IReadOnlyList<TextPart> Parts(string key) => _entries[key].Parts;

    /// <summary>May 22, 2009</summary>
    public string Day(DateTimeOffset date) =>
        Format(
            "date.day",
            ("year", Number(date.Year)),
            ("month", this[$"month.{Number(date.Month)}"]),
            ("month-number", Number(date.Month)),
            ("day", Number(date.Day))
        );

    /// <summary>May 22, 2009 at 2:46 PM</summary>
    public string Moment(DateTimeOffset date) =>
        Format(
            "date.moment",
            ("day", Day(date)),
            (
                "time",
                Format(
                    "date.time",
                    ("hour", date.ToString("HH", CultureInfo.InvariantCulture)),
                    ("hour12", date.ToString("%h", CultureInfo.InvariantCulture)),
                    ("minute", date.ToString("mm", CultureInfo.InvariantCulture)),
                    ("half", this[date.Hour < 12 ? "date.am" : "date.pm"])
                )
            )
        );

    /// <summary>May 2009</summary>
    public string Month(int year, int month)
    {
        var name = _entries.GetValueOrDefault($"month.{Number(month)}{Alone}")?.Text ?? this[$"month.{Number(month)}"];
        return Format("date.month", ("year", Number(year)), ("month", name), ("month-number", Number(month)));
    }

    private static string? ValueOf(string? place, ReadOnlySpan<(string Place, string Value)> values)
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

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsForm(string key) =>
        key.LastIndexOf('.') is var at and > 0
        && BuiltIn._entries.ContainsKey(key[..at] + Other)
        && (PluralRules.Forms.Contains(key[(at + 1)..]) || key.EndsWith(Other, StringComparison.Ordinal));

    private static List<TextPart> PartsOf(string text)
    {
        var (parts, from) = (new List<TextPart>(), 0);
        foreach (Match place in Place().Matches(text))
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
    private static partial Regex Place();
}
