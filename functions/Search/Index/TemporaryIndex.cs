namespace ServerlessBlog.Search.Index;

/// <summary>Files on this machine that hold a copy of the index.</summary>
internal static class TemporaryIndex
{
    /// <summary>Returns the path of a new file.</summary>
    public static string CreatePath() => Path.Combine(Path.GetTempPath(), $"blog-search-{Guid.NewGuid():N}.db");

    /// <summary>Deletes a file. One that is still open stays until the system removes it.</summary>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (IOException) { }
    }
}
