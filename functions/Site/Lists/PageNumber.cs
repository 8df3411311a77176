using System.Globalization;

namespace ServerlessBlog.Site.Lists;

/// <summary>Which page of a list an address names.</summary>
internal static class PageNumber
{
    /// <summary>Takes <c>/page/{number}</c> from the end of what stands after a list's name: 1 when it is not there, null when it is no page's number.</summary>
    public static (string List, int? Number) Split(string path)
    {
        var parts = path.TrimEnd('/').Split('/');
        return parts is [_, .., var page, var number] && page.Equals("page", StringComparison.OrdinalIgnoreCase)
            ? (string.Join('/', parts[..^2]), Parse(number))
            : (path.TrimEnd('/'), 1);
    }

    /// <summary>A page's number, from 2. Null for anything else.</summary>
    public static int? Parse(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is > 1 and <= ListPageRenderer.MaxNumber
            ? number
            : null;
}
