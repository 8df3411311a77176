using ServerlessBlog.Hosting.Local.Uploads;
using ServerlessBlog.Media;

namespace ServerlessBlog.Hosting.Local.Checking;

/// <summary>The theme in a folder.</summary>
/// <param name="files">All files of the folder.</param>
internal sealed class FolderTheme(IReadOnlyList<UploadedFile> files) : IThemeLookup
{
    /// <inheritdoc/>
    public async Task<string?> ReadAsync(string name, CancellationToken cancellationToken) =>
        files.FirstOrDefault(file => file.Name == ThemeFiles.Folder + name) is { } file
        && new FileInfo(file.Path).Length <= ThemeFiles.MaxBytesOf(name)
            ? await File.ReadAllTextAsync(file.Path, cancellationToken)
            : null;
}
