namespace ServerlessBlog.Import;

/// <summary>
/// The parameters of a template tag or shortcode: <c>key="value"</c>, <c>key='value'</c>, <c>key:"value"</c>, or values
/// alone.
/// </summary>
internal sealed partial class TagParameters
{
    private readonly Dictionary<string, string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _values = [];

    /// <summary>Parses what stands behind a tag's name.</summary>
    public TagParameters(string text)
    {
        foreach (Match match in Parameter().Matches(text))
        {
            var value = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value;
            if (match.Groups["name"].Success)
            {
                _named[match.Groups["name"].Value] = value;
            }
            else
            {
                _values.Add(value);
            }
        }
    }

    /// <summary>The values without a name.</summary>
    public IReadOnlyList<string> Values => _values;

    /// <summary>The first value without a name; null for none.</summary>
    public string? First => _values.Count > 0 ? _values[0] : null;

    /// <summary>The first of these parameters that is there and not empty; else null.</summary>
    public string? Find(params string[] names) =>
        names.Select(name => _named.GetValueOrDefault(name)).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    [GeneratedRegex(
        """(?:(?<name>[A-Za-z_][\w-]*)\s*[=:]\s*)?"""
            + """(?:"(?<quoted>[^"]*)"|'(?<quoted>[^']*)'|`(?<quoted>[^`]*)`|(?<plain>[^\s"',]+))"""
    )]
    private static partial Regex Parameter();
}
