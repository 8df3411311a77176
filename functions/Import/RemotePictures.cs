namespace ServerlessBlog.Import;

/// <summary>Finds the pictures of a text that are on other hosts, which may go away with them.</summary>
internal static partial class RemotePictures
{
    /// <summary>Returns the addresses of pictures in Markdown and HTML, each once.</summary>
    public static IReadOnlyList<string> Find(string? text) =>
        text is null
            ? []
            :
            [
                .. Picture()
                    .Matches(text)
                    .Select(match => match.Groups["address"].Value)
                    .Distinct(StringComparer.Ordinal),
            ];

    [GeneratedRegex(
        """!\[[^\[\]\n]*\]\(\s*<?(?<address>https?://[^\s)>]+)"""
            + """|<img\b[^<>]*?\bsrc\s*=\s*["']?(?<address>https?://[^\s"'>]+)""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Picture();
}
