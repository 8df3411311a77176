using System.Buffers;
using nietras.SeparatedValues;
using ServerlessBlog.Comments;

namespace ServerlessBlog.Letters;

/// <summary>
/// The list of recipients as CSV (RFC 4180), to and from other programs: a heading with the names of the columns, then
/// a line for each.
/// </summary>
public static class RecipientCsv
{
    /// <summary>The maximum size of a file, in characters: 4 million.</summary>
    public const int MaxLength = 4_000_000;

    /// <summary>The maximum number of lines: 20,000.</summary>
    public const int MaxLines = 20_000;

    private const string Email = "email";
    private const string Confirmed = "confirmed";
    private const string Posts = "posts";
    private const string Tags = "tags";
    private const string Weekly = "weekly";

    private static readonly SearchValues<char> Special = SearchValues.Create(",;\t\"\n\r ");

    /// <summary>The names that other programs give the column with the address.</summary>
    private static readonly string[] EmailNames = [Email, "e-mail", "mail", "email address", "e-mail address"];

    /// <summary>
    /// Reads a file. Columns are separated by commas, semicolons or tabs; only the address is needed, and unknown
    /// columns are ignored. Where there are columns for it, who has not confirmed or wants no new posts is left out.
    /// </summary>
    public static ImportedList Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            return ImportedList.Unusable(CsvProblem.TooLarge);
        }

        if (text.Count(letter => letter == '"') % 2 == 1)
        {
            return ImportedList.Unusable(CsvProblem.Unreadable); // it would hide all lines up to the next
        }

        try
        {
            using var reader = Sep.Reader(options => options with { Unescape = true, DisableColCountCheck = true })
                .FromText(text.TrimStart('\uFEFF'));
            return Read(reader);
        }
        catch (Exception problem) when (problem is InvalidDataException or ArgumentException or KeyNotFoundException)
        {
            return ImportedList.Unusable(CsvProblem.Unreadable);
        }
    }

    /// <summary>Writes the heading.</summary>
    public static string Heading => "email,confirmed,imported,posts,tags,weekly,refusals,last_refusal\n";

    /// <summary>Writes the line of a recipient.</summary>
    public static string ToLine(Recipient recipient) =>
        string.Join(
            ',',
            Quote(recipient.Mail),
            Time(recipient.Confirmed),
            Flag(recipient.IsImported),
            Flag(recipient.Posts is not null),
            Quote(string.Join(", ", recipient.Posts?.Tags ?? [])),
            Flag(recipient.Posts?.IsWeekly == true),
            recipient.Refusals.ToString(CultureInfo.InvariantCulture),
            Time(recipient.LastRefusal)
        ) + "\n";

    private static ImportedList Read(SepReader reader)
    {
        var names = reader.Header.ColNames.Select(name => name.Trim().ToLowerInvariant()).ToList();
        var (email, tags, weekly) = (names.FindIndex(EmailNames.Contains), names.IndexOf(Tags), names.IndexOf(Weekly));
        if (email < 0)
        {
            return ImportedList.Unusable(CsvProblem.NoEmailColumn);
        }

        var (confirmed, posts) = (names.IndexOf(Confirmed), names.IndexOf(Posts));
        var (people, invalid, unwanted) = (new List<ImportedAddress>(), new List<int>(), 0);
        foreach (var row in reader)
        {
            if (people.Count + invalid.Count + unwanted == MaxLines)
            {
                return ImportedList.Unusable(CsvProblem.TooLarge);
            }

            var mail = Column(row, email);
            var wantsNone =
                (confirmed >= 0 && Column(row, confirmed).Length == 0)
                || (posts >= 0 && Column(row, posts).Equals(Flag(false), StringComparison.OrdinalIgnoreCase));
            if (wantsNone)
            {
                unwanted++;
            }
            else if (CommentForm.IsAddress(mail))
            {
                var isWeekly = bool.TryParse(Column(row, weekly), out var flag) && flag;
                people.Add(new ImportedAddress(mail, LetterChoices.ParseTags(Column(row, tags)), isWeekly));
            }
            else
            {
                invalid.Add(row.LineNumberFrom);
            }
        }

        return new ImportedList(people, invalid, Problem: null) { Unwanted = unwanted };
    }

    private static string Column(SepReader.Row row, int index) =>
        index >= 0 && index < row.ColCount ? row[index].ToString().Trim() : "";

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(Special) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Flag(bool isSet) => isSet ? "true" : "false";

    private static string Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>What is wrong with a file as a whole.</summary>
public enum CsvProblem
{
    /// <summary>
    /// It is larger than <see cref="RecipientCsv.MaxLength"/> or <see cref="RecipientCsv.MaxLines"/>.
    /// </summary>
    TooLarge,

    /// <summary>It is no CSV.</summary>
    Unreadable,

    /// <summary>It has no column with addresses.</summary>
    NoEmailColumn,
}

/// <summary>The content of a file.</summary>
/// <param name="People">The addresses in it.</param>
/// <param name="Invalid">The numbers of the lines, from 1, that have no address.</param>
/// <param name="Problem">Why none is read; null when the file is usable.</param>
public sealed record ImportedList(
    IReadOnlyList<ImportedAddress> People,
    IReadOnlyList<int> Invalid,
    CsvProblem? Problem
)
{
    /// <summary>The number of lines that say that the person has not confirmed, or wants no new posts.</summary>
    public int Unwanted { get; init; }

    internal static ImportedList Unusable(CsvProblem problem) => new([], [], problem);
}

/// <summary>An address in a file.</summary>
/// <param name="Mail">The address.</param>
/// <param name="Tags">The keys of the tags of which new posts are wanted; empty for all.</param>
/// <param name="IsWeekly">Whether one letter a week is wanted.</param>
public sealed record ImportedAddress(string Mail, IReadOnlyList<string> Tags, bool IsWeekly);
