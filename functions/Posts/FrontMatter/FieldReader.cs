using System.Globalization;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Reads fields of front matter by kind: what is not of its kind, or over its limit, is refused where it stands.</summary>
/// <param name="frontMatter">The fields.</param>
/// <param name="zone">In which dates without an offset are meant.</param>
internal sealed class FieldReader(FrontMatterReader frontMatter, TimeZoneInfo zone)
{
    private const int MinYear = 1700;
    private const int MaxYear = 2999;
    private const int MaxQuoted = 60;

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

    /// <summary>The names of the fields that were asked for, whether the file has them or not.</summary>
    public IReadOnlyCollection<string> NamesRead => _read;

    /// <summary>One sentence for each field that nothing has read.</summary>
    public List<string> Notes() =>
        [
            .. frontMatter
                .Fields.Where(field => !_read.Contains(field.Key))
                .Select(field => $"line {field.Value.NameLine}: the field '{field.Key}' is kept, and not used."),
        ];

    /// <summary>The field's text; null when it is not there or empty.</summary>
    public string? Text(string name, int most)
    {
        var texts = Texts(name);
        if (texts.Count > 1)
        {
            throw Refuse(name, $"'{name}' must be one text, not a list.");
        }

        return texts is not [var text] || text.Length == 0 ? null
            : text.Length <= most ? text
            : throw Refuse(name, $"'{name}' has {text.Length} characters: keep at most {most}.");
    }

    /// <summary>The field's texts, of one text or a list; none when it is not there.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        _read.Add(name);
        return frontMatter.Fields.TryGetValue(name, out var field)
            ? field.Texts ?? throw Refuse(name, $"'{name}' must be a text or a list of texts.")
            : [];
    }

    /// <summary>True or false; null when it is not there.</summary>
    public bool? Flag(string name) =>
        Text(name, int.MaxValue) switch
        {
            null => null,
            "true" or "True" or "TRUE" or "yes" => true,
            "false" or "False" or "FALSE" or "no" => false,
            var text => throw Refuse(name, $"'{Quoted(text)}' is neither true nor false: write one of the two."),
        };

    /// <summary>A whole number from 0; null when it is not there.</summary>
    public int? Number(string name, int most) =>
        Text(name, int.MaxValue) switch
        {
            null => null,
            var text
                when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    && number <= most => number,
            var text => throw Refuse(name, $"'{Quoted(text)}' is not a number from 0 to {most}."),
        };

    /// <summary>A point in time; null when it is not there.</summary>
    public DateTimeOffset? Date(string name)
    {
        if (Text(name, int.MaxValue) is not { } text)
        {
            return null;
        }

        if (
            DateTimeOffset.TryParseExact(
                text,
                OffsetDates,
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var exact
            )
            && text.AsSpan(11).IndexOfAny('Z', '+', '-') > 0
        )
        {
            return exact.Year is >= MinYear and <= MaxYear ? exact : throw OutOfRange(name);
        }

        return DateTime.TryParseExact(
            text,
            LocalDates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        )
            ? new DateTimeOffset(
                local.Year is >= MinYear and <= MaxYear ? local : throw OutOfRange(name),
                zone.GetUtcOffset(local)
            )
            : throw Refuse(
                name,
                $"'{Quoted(text)}' is not a date: write 2026-05-22, 2026-05-22 14:30 or 2026-05-22T14:30:00+02:00."
            );
    }

    /// <summary>Why the file is refused, at this field; at its first line when the field is not there.</summary>
    public RefusedException Refuse(string name, string sentence) =>
        new(
            frontMatter.Fields.TryGetValue(name, out var field)
                ? new Problem(field.Line, field.Column, sentence)
                : new Problem(1, 1, sentence)
        );

    /// <summary>So much of a text as a sentence can hold.</summary>
    public static string Quoted(string text) => text.Length <= MaxQuoted ? text : text[..MaxQuoted] + "...";

    private RefusedException OutOfRange(string name) => Refuse(name, $"the year must be from {MinYear} to {MaxYear}.");
}
