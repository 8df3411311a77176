namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Persists which uploads have been announced, as blob names with ETags, so that a restart announces only what changed
/// meanwhile.
/// </summary>
/// <param name="file">The path of the file; null to persist nothing.</param>
internal sealed class AnnouncedUploads(string? file)
{
    /// <summary>
    /// True until <see cref="Save"/> has been called for the first time on this data folder; false when nothing is
    /// persisted.
    /// </summary>
    public bool IsFirstRun => file is not null && !File.Exists(file);

    /// <summary>
    /// Reads the announced uploads. Empty when the file is missing or damaged: then everything is announced again,
    /// which is idempotent.
    /// </summary>
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

    /// <summary>Writes the announced uploads, atomically.</summary>
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
