namespace ServerlessBlog.Import;

/// <summary>
/// Changes the addresses of a site's own files in a text: from where the engine had them to where this blog has them.
/// </summary>
/// <param name="origin">The site's address without its path, such as https://example.com; empty when not known.</param>
/// <param name="basePath">The path of the site, such as /blog; empty for the root.</param>
/// <param name="media">The names of the files in the container media.</param>
internal sealed partial class SiteLinks(string origin, string basePath, IReadOnlySet<string> media)
{
    /// <summary>Changes all addresses of media that begin at the root, with the site's address or without.</summary>
    public string Change(string text) =>
        Address()
            .Replace(text, match =>
                FindMedia(match.Groups["address"].Value) is { } name ? $"/{StorageNames.Media}/{name}" : match.Value
            );

    /// <summary>The name of the file that an address leads to; null when it leads elsewhere.</summary>
    public string? FindMedia(string address)
    {
        var path =
            origin.Length > 0 && address.StartsWith(origin, StringComparison.OrdinalIgnoreCase)
                ? address[origin.Length..]
                : address;
        path = path.StartsWith(basePath + "/", StringComparison.Ordinal) ? path[basePath.Length..] : path;
        return path is ['/', not '/', ..] && media.Contains(Uri.UnescapeDataString(path[1..])) ? path[1..] : null;
    }

    /// <summary>An address behind a sign that addresses stand behind.</summary>
    [GeneratedRegex("""(?<=[\s("'=<\[,])(?<address>(?:https?://[^\s/"'()<>]+)?/[^\s"'()<>?#\]|`]+)""")]
    private static partial Regex Address();
}
