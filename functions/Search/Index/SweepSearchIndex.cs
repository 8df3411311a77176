namespace ServerlessBlog.Search.Index;

/// <summary>
/// Deletes superseded versions of the index, and notes what was written since yesterday as changed once more: an older
/// version of the program that runs beside this one, or again instead of it, notes no changes.
/// </summary>
public sealed class SweepSearchIndex(SearchIndexTable table, SearchIndexFiles files, TimeProvider clock) : IDailyTask
{
    /// <summary>How long a superseded version stays, since an instance may be reading it: 1 h.</summary>
    private static readonly TimeSpan MinAge = TimeSpan.FromHours(1);

    /// <summary>How far back the noted changes begin: 25 h, as the task runs every 24.</summary>
    private static readonly TimeSpan LooksBack = TimeSpan.FromHours(25);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var state = await table.FindAsync(cancellationToken);
        await files.SweepAsync(now - MinAge, state?.File, cancellationToken);
        await table.NoteChangesAsync(now - LooksBack, cancellationToken);
    }
}
