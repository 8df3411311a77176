using ServerlessBlog.Media;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Posts;

/// <summary>Builds a post's default path from the pattern in the setting <c>Blog__Permalink</c>.</summary>
internal static partial class Permalink
{
    /// <summary>
    /// The maximum length of section and category, in characters: with them, a slug and a pattern at their limits a
    /// path stays within <see cref="SitePath.MaxLength"/>.
    /// </summary>
    private const int MaxSegmentLength = 30;

    /// <summary>Replaces the placeholders of the pattern. A placeholder without a value takes no segment.</summary>
    /// <param name="pattern">
    /// A path with {slug} and, optionally, {year}, {month} and {day} of the date, {section} and {category}. The
    /// settings reader rejects other placeholders.
    /// </param>
    /// <param name="metadata">The post's slug and category.</param>
    /// <param name="date">The time of publication in the blog's time zone.</param>
    /// <param name="fileName">The name of the post's file, whose folder is the section.</param>
    public static SitePath PathFor(string pattern, PostMetadata metadata, DateTimeOffset date, string fileName)
    {
        var text = pattern
            .Replace("{slug}", metadata.Slug.ToString(), StringComparison.Ordinal)
            .Replace("{year}", date.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{month}", date.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{day}", date.ToString("dd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{section}", SegmentFrom(SectionOf(fileName)), StringComparison.Ordinal)
            .Replace("{category}", SegmentFrom(metadata.Category), StringComparison.Ordinal);
        return SitePath.Parse(RepeatedSlashes().Replace(text, "/"));
    }

    /// <summary>
    /// The first folder of a file that is not the post's own folder and not one of Jekyll's (<c>_posts</c>); null for
    /// none.
    /// </summary>
    private static string? SectionOf(string fileName)
    {
        var parts = fileName.Split('/');
        var isIndex = Path.GetFileNameWithoutExtension(parts[^1]).Equals("index", StringComparison.OrdinalIgnoreCase);
        return Array.Find(parts[..^Math.Min(parts.Length, isIndex ? 2 : 1)], folder => !folder.StartsWith('_'));
    }

    private static string SegmentFrom(string? text) => PlainName.From(text ?? "", MaxSegmentLength);

    [GeneratedRegex("/{2,}")]
    private static partial Regex RepeatedSlashes();
}
