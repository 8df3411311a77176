namespace ServerlessBlog.Posts;

/// <summary>
/// An old address whose query names the post by a number, as WordPress and others have it: <c>/?p=123</c>. No other
/// query ever decides what a reader gets.
/// </summary>
public static class QueryAddress
{
    private const int MaxDigits = 20;

    /// <summary>The query parameters that may hold the number.</summary>
    public static IReadOnlyList<string> Names { get; } = ["p", "page_id", "attachment_id", "id"];

    /// <summary>
    /// Finds the number in a query, among other parameters. Returns the address as a path that no request has, as it
    /// contains a question mark: the key of an alias. Returns false when the query names no post; never throws.
    /// </summary>
    /// <param name="path">The decoded path.</param>
    /// <param name="query">The query, with or without its question mark.</param>
    /// <param name="address">The address.</param>
    public static bool TryParse(string path, string? query, out SitePath address)
    {
        address = default;
        return Array.Find((query ?? "").TrimStart('?').Split('&'), IsNumber) is { } number
            && SitePath.TryParse($"{path.TrimEnd('/')}/?{number}", out address);
    }

    /// <summary>
    /// Parses an alias such as "/?p=123" or "/blog/index.php?id=7". Returns false when it is no such address.
    /// </summary>
    public static bool TryParse(string alias, out SitePath address)
    {
        address = default;
        return alias.Split('?') is [var path, var query]
            && path.StartsWith('/')
            && IsNumber(query)
            && TryParse(Uri.UnescapeDataString(path), query, out address);
    }

    private static bool IsNumber(string parameter) =>
        parameter.Split('=') is [var name, { Length: > 0 and <= MaxDigits } number]
        && Names.Contains(name)
        && number.All(char.IsAsciiDigit);
}
