namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Reads front matter fields as typed values. A value of the wrong kind or over its limit throws a
/// <see cref="RefusedException"/> that names its line and column.
/// </summary>
/// <param name="frontMatter">The parsed fields.</param>
/// <param name="zone">The time zone of dates without an offset.</param>
internal sealed class FieldReader(FrontMatterReader frontMatter, TimeZoneInfo zone)
{
    private const int MinYear = 1700;
    private const int MaxYear = 2999;
    private const int MaxQuotedLength = 60;

    private static readonly string[] LocalDates =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-ddTHH:mm",
        "yyyy-MM-ddTHH:mm:ss",
    ];
    private static readonly string[] OffsetDates =
    [
        "yyyy-MM-ddTHH:mmK",
        "yyyy-MM-ddTHH:mm:ssK",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd HH:mm:ssK",
        "yyyy-MM-dd HH:mm:ss K",
        "yyyy-MM-dd HH:mm K",
    ];

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    /// <summary>The names of all fields that were read, whether or not the file has them.</summary>
    public IReadOnlyCollection<string> NamesRead => _read;

    /// <summary>Returns one sentence for each field of the file that was not read.</summary>
    public List<string> NotesOnUnreadFields() =>
        [
            .. frontMatter
                .Fields.Where(field => !_read.Contains(field.Key))
                .Select(field => $"line {field.Value.NameLine}: the field '{field.Key}' is kept, and not used."),
        ];

    /// <summary>Reads a single text; null when the field is missing or empty.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="maxLength">The maximum length in characters.</param>
    public string? Text(string name, int maxLength)
    {
        var texts = Texts(name);
        if (texts.Count > 1)
        {
            throw Refuse(name, $"'{name}' must be one text, not a list.");
        }

        return texts is not [var text] || text.Length == 0 ? null
            : text.Length <= maxLength ? text
            : throw Refuse(name, $"'{name}' has {text.Length} characters: keep at most {maxLength}.");
    }

    /// <summary>Reads a text or a list of texts; empty when the field is missing.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _read.Add(name);
        return frontMatter.Fields.TryGetValue(name, out var field)
            ? field.Texts ?? throw Refuse(name, $"'{name}' must be a text or a list of texts.")
            : [];
    }

    /// <summary>Reads a Boolean: true, false, yes or no; null when the field is missing or empty.</summary>
    public bool? Flag(string name) =>
        Text(name, int.MaxValue) switch
        {
            null => null,
            "true" or "True" or "TRUE" or "yes" => true,
            "false" or "False" or "FALSE" or "no" => false,
            var text => throw Refuse(name, $"'{Shorten(text)}' is neither true nor false: write one of the two."),
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
    /// Reads a date, with or without a time and an offset, of the years 1700 to 2999; null when the field is missing or
    /// empty.
    /// </summary>
    public DateTimeOffset? Date(string name)
    {
        if (Text(name, int.MaxValue) is not { } text)
        {
            return null;
        }

        var (culture, styles) = (CultureInfo.InvariantCulture, DateTimeStyles.None);
        if (
            DateTimeOffset.TryParseExact(text, OffsetDates, culture, styles, out var exact)
            && text.AsSpan(11).IndexOfAny('Z', '+', '-') > 0
        )
        {
            return IsInRange(exact.Year) ? exact : throw OutOfRange(name);
        }

        if (!DateTime.TryParseExact(text, LocalDates, culture, styles, out var local))
        {
            throw Refuse(
                name,
                $"'{Shorten(text)}' is not a date: write 2026-05-22, 2026-05-22 14:30 or 2026-05-22T14:30:00+02:00."
            );
        }

        return IsInRange(local.Year) ? new DateTimeOffset(local, zone.GetUtcOffset(local)) : throw OutOfRange(name);
    }

    /// <summary>
    /// Creates the exception that refuses the file at this field's value; at line 1 when the field is missing.
    /// </summary>
    public RefusedException Refuse(string name, string message) =>
        new(
            frontMatter.Fields.TryGetValue(name, out var field)
                ? new Problem(field.Line, field.Column, message)
                : new Problem(1, 1, message)
        );

    /// <summary>Shortens a text to at most 60 characters for a quotation in a message.</summary>
    public static string Shorten(string text) =>
        text.Length <= MaxQuotedLength ? text : text[..MaxQuotedLength] + "...";

    private static bool IsInRange(int year) => year is >= MinYear and <= MaxYear;

    private RefusedException OutOfRange(string name) => Refuse(name, $"the year must be from {MinYear} to {MaxYear}.");
}
