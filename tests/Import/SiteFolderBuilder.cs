using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Import;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Import;

/// <summary>Builds a site of another engine in a temporary folder, and converts it.</summary>
internal sealed class SiteFolderBuilder : IDisposable
{
    public static BlogSettings Settings { get; } = LocalSettings.ReadWithoutBlog();

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("site-");

    public string Path => _folder.FullName;

    public SiteFolderBuilder Add(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content.ReplaceLineEndings("\n"));
        return this;
    }

    /// <summary>
    /// Converts the site. Files by their names in this blog; what is left out or not needed by its source.
    /// </summary>
    public static Dictionary<string, ConvertedFile> Convert(ISiteReader site)
    {
        var files = site.ReadFiles().ToList();
        return files.ToDictionary(file => file.Name.Length > 0 ? file.Name : file.Source);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
