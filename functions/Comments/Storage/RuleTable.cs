using Azure;
using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;

namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The store of the moderation rules: those that were saved in the admin area, row <c>rules/saved</c>, else those of
/// the app settings.
/// </summary>
public sealed class RuleTable(BlogStorage storage, BlogSettings settings)
{
    private const string Partition = "rules";
    private const string Saved = "saved";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);
    private readonly TableClient _readerTable = storage.TableForReaders(StorageNames.CommentTable);

    /// <summary>Returns the rules in effect, with the other comment settings.</summary>
    public Task<CommentSettings> CurrentAsync(CancellationToken cancellationToken) =>
        CurrentAsync(_table, cancellationToken);

    /// <summary>
    /// Returns the same as <see cref="CurrentAsync(CancellationToken)"/>, for a page that a reader waits for.
    /// </summary>
    public Task<CommentSettings> CurrentForReaderAsync(CancellationToken cancellationToken) =>
        CurrentAsync(_readerTable, cancellationToken);

    /// <summary>Finds the saved rules. Returns null when none were saved: the app settings are in effect.</summary>
    public Task<Versioned<SavedRules>?> FindAsync(CancellationToken cancellationToken) =>
        Row.FindAsync(_table, Partition, Saved, CommentJson.Default.SavedRules, cancellationToken);

    /// <summary>Saves rules. Returns false when others were saved since these were read.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="readVersion">The version of the rules that were read; null when none had been saved.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task<bool> SaveAsync(SavedRules rules, string? readVersion, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(
            _table,
            Row.Create(Partition, Saved, rules, CommentJson.Default.SavedRules),
            readVersion,
            cancellationToken
        );

    /// <summary>
    /// Deletes the saved rules: the app settings are in effect again. Idempotent. Returns false when others were saved
    /// since these were read.
    /// </summary>
    /// <param name="readVersion">The version of the rules that were read; from outside.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<bool> DeleteAsync(string readVersion, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is not { } saved)
        {
            return true;
        }

        try
        {
            if (saved.Version == readVersion)
            {
                await _table.DeleteEntityAsync(Partition, Saved, new ETag(readVersion), cancellationToken);
            }

            return saved.Version == readVersion;
        }
        catch (RequestFailedException changed) when (changed.Status == 412)
        {
            return false;
        }
    }

    private async Task<CommentSettings> CurrentAsync(TableClient table, CancellationToken cancellationToken)
    {
        var saved = await Row.FindAsync(table, Partition, Saved, CommentJson.Default.SavedRules, cancellationToken);
        return saved?.Value.Over(settings.Comments) ?? settings.Comments;
    }
}
