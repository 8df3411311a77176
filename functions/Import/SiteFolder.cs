namespace ServerlessBlog.Import;

/// <summary>Reads the files of a site's folder. Links to other places are not followed.</summary>
internal static class SiteFolder
{
    /// <summary>The maximum number of files: 200,000.</summary>
    private const int MaxFiles = 200_000;

    private static readonly EnumerationOptions Recursive = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint,
        MaxRecursionDepth = 32,
    };

    /// <summary>
    /// Returns the paths of all files below a folder, relative to it and with slashes, sorted. Hidden ones, and those
    /// of programs that build sites, are left out.
    /// </summary>
    /// <exception cref="ImportException">There are too many files.</exception>
    public static IReadOnlyList<string> Enumerate(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var names = Directory
            .EnumerateFiles(folder, "*", Recursive)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(name => !name.Split('/').Any(part => part is ['.', ..] or "node_modules" or "_site" or "vendor"))
            .Take(MaxFiles + 1)
            .ToList();
        names.Sort(StringComparer.Ordinal);
        return names.Count <= MaxFiles
            ? names
            : throw new ImportException(
                $"The folder {folder} has more than {MaxFiles:N0} files: name the site's own folder."
            );
    }

    /// <summary>Reads a text of at most a number of bytes; null when it is larger or not UTF-8.</summary>
    public static string? ReadText(string path, int maxBytes) =>
        new FileInfo(path).Length <= maxBytes ? Posts.FrontMatter.PostFile.TryDecode(File.ReadAllBytes(path)) : null;
}
