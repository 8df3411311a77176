namespace ServerlessBlog.Posts;

/// <summary>Builds a post's default path from the pattern in the setting <c>Blog__Permalink</c>.</summary>
internal static class Permalink
{
    /// <summary>Replaces the placeholders of the pattern.</summary>
    /// <param name="pattern">
    /// A path with {slug} and, optionally, {year}, {month} and {day} of the date. The settings reader rejects other
    /// placeholders.
    /// </param>
    /// <param name="slug">The post's slug.</param>
    /// <param name="date">The time of publication in the blog's time zone.</param>
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
