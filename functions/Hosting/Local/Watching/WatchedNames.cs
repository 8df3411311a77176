using ServerlessBlog.Hosting.Local.Uploads;

namespace ServerlessBlog.Hosting.Local.Watching;

/// <summary>
/// Which uploads came from a watched folder, in a file of the data folder: what is deleted there while the blog does
/// not run is taken down at the next start, and nothing else is.
/// </summary>
/// <param name="file">The path of the file.</param>
/// <param name="folder">The full path of the watched folder.</param>
internal sealed class WatchedNames(string file, string folder)
{
    private readonly Dictionary<string, string> _folders = Load(file);

    /// <summary>The sources of the uploads from this folder (<see cref="UploadedFile.Source"/>).</summary>
    public IReadOnlyList<StoredFile> Files =>
        [.. _folders.Where(entry => entry.Value == folder).Select(entry => Parse(entry.Key))];

    /// <summary>Notes what is about to be uploaded.</summary>
    public void Add(IEnumerable<UploadedFile> uploads)
    {
        foreach (var upload in uploads)
        {
            _folders[$"{upload.Container}/{upload.Name}"] = folder;
        }

        Save();
    }

    /// <summary>Notes what has been deleted.</summary>
    public void Remove(IEnumerable<StoredFile> deleted)
    {
        foreach (var stored in deleted)
        {
            _folders.Remove($"{stored.Container}/{stored.Name}");
        }

        Save();
    }

    private static StoredFile Parse(string key) => new(key[..key.IndexOf('/')], key[(key.IndexOf('/') + 1)..]);

    private static Dictionary<string, string> Load(string file)
    {
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize(File.ReadAllText(file), HostingJson.Default.DictionaryStringString) ?? []
                : [];
        }
        catch (JsonException)
        {
            return []; // damaged: nothing is taken down
        }
    }

    private void Save()
    {
        File.WriteAllText(
            file + ".new",
            JsonSerializer.Serialize(_folders, HostingJson.Default.DictionaryStringString)
        );
        File.Move(file + ".new", file, overwrite: true);
    }
}
