using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Search.Index;

/// <summary>
/// Puts changed posts into the index: copies the index, changes the copy, stores it under a new name, and makes that
/// one the index. One execution at a time; any number may be called.
/// </summary>
/// <remarks>
/// <para>
/// Invariant: each save of a post notes the change in the same transaction, and sends a message before. A noted change
/// is removed in the transaction that makes the index with it the current one.
/// </para>
/// <para>
/// For one post it takes at most 6 calls to storage beside those for the index's file, the message among them: it
/// reads the changes, claims the work, reads the post and its text, and writes the result.
/// </para>
/// </remarks>
public sealed partial class SearchIndexBuilder(
    SearchIndexTable table,
    SearchIndexFiles files,
    PostTable posts,
    AcceptedFiles accepted,
    UploadQueueClient queue,
    BlogSettings settings,
    TimeProvider clock,
    ILogger<SearchIndexBuilder> logger
) : IPostChangeHandler, IHourlyTask
{
    /// <summary>The number of changes that one execution makes; for more it sends itself another message.</summary>
    internal const int MaxChanges = 500;

    /// <summary>The number of changes from which the file is made small again.</summary>
    private const int ManyChanges = 100;

    private const int MaxAtOnce = 8;

    /// <summary>How long an execution has before another one may begin: 2 min.</summary>
    private static readonly TimeSpan MaxDuration = TimeSpan.FromMinutes(2);

    /// <inheritdoc/>
    public async Task HandleAsync(PostChangedMessage message, CancellationToken cancellationToken)
    {
        var waiting = await ReadAsync(cancellationToken);
        if (waiting.Next is null && !waiting.Posts.Contains(message.Changed))
        {
            return; // Another execution was faster.
        }

        if (waiting.State?.Value.BuildingUntil > clock.GetUtcNow())
        {
            await queue.SendAsync(message, cancellationToken);
            return;
        }

        var claim = new SearchIndexState(
            waiting.State?.Value.File,
            SearchDatabase.Schema,
            waiting.State?.Value.Built ?? default,
            clock.GetUtcNow() + MaxDuration
        );
        if (await table.WriteAsync(claim, waiting.State?.Version, [], cancellationToken) is not { } version)
        {
            await queue.SendAsync(message, cancellationToken);
            return;
        }

        await BuildAsync(claim, version, waiting, message, cancellationToken);
    }

    /// <summary>
    /// Sends a message for changes whose message was lost, or which an earlier version of the program left behind.
    /// </summary>
    /// <param name="cancellationToken">Stops the check; the next one does the rest.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var waiting = await ReadAsync(cancellationToken);
        if (waiting.Keys.Count > 0)
        {
            await SendAsync(waiting.Posts.First(), cancellationToken);
        }
    }

    /// <summary>Reads the changes; all posts are changes when there is no index that this version can read.</summary>
    private async Task<WaitingChanges> ReadAsync(CancellationToken cancellationToken)
    {
        var waiting = await table.ReadAsync(MaxChanges, cancellationToken);
        if (waiting.State?.Value.Schema == SearchDatabase.Schema)
        {
            return waiting;
        }

        await table.NoteChangesAsync(since: null, cancellationToken);
        var all = await table.ReadAsync(MaxChanges, cancellationToken);
        return all.State is { } old ? all with { State = old with { Value = old.Value with { File = null } } } : all;
    }

    private async Task BuildAsync(
        SearchIndexState claim,
        string version,
        WaitingChanges waiting,
        PostChangedMessage message,
        CancellationToken cancellationToken
    )
    {
        var path = TemporaryIndex.CreatePath();
        try
        {
            try
            {
                await ChangeAsync(claim.File, path, waiting, cancellationToken);
            }
            catch (Exception problem) when (claim.File is not null && IsLost(problem))
            {
                await BeginAnewAsync(claim, version, problem, cancellationToken);
                return;
            }

            var built = claim with
            {
                File = await files.SaveAsync(path, cancellationToken),
                Built = clock.GetUtcNow(),
                BuildingUntil = null,
            };
            if (await table.WriteAsync(built, version, waiting.Keys, cancellationToken) is null)
            {
                LogTooSlow();
                await queue.SendAsync(message, cancellationToken);
                return;
            }
        }
        finally
        {
            TemporaryIndex.Delete(path);
        }

        await table.RemoveRestAsync(waiting.Keys, cancellationToken);
        if (waiting.Next is { } next)
        {
            await SendAsync(next, cancellationToken);
        }
    }

    /// <summary>Whether the file of the index is missing or damaged.</summary>
    internal static bool IsLost(Exception problem) =>
        problem is SqliteException or InvalidDataException || StorageErrors.IsNotFound(problem);

    /// <summary>Notes all posts as changed for an index that is built from nothing.</summary>
    private async Task BeginAnewAsync(
        SearchIndexState claim,
        string version,
        Exception problem,
        CancellationToken cancellationToken
    )
    {
        LogLost(claim.File!, problem);
        await table.NoteChangesAsync(since: null, cancellationToken);
        await table.WriteAsync(claim with { File = null, BuildingUntil = null }, version, [], cancellationToken);
        await RunAsync(cancellationToken);
    }

    /// <summary>Writes the index with the changes into a file.</summary>
    private async Task ChangeAsync(
        string? file,
        string path,
        WaitingChanges waiting,
        CancellationToken cancellationToken
    )
    {
        if (file is null)
        {
            SearchDatabase.Create(path).Dispose();
        }
        else
        {
            await files.DownloadAsync(file, path, cancellationToken);
        }

        var ids = waiting.Posts.ToList();
        var found = await ReadPostsAsync(ids, cancellationToken);
        using var database = SearchDatabase.OpenWrite(path);
        database.Change(() =>
        {
            foreach (var id in ids)
            {
                if (found.TryGetValue(id, out var post))
                {
                    database.Put(post);
                }
                else
                {
                    database.Remove(id);
                }
            }
        });
        if (waiting.Keys.Count >= ManyChanges && waiting.Next is null)
        {
            database.Optimize();
            database.Shrink();
        }

        database.Check();
    }

    /// <summary>Reads the posts; deleted ones too, which authors find.</summary>
    private async Task<IReadOnlyDictionary<PostId, IndexedPost>> ReadPostsAsync(
        IReadOnlyList<PostId> ids,
        CancellationToken cancellationToken
    )
    {
        var found = new ConcurrentDictionary<PostId, IndexedPost>();
        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken },
            async (id, stop) =>
            {
                if ((await posts.FindForWriteAsync(id, stop))?.Value is { } post)
                {
                    var copy = await accepted.FindAsync(id, post.ContentHash, stop);
                    found[id] = IndexedPost.From(post, copy ?? [], settings.TimeZone);
                }
            }
        );
        return found;
    }

    /// <summary>Sends a message for changes that wait, whichever posts they are of.</summary>
    private async Task SendAsync(PostId post, CancellationToken cancellationToken)
    {
        if ((await posts.FindForWriteAsync(post, cancellationToken))?.Value is { } found)
        {
            await queue.SendAsync(PostChangedMessage.Create(post, found.Source), cancellationToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another execution has built the index for search meanwhile.")]
    private partial void LogTooSlow();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index for search, {File}, is lost. It is built anew.")]
    private partial void LogLost(string file, Exception problem);
}

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
