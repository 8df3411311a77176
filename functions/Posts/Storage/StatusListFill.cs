namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Adds posts that an earlier version of the program stored to the lists by status. Idempotent; any number of calls may
/// run at once.
/// </summary>
public sealed class StatusListFill(PostStatusLists lists, PostTable posts, ReportFiles reports, TimeProvider clock)
{
    /// <summary>The number of posts that the opening of a list adds at most.</summary>
    public const int MaxAtOpening = 200;

    private const int MaxPerTimer = 2000;
    private const int MaxAtOnce = 8;

    /// <summary>
    /// Time between two looks for posts that the lists do not have: an older program that runs beside this one, or
    /// again instead of it, may write some.
    /// </summary>
    private static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    private DateTimeOffset? _lastCheck;

    /// <summary>
    /// For the page of a list: adds posts unless all were added once. Returns false when some are still missing.
    /// </summary>
    public async Task<bool> RunAtOpeningAsync(CancellationToken cancellationToken) =>
        (_lastCheck ??= await lists.FindLastCheckAsync(cancellationToken)) is not null
        || await AddAsync(MaxAtOpening, cancellationToken);

    /// <summary>For a timer: adds posts unless that was done within the last day.</summary>
    public async Task RunDailyAsync(CancellationToken cancellationToken)
    {
        if (IsRecent(_lastCheck) || IsRecent(_lastCheck = await lists.FindLastCheckAsync(cancellationToken)))
        {
            return;
        }

        await AddAsync(MaxPerTimer, cancellationToken);
    }

    private bool IsRecent(DateTimeOffset? check) => check + Interval > clock.GetUtcNow();

    private async Task<bool> AddAsync(int most, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var unlisted = await lists.FindUnlistedAsync(most, cancellationToken);
        await Parallel.ForEachAsync(
            unlisted,
            new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken },
            async (id, stop) => await AddAsync(id, stop)
        );
        if (unlisted.Count == most)
        {
            return false;
        }

        await lists.SaveLastCheckAsync(now, cancellationToken);
        _lastCheck = now;
        return true;
    }

    private async Task AddAsync(PostId id, CancellationToken cancellationToken)
    {
        while (
            await posts.FindForWriteAsync(id, cancellationToken) is { Value.IsInStatusLists: false } read
            && !await posts.AddToStatusListsAsync(
                read,
                await CountWarningsAsync(read.Value, cancellationToken),
                cancellationToken
            )
        ) { }
    }

    /// <summary>The number of notes in the report; 0 when it is about another version of the file.</summary>
    private async Task<int> CountWarningsAsync(Post post, CancellationToken cancellationToken) =>
        await reports.FindAsync(post.Source, cancellationToken) is { } report
        && report.SourceVersion == post.SourceVersion
            ? Math.Max(0, report.Lines.Count - 1)
            : 0;
}
