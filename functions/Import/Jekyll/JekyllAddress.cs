namespace ServerlessBlog.Import.Jekyll;

/// <summary>Makes the addresses of documents as Jekyll does (https://jekyllrb.com/docs/permalinks/).</summary>
internal static partial class JekyllAddress
{
    private static readonly Dictionary<string, string> Styles = new(StringComparer.Ordinal)
    {
        ["date"] = "/:categories/:year/:month/:day/:title:output_ext",
        ["pretty"] = "/:categories/:year/:month/:day/:title/",
        ["ordinal"] = "/:categories/:year/:y_day/:title:output_ext",
        ["weekdate"] = "/:categories/:year/W:week/:short_day/:title:output_ext",
        ["none"] = "/:categories/:title:output_ext",
    };

    /// <summary>The address of a document, without the site's path.</summary>
    /// <param name="document">The document.</param>
    /// <param name="config">The configuration.</param>
    public static string Create(JekyllDocument document, JekyllConfig config)
    {
        var own = document.Post.TextOf("permalink")
            ?? config.DefaultOf(document.Path, document.Type, "permalink")?.Text;
        var pattern = own is not null ? Styles.GetValueOrDefault(own, own) : DefaultFor(document, config);
        var address = Placeholder().Replace(pattern, match => Fill(match.Groups[1].Value, document) ?? match.Value);
        return RepeatedSlashes().Replace("/" + address, "/");
    }

    private static string DefaultFor(JekyllDocument document, JekyllConfig config)
    {
        if (document.IsPost)
        {
            return Styles.GetValueOrDefault(config.Permalink, config.Permalink);
        }

        if (config.Collections.TryGetValue(document.Type, out var pattern))
        {
            return Styles.GetValueOrDefault(pattern, pattern);
        }

        var isIndex = document.Slug == "index";
        var folder = document.PathInFolder[..^document.Slug.Length];
        var isPretty =
            config.Permalink == "pretty" || (!Styles.ContainsKey(config.Permalink) && config.Permalink.EndsWith('/'));
        return isIndex ? folder
            : isPretty ? $"{folder}{document.Slug}/"
            : $"{folder}{document.Slug}.html";
    }

    private static string? Fill(string placeholder, JekyllDocument document) =>
        placeholder switch
        {
            "title" or "name" => Slugify(document.Slug, keepsSigns: true),
            "slug" => Lower(Slugify(document.Slug, keepsSigns: false)),
            "categories" => string.Join('/', document.Categories.Select(Lower).Distinct()),
            "slugified_categories" => string.Join(
                '/',
                document.Categories.Select(category => Lower(Slugify(category, keepsSigns: false))).Distinct()
            ),
            "collection" => document.Type,
            "path" => document.PathInFolder,
            "basename" => document.Slug,
            "output_ext" => ".html",
            _ when document.Date is { } date => FillDate(placeholder, date),
            _ => null,
        };

    private static string? FillDate(string placeholder, DateTimeOffset date)
    {
        var week = ISOWeek.GetWeekOfYear(date.DateTime).ToString("D2", CultureInfo.InvariantCulture);
        return placeholder switch
        {
            "y_day" => date.DayOfYear.ToString("D3", CultureInfo.InvariantCulture),
            "week" => week,
            "w_year" => ISOWeek.GetYear(date.DateTime).ToString(CultureInfo.InvariantCulture),
            "w_day" => (((int)date.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
            _ => FormatOf(placeholder) is { } format ? date.ToString(format, CultureInfo.InvariantCulture) : null,
        };
    }

    private static string? FormatOf(string placeholder) =>
        placeholder switch
        {
            "year" => "yyyy",
            "short_year" => "yy",
            "month" => "MM",
            "i_month" => "%M",
            "short_month" => "MMM",
            "long_month" => "MMMM",
            "day" => "dd",
            "i_day" => "%d",
            "short_day" => "ddd",
            "long_day" => "dddd",
            "hour" => "HH",
            "minute" => "mm",
            "second" => "ss",
            _ => null,
        };

    /// <summary>
    /// Jekyll's slugify: all but letters and digits becomes a hyphen; in its mode "pretty" some signs stay, dots among
    /// them.
    /// </summary>
    public static string Slugify(string text, bool keepsSigns) =>
        (keepsSigns ? OtherThanPretty() : OtherThanLetters()).Replace(text, "-").Trim('-');

    [SuppressMessage("Globalization", "CA1308", Justification = "Addresses are in lower case.")]
    private static string Lower(string text) => text.ToLowerInvariant();

    [GeneratedRegex(":([a-z][a-z_]*)")]
    private static partial Regex Placeholder();

    [GeneratedRegex("/{2,}")]
    private static partial Regex RepeatedSlashes();

    [GeneratedRegex(@"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+")]
    private static partial Regex OtherThanPretty();

    [GeneratedRegex(@"[^\p{M}\p{L}\p{Nd}]+")]
    private static partial Regex OtherThanLetters();
}
