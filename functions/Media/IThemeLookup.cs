namespace ServerlessBlog.Media;

/// <summary>
/// Where the files of the theme are read: the blog's container (<see cref="ThemeFiles"/>), or a folder that is checked
/// before it is uploaded.
/// </summary>
public interface IThemeLookup
{
    /// <summary>
    /// Reads a file, one of <see cref="ThemeFiles.Names"/>. Null when there is none, or it is too large.
    /// </summary>
    Task<string?> ReadAsync(string name, CancellationToken cancellationToken);
}
