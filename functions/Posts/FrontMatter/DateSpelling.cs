namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// Reads dates as people and programs write them: year first (2019-01-02, 2019/1/2, 20190102), or with the English name
/// of the month (Wed, 02 Jan 2019; January 2, 2019), with or without a time and a time zone. A date of numbers that
/// does not begin with the year is read in two ways in the world, and so in none here.
/// </summary>
internal static partial class DateSpelling
{
    private const string Example = "write 2026-05-22, 2026-05-22 14:30 or 2026-05-22T14:30:00+02:00.";
    private const int MaxOffsetMinutes = 14 * 60;

    private static readonly string[] Months =
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];

    /// <summary>The names of time zones in RFC 822, with their offsets in hours.</summary>
    private static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Z"] = 0,
        ["UT"] = 0,
        ["UTC"] = 0,
        ["GMT"] = 0,
        ["EST"] = -5,
        ["EDT"] = -4,
        ["CST"] = -6,
        ["CDT"] = -5,
        ["MST"] = -7,
        ["MDT"] = -6,
        ["PST"] = -8,
        ["PDT"] = -7,
    };

    /// <summary>Reads a date. Returns false when it is none; never throws.</summary>
    /// <param name="text">The text.</param>
    /// <param name="local">The date and time as written; midnight without a time.</param>
    /// <param name="offset">The offset from UTC, at most 14 hours; null when none is written.</param>
    public static bool TryParse(string text, out DateTime local, out TimeSpan? offset)
    {
        (local, offset) = (default, null);
        return Pattern().Match(text) is { Success: true } match
            && TryReadDay(match, out var day)
            && TryReadTime(match, out var time)
            && TryReadOffset(match, out offset)
            && (local = day + time) >= day;
    }

    /// <summary>A sentence that says what to write instead of a text that is no date.</summary>
    public static string Advice(string text)
    {
        if (Ambiguous().Match(text) is not { Success: true } match)
        {
            return $"'{FieldReader.Shorten(text)}' is not a date: {Example}";
        }

        var (first, second, year) = (Number(match, "a"), Number(match, "b"), Number(match, "y"));
        var readings = new[] { (Month: second, Day: first), (Month: first, Day: second) }
            .Where(date => IsDay(year, date.Month, date.Day))
            .Select(date => string.Create(CultureInfo.InvariantCulture, $"{year:D4}-{date.Month:D2}-{date.Day:D2}"))
            .Distinct()
            .ToList();
        return readings.Count == 0
            ? $"'{FieldReader.Shorten(text)}' is not a date: {Example}"
            : $"'{FieldReader.Shorten(text)}' does not say which number is the day: write the year first, such as "
                + $"{string.Join(" or ", readings)}.";
    }

    private static bool TryReadDay(Match match, out DateTime day)
    {
        var (year, date) = (Number(match, "y"), Number(match, "d"));
        var month = match.Groups["name"] is { Success: true } name
            ? Array.FindIndex(Months, known => IsName(name.Value, known)) + 1
            : Number(match, "m");
        var isDay = IsDay(year, month, date);
        day = isDay ? new DateTime(year, month, date) : default;
        return isDay;
    }

    private static bool IsName(string text, string month) =>
        month.Equals(text, StringComparison.OrdinalIgnoreCase)
        || month[..3].Equals(text, StringComparison.OrdinalIgnoreCase)
        || (month == "september" && text.Equals("sept", StringComparison.OrdinalIgnoreCase));

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private static bool TryReadTime(Match match, out TimeSpan time)
    {
        var (hour, minute, second) = (Number(match, "h"), Number(match, "min"), Number(match, "s"));
        var half = match.Groups["half"];
        var isTime = minute < 60 && second < 60 && (half.Success ? hour is >= 1 and <= 12 : hour < 24);
        if (half.Success)
        {
            hour = (hour % 12) + (half.Value[0] is 'p' or 'P' ? 12 : 0);
        }

        var ticks = match.Groups["f"].Value.PadRight(7, '0')[..7];
        time = isTime
            ? new TimeSpan(hour, minute, second) + new TimeSpan(long.Parse(ticks, CultureInfo.InvariantCulture))
            : default;
        return isTime;
    }

    private static bool TryReadOffset(Match match, out TimeSpan? offset)
    {
        offset = null;
        if (match.Groups["sign"].Success)
        {
            var minutes = (Number(match, "oh") * 60) + Number(match, "om");
            offset = TimeSpan.FromMinutes(match.Groups["sign"].Value == "-" ? -minutes : minutes);
            return minutes <= MaxOffsetMinutes && Number(match, "om") < 60;
        }

        if (match.Groups["zone"] is not { Success: true } zone)
        {
            return true;
        }

        var isKnown = Zones.TryGetValue(zone.Value, out var hours);
        offset = TimeSpan.FromHours(hours);
        return isKnown;
    }

    /// <summary>The number in a group; 0 when the group did not match.</summary>
    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        """
            ^(?:
                (?<y>[0-9]{4})(?<by>[-/.])(?<m>[0-9]{1,2})\k<by>(?<d>[0-9]{1,2})
              | (?<y>[0-9]{4})(?<m>[0-9]{2})(?<d>[0-9]{2})
              | (?:[a-z]{3,9},?\ +)?(?<d>[0-9]{1,2})(?:st|nd|rd|th)?[-\ ]+(?<name>[a-z]{3,9})\.?,?[-\ ]+(?<y>[0-9]{4})
              | (?:[a-z]{3,9},?\ +)?(?<name>[a-z]{3,9})\.?\ +(?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\ +(?<y>[0-9]{4})
            )
            (?:
                (?:T|,?\ +(?:at\ +)?)(?<h>[0-9]{1,2}):(?<min>[0-9]{2})(?::(?<s>[0-9]{2})(?:[.,](?<f>[0-9]{1,9}))?)?
                (?:\ *(?<half>[ap]\.?m\.?))?
            )?
            (?:\ *(?:(?:UTC|GMT)?(?<sign>[-+])(?<oh>[0-9]{1,2})(?::?(?<om>[0-9]{2}))?|(?<zone>[a-z]{1,4})))?$
            """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Pattern();

    [GeneratedRegex("^(?<a>[0-9]{1,2})[-/. ]+(?<b>[0-9]{1,2})[-/. ]+(?<y>[0-9]{4})(?![0-9])")]
    private static partial Regex Ambiguous();
}
