using ServerlessBlog.Texts;

namespace ServerlessBlog.Import.Hugo;

/// <summary>Makes the addresses of pages as Hugo does (https://gohugo.io/configuration/permalinks/).</summary>
internal static partial class HugoAddress
{
    /// <summary>The address of a page, from the root, without the site's path.</summary>
    public static string Create(HugoPage page, HugoConfig config)
    {
        if (page.Post.TextOf("url") is { } own)
        {
            return own.StartsWith('/') ? own : Prefix(page, config) + "/" + own;
        }

        var sections = string.Join('/', page.Sections.Select(Plain));
        if (page.IsSection)
        {
            return $"{Prefix(page, config)}/{sections}/".Replace("//", "/", StringComparison.Ordinal);
        }

        var pattern =
            page.Sections.Count > 0 && config.Permalinks.TryGetValue(page.Sections[0], out var found) ? found
            : config.HasUglyAddresses ? "/:sections/:slugorcontentbasename.html"
            : "/:sections/:slugorcontentbasename/";
        var path = Placeholder().Replace(pattern, match => Fill(match.Groups[1].Value) ?? match.Value);
        return RepeatedSlashes().Replace($"{Prefix(page, config)}/{path}", "/");

        string? Fill(string placeholder) =>
            placeholder switch
            {
                "section" => page.Sections.Count > 0 ? Plain(page.Sections[0]) : "",
                "sections" => sections,
                "title" => Plain(page.Post.TextOf("title") ?? ""),
                "slug" => Plain(page.Post.TextOf("slug") ?? page.Post.TextOf("title") ?? ""),
                "filename" or "contentbasename" => Plain(page.BaseName),
                "slugorfilename" or "slugorcontentbasename" => Plain(page.Post.TextOf("slug") ?? page.BaseName),
                _ when page.Date is { } date => FillDate(placeholder, date),
                _ => null,
            };

        string Plain(string text) => Urlize(text, config.KeepsCapitals);
    }

    /// <summary>Hugo's urlize: blanks become hyphens, and signs but . / _ # + ~ - are left out.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses are in lower case.")]
    public static string Urlize(string text, bool keepsCapitals)
    {
        var plain = OtherThanPath().Replace(Blanks().Replace(Nfc.Normalize(text).Trim(), "-"), "");
        return keepsCapitals ? plain : plain.ToLowerInvariant();
    }

    private static string Prefix(HugoPage page, HugoConfig config) =>
        page.Language is { } language
        && (config.HasLanguageInPath || !language.Equals(config.Language, StringComparison.OrdinalIgnoreCase))
            ? "/" + language
            : "";

    private static string? FillDate(string placeholder, DateTimeOffset date)
    {
        var format = placeholder switch
        {
            "year" => "yyyy",
            "month" => "MM",
            "monthname" => "MMMM",
            "day" => "dd",
            "weekdayname" => "dddd",
            _ => null,
        };
        return placeholder switch
        {
            "yearday" => date.DayOfYear.ToString(CultureInfo.InvariantCulture),
            "weekday" => ((int)date.DayOfWeek).ToString(CultureInfo.InvariantCulture),
            _ => format is null ? null : date.ToString(format, CultureInfo.InvariantCulture),
        };
    }

    [GeneratedRegex(":([a-z]+)")]
    private static partial Regex Placeholder();

    [GeneratedRegex("/{2,}")]
    private static partial Regex RepeatedSlashes();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"[^\p{M}\p{L}\p{Nd}./_#+~@-]+")]
    private static partial Regex OtherThanPath();
}
