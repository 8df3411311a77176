using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Site.Lists;

/// <summary>A year, or a month of one, as the archive's addresses name it: <c>/archive/2026</c>, <c>/archive/2026/05</c>.</summary>
/// <param name="Year">1000 to 9998.</param>
/// <param name="Month">1 to 12; null for the whole year.</param>
public sealed record ArchivePeriod(int Year, int? Month)
{
    private const int MinYear = 1000;
    private const int MaxYear = 9998;

    /// <summary>Its page.</summary>
    public string Link =>
        Month is { } month
            ? string.Create(CultureInfo.InvariantCulture, $"/archive/{Year:D4}/{month:D2}")
            : string.Create(CultureInfo.InvariantCulture, $"/archive/{Year:D4}");

    /// <summary>"May 2026", "2026".</summary>
    public string WordsIn(SiteTexts texts) =>
        Month is { } month ? texts.Month(Year, month) : Year.ToString(CultureInfo.InvariantCulture);

    private DateTime First => new(Year, Month ?? 1, 1);

    /// <summary>Reads what stands after <c>/archive/</c>. False when it is no year and no month.</summary>
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

    /// <summary>When it begins and when it is over.</summary>
    public (DateTimeOffset From, DateTimeOffset Before) In(TimeZoneInfo zone) =>
        (At(First, zone), At(Month is null ? First.AddYears(1) : First.AddMonths(1), zone));

    /// <summary>When clocks say so, for the first time if they say it twice.</summary>
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone) =>
        new(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));

    private static bool IsNumber(string text, int least, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= least
        && number <= most;
}
