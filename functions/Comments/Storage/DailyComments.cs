namespace ServerlessBlog.Comments.Storage;

/// <summary>
/// The limit of new comments in a day on the whole blog, <c>Blog__Comments__MaxPerDay</c>: it bounds what a flood from
/// many addresses costs, and how many mails it sends.
/// </summary>
public sealed class DailyComments(BlogStorage storage, BlogSettings settings, TimeProvider clock) : IDisposable
{
    /// <summary>The number of comments that an instance takes from the limit at once: 20.</summary>
    private const int Block = 20;

    private readonly DailyQuota _quota = new(storage, new("comments", settings.Comments.MaxPerDay, Block), clock);

    /// <summary>The time until comments are taken again.</summary>
    public TimeSpan UntilTomorrow => _quota.UntilTomorrow;

    /// <summary>Counts a comment. Returns false when no more are taken today.</summary>
    public Task<bool> TryCountAsync(CancellationToken cancellationToken) => _quota.TryUseAsync(1, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _quota.Dispose();
}
