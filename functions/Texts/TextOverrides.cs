using System.Text;
using System.Text.Json;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Texts;

/// <summary>The owner's texts, of <c>theme/texts.json</c>: keys and texts, as many as the owner wants in other words. A bad entry changes nothing else.</summary>
/// <param name="Texts">The program's own, with the owner's in their place.</param>
/// <param name="Problem">Why nothing of the file is used; null when it is.</param>
/// <param name="Notes">What of it is not used and why, one sentence each with its place; at most 50.</param>
public sealed record TextOverrides(SiteTexts Texts, string? Problem, IReadOnlyList<string> Notes)
{
    private const int MaxNotes = 50;

    /// <summary>The most characters of a text: it may stand on every page.</summary>
    private const int MaxLength = 1000;

    private static readonly JsonReaderOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads the file. Never throws.</summary>
    public static TextOverrides Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF'));
        var (found, notes) = (new Dictionary<string, string>(), new List<string>());
        try
        {
            var reader = new Utf8JsonReader(bytes, Lenient);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return Refused(
                    bytes,
                    0,
                    "write { first, then keys with their texts, such as \"form.send\": \"Send it\", and } at the end."
                );
            }

            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && ReadEntry(ref reader, found) is var (at, note))
                {
                    notes.Add($"{PlaceOf(bytes, at)}: {note}");
                }
            }
        }
        catch (JsonException wrong)
        {
            return Refused(
                bytes,
                StartOf(bytes, wrong.LineNumber ?? 0) + (wrong.BytePositionInLine ?? 0),
                "it is not JSON from here on: look for a comma, a quotation mark or a brace that is missing, here or just before."
            );
        }

        return new TextOverrides(
            SiteTexts.BuiltIn.With(found),
            null,
            notes.Count <= MaxNotes ? notes : [.. notes.Take(MaxNotes), $"and {notes.Count - MaxNotes} more."]
        );
    }

    /// <summary>Takes a key with its text. Null when all is well, else where something is to be said, and what.</summary>
    private static (long At, string Note)? ReadEntry(ref Utf8JsonReader reader, Dictionary<string, string> found)
    {
        var (at, key) = (reader.TokenStartIndex, TextIn(ref reader) ?? "");
        reader.Read();
        var text = TextIn(ref reader);
        reader.Skip(); // what is inside of a value that is no text
        var note =
            !SiteTexts.IsKey(key)
                ? $"the blog has no text \"{key}\"{(SpellingSuggestion.Nearest(key, SiteTexts.Keys) is { } near ? $": did you mean \"{near}\"?" : ".")}"
            : WrongWith(key, text) is { } wrong ? $"\"{key}\" stays as it was: {wrong}"
            : found.ContainsKey(key) ? $"\"{key}\" is there twice: the last one is used."
            : SiteTexts.PlacesOf(key).Wanted.Except(SiteTexts.PlacesIn(text!)).ToList() is [_, ..] missing
                ? $"\"{key}\" is used without {Braced(missing)}, which the blog's own text has."
            : null;
        if (SiteTexts.IsKey(key) && WrongWith(key, text) is null)
        {
            found[key] = text!;
        }

        return note is null ? null : (at, note);
    }

    /// <summary>What keeps a text from being used, and what to write instead; null for nothing.</summary>
    private static string? WrongWith(string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "write a text, in quotation marks.";
        }

        var places = SiteTexts.PlacesOf(key).Possible;
        var unknown = SiteTexts.PlacesIn(text).Except(places).ToList();
        return text.Length > MaxLength ? $"it has {text.Length:N0} characters: write at most {MaxLength:N0}."
            : text.Any(char.IsControl)
                ? "it has a line break or another character that is no letter: write it on one line."
            : unknown.Count > 0
                ? $"nothing is put into {Braced(unknown)}: {(places.Count == 0 ? "leave it out." : $"it may have {Braced(places)}.")}"
            : key == "language" && !LanguageTag.IsOne(text)
                ? "write a language tag such as \"en\", \"de\" or \"pt-BR\"."
            : null;
    }

    /// <summary>Null for what is no text, or has half a character.</summary>
    private static string? TextIn(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static TextOverrides Refused(byte[] bytes, long at, string sentence) =>
        new(SiteTexts.BuiltIn, $"{PlaceOf(bytes, at)}: {sentence}", []);

    private static string Braced(IEnumerable<string> places) =>
        string.Join(", ", places.Select(place => $"{{{place}}}"));

    private static long StartOf(byte[] bytes, long line)
    {
        var at = 0;
        for (; line > 0 && bytes.AsSpan(at).IndexOf((byte)'\n') is var end and >= 0; line--)
        {
            at += end + 1;
        }

        return at;
    }

    /// <summary>Line and column, both from 1, the column in characters.</summary>
    private static string PlaceOf(byte[] bytes, long at)
    {
        var before = bytes.AsSpan(0, (int)Math.Min(at, bytes.Length));
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"line {before.Count((byte)'\n') + 1}, column {column}";
    }
}
