using System.Globalization;

namespace ServerlessBlog.Posts;

/// <summary>Where posts stand: the setting <c>Blog__Permalink</c> with a post's own in it.</summary>
internal static class Permalink
{
    /// <summary>The path that the pattern gives.</summary>
    /// <param name="pattern">With {slug}, and {year}, {month} and {day} of the date; the settings' reader lets no other through.</param>
    /// <param name="slug">The post's name.</param>
    /// <param name="date">When it is published, in the blog's time zone.</param>
    public static SitePath PathFor(string pattern, Slug slug, DateTimeOffset date)
    {
        var text = pattern
            .Replace("{slug}", slug.ToString(), StringComparison.Ordinal)
            .Replace("{year}", date.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{month}", date.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{day}", date.ToString("dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return SitePath.Parse(text);
    }
}
