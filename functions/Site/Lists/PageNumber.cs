namespace ServerlessBlog.Site.Lists;

/// <summary>Parses the page number in the path of a list.</summary>
internal static class PageNumber
{
    /// <summary>
    /// Splits <c>/page/{number}</c> off the end of a path. The number is 1 when the path has no such end, and null when
    /// the end is no valid page number.
    /// </summary>
    public static (string List, int? Number) Split(string path)
    {
        var parts = path.TrimEnd('/').Split('/');
        return parts is [_, .., var page, var number] && page.Equals("page", StringComparison.OrdinalIgnoreCase)
            ? (string.Join('/', parts[..^2]), Parse(number))
            : (path.TrimEnd('/'), 1);
    }

    /// <summary>
    /// Parses a page number from 1 to <see cref="ListPageRenderer.MaxPages"/>; null for any other text. Page 1 has the
    /// address of the list itself, to which the number 1 redirects.
    /// </summary>
    public static int? Parse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= ListPageRenderer.MaxPages
            ? number
            : null;
}
