namespace ServerlessBlog.Texts;

/// <summary>
/// The owner's texts in <c>theme/texts.json</c>, which override any number of the built-in texts. An invalid entry does
/// not affect the others.
/// </summary>
/// <param name="Texts">The built-in texts with the owner's overrides.</param>
/// <param name="Problem">Why the file is not used at all; null when it is used.</param>
/// <param name="Notes">
/// Which entries are not used, or deserve attention, and why: one sentence each, with line and column; at most 50 and
/// one that counts the rest.
/// </param>
public sealed record TextOverrides(SiteTexts Texts, string? Problem, IReadOnlyList<string> Notes)
{
    private const int MaxNotes = 50;

    /// <summary>Maximum length of a text, in characters: it may be on every page.</summary>
    private const int MaxLength = 1000;

    /// <summary>Keys of version 1.0.0 that have another name now.</summary>
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.Ordinal)
    {
        ["script.reply"] = "comment.reply",
        ["script.reply-to"] = "comment.reply-to",
        ["script.whom"] = "form.whom",
    };

    private static readonly JsonReaderOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Parses the file. Never throws.</summary>
    /// <param name="json">The file's content.</param>
    /// <param name="language">The language of texts that name none, a valid tag; null for the built-in one.</param>
    public static TextOverrides Read(string json, string? language = null)
    {
        var builtIn = SiteTexts.InLanguage(language);
        var bytes = Encoding.UTF8.GetBytes(json.TrimStart('\uFEFF'));
        var (found, notes) = (new Dictionary<string, string>(), new List<string>());
        try
        {
            if (!ReadEntries(bytes, found, notes))
            {
                return Reject(
                    builtIn,
                    bytes,
                    0,
                    "write { first, then keys with their texts, such as \"form.send\": \"Send it\", and } at the end."
                );
            }
        }
        catch (JsonException exception)
        {
            return Reject(
                builtIn,
                bytes,
                FindLine(bytes, exception.LineNumber ?? 0) + (exception.BytePositionInLine ?? 0),
                "it is not JSON from here on: "
                    + "look for a comma, a quotation mark or a brace that is missing, here or just before."
            );
        }

        return new TextOverrides(
            builtIn.With(found),
            null,
            notes.Count <= MaxNotes ? notes : [.. notes.Take(MaxNotes), $"and {notes.Count - MaxNotes} more."]
        );
    }

    /// <summary>Reads all properties. Returns false when the file does not begin with an object.</summary>
    /// <exception cref="JsonException">The file is not JSON.</exception>
    private static bool ReadEntries(byte[] bytes, Dictionary<string, string> found, List<string> notes)
    {
        var reader = new Utf8JsonReader(bytes, Lenient);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && ReadEntry(ref reader, found) is var (at, note))
            {
                notes.Add($"{DescribePosition(bytes, at)}: {note}");
            }
        }

        return true;
    }

    /// <summary>
    /// Reads a property and its value into <paramref name="found"/>. Returns null, or a note and its position as an
    /// offset in bytes.
    /// </summary>
    private static (long At, string Note)? ReadEntry(ref Utf8JsonReader reader, Dictionary<string, string> found)
    {
        var (at, written) = (reader.TokenStartIndex, ReadString(ref reader) ?? "");
        var key = Renamed.GetValueOrDefault(written, written);
        reader.Read();
        var text = ReadString(ref reader);
        reader.Skip(); // to the end of the value if it is an object or array
        var note =
            !SiteTexts.IsKey(key) ? $"the blog has no text \"{key}\"" + Suggest(key)
            : FindProblem(key, text) is { } problem ? $"\"{key}\" stays as it was: {problem}"
            : found.ContainsKey(key) ? $"\"{key}\" is there twice: the last one is used."
            : SiteTexts.PlacesOf(key).Wanted.Except(SiteTexts.PlacesIn(text!)).ToList() is [_, ..] missing
                ? $"\"{key}\" is used without {Quote(missing)}, which the blog's own text has."
            : null;
        if (SiteTexts.IsKey(key) && FindProblem(key, text) is null)
        {
            found[key] = text!;
        }

        return note is null ? null : (at, note);
    }

    private static string Suggest(string key) =>
        SpellingSuggestion.Nearest(key, SiteTexts.Keys) is { } near ? $": did you mean \"{near}\"?" : ".";

    /// <summary>Returns why a text cannot be used, and what to write instead; null when it can.</summary>
    private static string? FindProblem(string key, string? text)
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
                ? $"nothing is put into {Quote(unknown)}: "
                    + (places.Count == 0 ? "leave it out." : $"it may have {Quote(places)}.")
            : key == "language" && !LanguageTag.IsValid(text)
                ? "write a language tag such as \"en\", \"de\" or \"pt-BR\"."
            : null;
    }

    /// <summary>
    /// Returns the string at the reader's position; null when it is no string or has an unpaired surrogate.
    /// </summary>
    private static string? ReadString(ref Utf8JsonReader reader)
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

    private static TextOverrides Reject(SiteTexts builtIn, byte[] bytes, long at, string sentence) =>
        new(builtIn, $"{DescribePosition(bytes, at)}: {sentence}", []);

    private static string Quote(IEnumerable<string> places) =>
        string.Join(", ", places.Select(place => $"{{{place}}}"));

    private static long FindLine(byte[] bytes, long line)
    {
        var at = 0;
        for (; line > 0 && bytes.AsSpan(at).IndexOf((byte)'\n') is var end and >= 0; line--)
        {
            at += end + 1;
        }

        return at;
    }

    /// <summary>Converts an offset in bytes to line and column, both from 1, the column in characters.</summary>
    private static string DescribePosition(byte[] bytes, long at)
    {
        var before = bytes.AsSpan(0, (int)Math.Min(at, bytes.Length));
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return $"line {before.Count((byte)'\n') + 1}, column {column}";
    }
}
