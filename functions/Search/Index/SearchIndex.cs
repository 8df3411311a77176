using ServerlessBlog.Posts;
using ServerlessBlog.Search.Queries;

namespace ServerlessBlog.Search.Index;

/// <summary>
/// Searches the index. An instance copies the current version into a temporary file at its first search, and again when
/// there is another version. Searches run one after the other: each takes about a millisecond. Thread-safe.
/// </summary>
public sealed partial class SearchIndex(
    SearchIndexTable table,
    SearchIndexFiles files,
    StorageCircuit circuit,
    TimeProvider clock,
    ILogger<SearchIndex> logger
) : IDisposable
{
    /// <summary>The maximum number of posts that a search finds: 100.</summary>
    public const int MaxHits = 100;

    private const string Key = "";

    private readonly RevalidatingCache<string, SearchIndexState?> _states = new(
        capacity: 1,
        async _ => await table.FindAsync(CancellationToken.None),
        circuit,
        clock
    );
    private readonly SemaphoreSlim _lock = new(1);
    private OpenIndex? _open;

    /// <summary>
    /// Finds posts, the best first. Null when there is no index yet, or its file is lost until it is built anew.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="isForReaders">True to find only public posts, and not by the names of their files.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    /// <exception cref="Azure.RequestFailedException">Storage fails, and this instance has no copy.</exception>
    public async Task<SearchHits?> FindAsync(SearchQuery query, bool isForReaders, CancellationToken cancellationToken)
    {
        var state = (await _states.GetAsync(Key, CacheLimits.Lifetime, cancellationToken)).Value;
        if (state?.File is not { } file)
        {
            return null;
        }

        await _lock.WaitAsync(cancellationToken);
        try
        {
            return Find((await OpenAsync(file)).Database, query, isForReaders);
        }
        catch (Exception problem) when (SearchIndexBuilder.IsLost(problem))
        {
            LogLost(file, problem);
            return null;
        }
        finally
        {
            _lock.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _open?.Dispose();
        _lock.Dispose();
        _states.Dispose();
    }

    /// <summary>
    /// Posts with all words come first, then those with words that begin so; those with any of the words only when no
    /// post has all.
    /// </summary>
    internal static SearchHits Find(SearchDatabase database, SearchQuery query, bool isForReaders)
    {
        if (!query.HasWords)
        {
            return new SearchHits(database.Find(null, query, isForReaders, MaxHits), HaveAllWords: true);
        }

        var exact = database.Find(query.MatchAll(asBeginnings: false), query, isForReaders, MaxHits);
        var all = query.MatchAll(asBeginnings: true);
        var hits =
            exact.Count == MaxHits
                ? exact
                : [.. exact.Union(database.Find(all, query, isForReaders, MaxHits)).Take(MaxHits)];
        return hits.Count > 0
            ? new SearchHits(hits, HaveAllWords: true)
            : new SearchHits(database.Find(query.MatchAny(), query, isForReaders, MaxHits), HaveAllWords: false);
    }

    /// <summary>Opens a version; while storage fails, the one that is open.</summary>
    private async Task<OpenIndex> OpenAsync(string file)
    {
        if (_open?.File == file)
        {
            return _open;
        }

        try
        {
            var opened = await OpenIndex.CopyAsync(files, file);
            _open?.Dispose();
            _open = opened;
        }
        catch (Exception problem) when (_open is not null && StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem);
        }

        return _open!;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index for search, {File}, cannot be read.")]
    private partial void LogLost(string file, Exception problem);

    /// <summary>A version of the index that is open on this machine.</summary>
    private sealed class OpenIndex(string file, string path, SearchDatabase database) : IDisposable
    {
        public string File => file;

        public SearchDatabase Database => database;

        public static async Task<OpenIndex> CopyAsync(SearchIndexFiles files, string file)
        {
            var path = TemporaryIndex.CreatePath();
            try
            {
                await files.DownloadForReadersAsync(file, path, CancellationToken.None);
                return new OpenIndex(file, path, SearchDatabase.OpenRead(path));
            }
            catch
            {
                TemporaryIndex.Delete(path);
                throw;
            }
        }

        public void Dispose()
        {
            database.Dispose();
            TemporaryIndex.Delete(path);
        }
    }
}

/// <summary>What a search has found.</summary>
/// <param name="Posts">The posts, the best first, at most <see cref="SearchIndex.MaxHits"/>.</param>
/// <param name="HaveAllWords">False when no post has all words, and these have some of them.</param>
public sealed record SearchHits(IReadOnlyList<PostId> Posts, bool HaveAllWords);
