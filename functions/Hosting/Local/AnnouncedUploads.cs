namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Which uploads have been announced, as ETags by container and blob name. Persisted, so that a restart announces only
/// what changed meanwhile. Safe for any number of threads.
/// </summary>
/// <param name="file">The path of the file; null to persist nothing.</param>
internal sealed class AnnouncedUploads(string? file)
{
    private readonly Lock _lock = new();
    private Dictionary<string, string>? _versions;
    private bool _isSaved = true;

    /// <summary>
    /// True until <see cref="Save"/> has been called for the first time on this data folder; false when nothing is
    /// persisted.
    /// </summary>
    public bool IsFirstRun => file is not null && !File.Exists(file);

    /// <summary>Notes that an upload or deletion has been announced, by whichever program.</summary>
    public void Note(UploadEvent announced)
    {
        lock (_lock)
        {
            _isSaved = false;
            if (announced.Version is null)
            {
                Versions.Remove(announced.Name);
            }
            else
            {
                Versions[announced.Name] = announced.Version;
            }
        }
    }

    /// <summary>Copies what has been announced so far, before the containers are listed.</summary>
    public Dictionary<string, string> Snapshot()
    {
        lock (_lock)
        {
            return new(Versions);
        }
    }

    /// <summary>
    /// Compares a list of the containers with what has been announced. What was announced while they were listed is
    /// left out: the list may be older.
    /// </summary>
    /// <param name="listed">The ETags by container and blob name.</param>
    /// <param name="before">The <see cref="Snapshot"/> from before the list.</param>
    public IReadOnlyList<UploadEvent> FindChanges(
        IReadOnlyDictionary<string, string> listed,
        IReadOnlyDictionary<string, string> before
    )
    {
        var written = listed
            .Where(blob => before.GetValueOrDefault(blob.Key) != blob.Value)
            .Select(blob => new UploadEvent(blob.Key, blob.Value));
        var deleted = before.Keys.Where(name => !listed.ContainsKey(name)).Select(name => new UploadEvent(name, null));
        lock (_lock)
        {
            return
            [
                .. written
                    .Concat(deleted)
                    .Where(change => Versions.GetValueOrDefault(change.Name) == before.GetValueOrDefault(change.Name)),
            ];
        }
    }

    /// <summary>Writes the announced uploads, atomically.</summary>
    /// <param name="onlyChanges">True to write only what has changed since it was read or written.</param>
    public void Save(bool onlyChanges = false)
    {
        string json;
        lock (_lock)
        {
            if (file is null || (onlyChanges && _isSaved))
            {
                return;
            }

            json = JsonSerializer.Serialize(Versions, HostingJson.Default.DictionaryStringString);
            _isSaved = true;
        }

        File.WriteAllText(file + ".new", json);
        File.Move(file + ".new", file, overwrite: true);
    }

    /// <summary>
    /// The announced uploads, read at first use. Empty when the file is missing or damaged: then everything is
    /// announced again, which is idempotent.
    /// </summary>
    private Dictionary<string, string> Versions => _versions ??= Load();

    private Dictionary<string, string> Load()
    {
        try
        {
            var stored =
                file is not null && File.Exists(file)
                    ? JsonSerializer.Deserialize(File.ReadAllText(file), HostingJson.Default.DictionaryStringString)
                    : null;
            return (stored ?? []).ToDictionary(upload => upload.Key, upload => UploadEvent.Unquoted(upload.Value)!);
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
