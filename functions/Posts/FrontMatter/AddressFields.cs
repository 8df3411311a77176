using ServerlessBlog.Media;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>Reads the addresses of a post: its slug, its own path and its old ones.</summary>
internal static partial class AddressFields
{
    private const int MaxAliases = 30;

    /// <summary>The field names of Hugo and of Jekyll.</summary>
    private static readonly string[] AliasFields = ["aliases", "redirect_from"];

    /// <summary>The styles that Jekyll has names for (https://jekyllrb.com/docs/permalinks/).</summary>
    private static readonly Dictionary<string, string> Styles = new(StringComparer.Ordinal)
    {
        ["date"] = "/:categories/:year/:month/:day/:title.html",
        ["pretty"] = "/:categories/:year/:month/:day/:title/",
        ["ordinal"] = "/:categories/:year/:y_day/:title.html",
        ["none"] = "/:categories/:title.html",
    };

    /// <summary>Reads the slug; derives it from the file's name when the field is missing.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="fileName">The file's name, without the date of a name as Jekyll has it.</param>
    /// <param name="language">The post's language; null for the blog's.</param>
    public static Slug ReadSlug(FieldReader fields, string fileName, string? language)
    {
        if (fields.Text("slug", Slug.MaxLength) is { } text)
        {
            return Slug.TryParse(text, out var slug)
                ? slug
                : throw fields.Refuse(
                    "slug",
                    $"'{text}' cannot stand in an address: use letters, digits, hyphens, dots and underscores, "
                        + $"at most {Slug.MaxLength} characters."
                );
        }

        return Slug.TryFromFileName(fileName, out var fromFile, language)
            ? fromFile
            : throw fields.Refuse(
                "slug",
                "no address can be made of the file's name: write 'slug: ...' with letters, digits and hyphens."
            );
    }

    /// <summary>Reads the path that overrides the default one; null when there is none.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="slug">The slug, for the placeholders :title and :slug.</param>
    /// <param name="date">The date for placeholders; null when the post has none.</param>
    /// <param name="categories">The categories for the placeholder :categories.</param>
    public static SitePath? ReadUrl(
        FieldReader fields,
        Slug slug,
        DateTimeOffset? date,
        IReadOnlyList<string> categories
    )
    {
        var name = fields.FirstOf("url", "permalink");
        if (fields.Text(name, int.MaxValue) is not { } text)
        {
            return null;
        }

        var isPermalink = name == "permalink";
        var pattern = isPermalink ? Styles.GetValueOrDefault(text, text) : text;
        var filled = Placeholder().Replace(pattern, match => Fill(match));
        return ReadPath(
            fields,
            name,
            isPermalink && !filled.Contains(':', StringComparison.Ordinal)
                ? RepeatedSlashes().Replace("/" + filled, "/")
                : filled
        );

        string Fill(Match match) =>
            match.Groups[1].Value switch
            {
                "title" or "slug" => slug.ToString(),
                "output_ext" => ".html",
                "categories" => string.Join('/', categories.Select(text => PlainName.From(text, Slug.MaxLength))),
                var placeholder when DateFormat(placeholder) is { } format => Format(placeholder, format),
                _ when !isPermalink => match.Value,
                _ => throw fields.Refuse(
                    name,
                    $"'{match.Value}' is no placeholder: there are :year, :month, :day, :title, :slug and :categories."
                ),
            };

        string Format(string placeholder, string format)
        {
            var local = TimeZoneInfo.ConvertTime(
                date
                    ?? throw fields.Refuse(
                        name,
                        $"':{placeholder}' needs a date: write 'date: ...' in the front matter."
                    ),
                fields.Zone
            );
            return placeholder == "y_day"
                ? local.DayOfYear.ToString("D3", CultureInfo.InvariantCulture)
                : local.ToString(format, CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Reads the old paths, at most 30.</summary>
    public static IReadOnlyList<SitePath> ReadAliases(FieldReader fields)
    {
        var paths = AliasFields
            .SelectMany(name =>
                fields
                    .Texts(name)
                    .Where(text => text.Length > 0)
                    .Select(text =>
                        QueryAddress.TryParse(text, out var address) ? address : ReadPath(fields, name, text)
                    )
            )
            .DistinctBy(path => path.Key)
            .ToList();
        return paths.Count <= MaxAliases
            ? paths
            : throw fields.Refuse(
                fields.Texts("aliases").Count > 0 ? "aliases" : "redirect_from",
                $"there are {paths.Count} old addresses: keep at most {MaxAliases}."
            );
    }

    private static SitePath ReadPath(FieldReader fields, string name, string text)
    {
        if (
            text.AsSpan().ContainsAny('?', '#')
            || !SitePath.TryParse(Nfc.Normalize(Uri.UnescapeDataString(text)), out var path)
        )
        {
            throw fields.Refuse(
                name,
                $"'{FieldReader.Shorten(text)}' is not a path: write it from the root, such as "
                    + $"/2009/old-name.html, without ? and #, at most {SitePath.MaxLength} characters."
            );
        }

        return path.IsReserved
                ? throw fields.Refuse(
                    name,
                    $"'{FieldReader.Shorten(text)}' is an address that the blog needs for itself: write another one."
                )
            : path.TrySplitCommentsPage(out var post, out var page) && page != CommentsPage.First
                ? throw fields.Refuse(
                    name,
                    $"'{FieldReader.Shorten(text)}' is where a page of comments stands, of the post at "
                        + $"{post.Text}: write another one."
                )
            : path;
    }

    /// <summary>The .NET format of a placeholder that is a part of the date; null for any other placeholder.</summary>
    private static string? DateFormat(string placeholder) =>
        placeholder switch
        {
            "year" => "yyyy",
            "short_year" => "yy",
            "month" => "MM",
            "i_month" => "%M",
            "short_month" => "MMM",
            "long_month" or "monthname" => "MMMM",
            "day" => "dd",
            "i_day" => "%d",
            "y_day" => "",
            "hour" => "HH",
            "minute" => "mm",
            "second" => "ss",
            _ => null,
        };

    [GeneratedRegex(":([a-z][a-z_]*)")]
    private static partial Regex Placeholder();

    [GeneratedRegex("/{2,}")]
    private static partial Regex RepeatedSlashes();
}
