using Azure.Data.Tables;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Comments.Storage;

/// <summary>The rules that comments are judged by: what was saved at the desk, <c>rules/saved</c>, else what the environment says.</summary>
public sealed class RuleTable(BlogStorage storage, BlogSettings settings)
{
    private const string Partition = "rules";
    private const string Saved = "saved";

    private readonly TableClient _table = storage.Table(StorageNames.CommentTable);

    /// <summary>What counts now.</summary>
    public async Task<CommentSettings> CurrentAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken))?.Value.Over(settings.Comments) ?? settings.Comments;

    /// <summary>What was saved. Null when nothing was: the environment counts.</summary>
    public Task<Versioned<SavedRules>?> FindAsync(CancellationToken cancellationToken) =>
        Row.FindAsync(_table, Partition, Saved, CommentJson.Default.SavedRules, cancellationToken);

    /// <summary>Saves rules. False when somebody has saved others since these were read.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="readVersion">Of what was read; null when nothing had been saved.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public Task<bool> SaveAsync(SavedRules rules, string? readVersion, CancellationToken cancellationToken) =>
        Row.TryWriteAsync(
            _table,
            Row.Create(Partition, Saved, rules, CommentJson.Default.SavedRules),
            readVersion,
            cancellationToken
        );

    /// <summary>Forgets what was saved: the environment counts again.</summary>
    public Task ForgetAsync(CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(Partition, Saved, cancellationToken: cancellationToken);
}
