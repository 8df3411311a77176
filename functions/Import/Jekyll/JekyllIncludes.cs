namespace ServerlessBlog.Import.Jekyll;

/// <summary>Reads the texts in <c>_includes</c>, which posts can stand for by their names.</summary>
internal sealed class JekyllIncludes(string site)
{
    private const int MaxBytes = 64 * 1024;

    private readonly string _folder = Path.Combine(site, "_includes") + Path.DirectorySeparatorChar;
    private readonly Dictionary<string, string?> _texts = new(StringComparer.Ordinal);

    /// <summary>
    /// The text of a file by its path below the folder; null when it is not there, not UTF-8, or has more than 64 KiB.
    /// </summary>
    public string? Find(string name)
    {
        if (!_texts.TryGetValue(name, out var text))
        {
            _texts[name] = text = Read(Path.GetFullPath(_folder + name));
        }

        return text;
    }

    private string? Read(string path) =>
        path.StartsWith(Path.GetFullPath(_folder), StringComparison.Ordinal) && File.Exists(path)
            ? SiteFolder.ReadText(path, MaxBytes)?.TrimEnd('\n')
            : null;
}
