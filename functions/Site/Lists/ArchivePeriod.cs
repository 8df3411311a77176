using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Lists;

/// <summary>A year or month of the archive, as in <c>/archive/2026</c> and <c>/archive/2026/05</c>.</summary>
/// <param name="Year">1000 to 9998.</param>
/// <param name="Month">1 to 12; null for the whole year.</param>
public sealed record ArchivePeriod(int Year, int? Month)
{
    private const int MinYear = 1000;
    private const int MaxYear = 9998;

    /// <summary>Path of the archive page, for example <c>/archive/2026/05</c>.</summary>
    public string Link =>
        Month is { } month
            ? string.Create(CultureInfo.InvariantCulture, $"/archive/{Year:D4}/{month:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"/archive/{Year:D4}");

    /// <summary>The period as text, for example "May 2026" or "2026".</summary>
    public string Format(SiteTexts texts) =>
        Month is { } month ? texts.Month(Year, month) : Year.ToString(CultureInfo.InvariantCulture);

    private DateTime First => new(Year, Month ?? 1, 1);

    /// <summary>
    /// Parses the part of a path after <c>/archive/</c>. Returns false when it is no year and no month.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ArchivePeriod? period)
    {
        period = text.Split('/') switch
        {
            [var year] when IsNumber(year, MinYear, MaxYear, out var number) => new ArchivePeriod(number, null),
            [var year, var month]
                when IsNumber(year, MinYear, MaxYear, out var number) && IsNumber(month, 1, 12, out var inYear) =>
                new ArchivePeriod(number, inYear),
            _ => null,
        };
        return period is not null;
    }

    /// <summary>Start (inclusive) and end (exclusive) of the period in a time zone.</summary>
    public (DateTimeOffset From, DateTimeOffset Before) ToRange(TimeZoneInfo zone) =>
        (At(First, zone), At(Month is null ? First.AddYears(1) : First.AddMonths(1), zone));

    /// <summary>The instant of a local time; the earlier one when clocks show that time twice.</summary>
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) =>
        new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));

    private static bool IsNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= least
        && number <= most;
}
