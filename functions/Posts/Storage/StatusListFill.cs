namespace ServerlessBlog.Posts.Storage;

/// <summary>
/// Adds posts that an earlier version of the program stored to the lists by status. Idempotent; any number of calls may
/// run at once.
/// </summary>
public sealed class StatusListFill(PostStatusLists lists, PostTable posts, ReportFiles reports, TimeProvider clock)
    : IDailyTask
{
    /// <summary>The number of posts that the opening of a list adds at most.</summary>
    public const int MaxAtOpening = 200;

    private const int MaxAtOnceByTimer = 2000;
    private const int MaxAtOnce = 8;

    private DateTimeOffset? _lastCheck;

    /// <summary>
    /// For the page of a list: adds posts unless all were added once. Returns false when some are still missing.
    /// </summary>
    public async Task<bool> RunAtOpeningAsync(CancellationToken cancellationToken) =>
        (_lastCheck ??= await lists.FindLastCheckAsync(cancellationToken)) is not null
        || await AddAsync(MaxAtOpening, cancellationToken);

    /// <summary>
    /// Adds all posts that the lists do not have: an older program that runs beside this one, or again instead of it,
    /// may have written some.
    /// </summary>
    /// <param name="cancellationToken">Stops the work; the next run does the rest.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!await AddAsync(MaxAtOnceByTimer, cancellationToken)) { }
    }

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
