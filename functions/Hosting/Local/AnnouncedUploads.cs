using System.Text.Json;
using ServerlessBlog.Hosting.Failures;

namespace ServerlessBlog.Hosting.Local;

/// <summary>What was announced of the author's files: names with ETags, in a file, so that a restart announces only what changed meanwhile.</summary>
/// <param name="file">Where; null to remember nothing.</param>
internal sealed class AnnouncedUploads(string? file)
{
    /// <summary>Whether files were ever looked at from here.</summary>
    public bool IsFirstRun => file is not null && !File.Exists(file);

    /// <summary>What was announced. Empty when there is no file, or it is not whole: then everything is announced again, which does no harm.</summary>
    public Dictionary<string, string> Load()
    {
        try
        {
            return file is not null && File.Exists(file)
                ? JsonSerializer.Deserialize(File.ReadAllText(file), HostingJson.Default.DictionaryStringString) ?? []
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    /// <summary>Remembers.</summary>
    public void Save(Dictionary<string, string> announced)
    {
        if (file is not null)
        {
            File.WriteAllText(
                file + ".new",
                JsonSerializer.Serialize(announced, HostingJson.Default.DictionaryStringString)
            );
            File.Move(file + ".new", file, overwrite: true);
        }
    }
}
