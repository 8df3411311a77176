using ServerlessBlog.Hosting.Local.Uploads;

namespace ServerlessBlog.Hosting.Local.Watching;

/// <summary>
/// What a watched folder holds, compared from look to look. A file counts once two looks have found it the same, and
/// as deleted once it is missing for a second: editors write in parts, or delete a file and write it anew. New files
/// wait until it is known what else is deleted: a renamed file may need the address of the old one.
/// </summary>
internal sealed class FolderState
{
    private static readonly TimeSpan DeletedAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<StoredFile, Entry> _entries = [];

    private sealed class Entry
    {
        public UploadedFile? File { get; set; }

        public FileStamp? Seen { get; set; }

        public FileStamp? Done { get; set; }

        public DateTimeOffset? MissingSince { get; set; }
    }

    /// <summary>Creates the state with what was uploaded from the folder before.</summary>
    public FolderState(IEnumerable<StoredFile> uploaded)
    {
        foreach (var file in uploaded)
        {
            _entries[file] = new Entry();
        }
    }

    /// <summary>
    /// Whether something may become an upload or a deletion without another change: to be looked at again soon.
    /// </summary>
    public bool IsUnsettled =>
        _entries.Values.Any(entry =>
            entry.MissingSince is not null || (entry.File is not null && entry.Seen != entry.Done)
        );

    /// <summary>Takes in a list of the folder's files.</summary>
    public FolderChanges Look(
        IReadOnlyDictionary<StoredFile, (UploadedFile File, FileStamp Stamp)> found,
        DateTimeOffset now
    )
    {
        var deleted = FindDeleted(found, now);
        var isMissing = _entries.Values.Count(entry => entry.MissingSince is not null) > deleted.Count;
        List<UploadedFile> written = [];
        foreach (var (key, (file, stamp)) in found)
        {
            if (!_entries.TryGetValue(key, out var entry))
            {
                _entries[key] = entry = new Entry();
            }

            if (entry.Seen == stamp && entry.Done != stamp && !(isMissing && entry.Done is null))
            {
                written.Add(file);
            }

            (entry.File, entry.Seen) = (file, stamp);
        }

        return new FolderChanges(written, deleted);
    }

    private List<StoredFile> FindDeleted(
        IReadOnlyDictionary<StoredFile, (UploadedFile File, FileStamp Stamp)> found,
        DateTimeOffset now
    )
    {
        List<StoredFile> deleted = [];
        foreach (var (key, entry) in _entries)
        {
            entry.MissingSince = found.ContainsKey(key) ? null : entry.MissingSince ?? now;
            if (now - entry.MissingSince >= DeletedAfter)
            {
                deleted.Add(key);
            }
        }

        return deleted;
    }

    /// <summary>Notes that a file has been uploaded as it was seen last, or cannot be.</summary>
    public void NoteDone(UploadedFile file)
    {
        var entry = _entries[StoredFile.From(file)];
        entry.Done = entry.Seen;
    }

    /// <summary>Notes that a file has been deleted.</summary>
    public void NoteDeleted(StoredFile file) => _entries.Remove(file);
}

/// <summary>What differs when a file was written: its size in bytes and the time of the last change in ticks.</summary>
internal readonly record struct FileStamp(long Length, long Time);

/// <summary>The changes that a look has found.</summary>
/// <param name="Written">The files to upload.</param>
/// <param name="Deleted">The files to delete.</param>
internal sealed record FolderChanges(IReadOnlyList<UploadedFile> Written, IReadOnlyList<StoredFile> Deleted);
