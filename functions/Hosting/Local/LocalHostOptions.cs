namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The polling intervals and timeouts of the local host; the Functions host reads its own from host.json.
/// </summary>
public sealed record LocalHostOptions
{
    /// <summary>
    /// The maximum interval between two polls of an empty queue, unless this program sends a message to it; 1 s by
    /// default. After messages it is shorter for a while.
    /// </summary>
    public TimeSpan PollingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>True to poll a queue at once when this program has sent a message to it; the default.</summary>
    public bool PollsOnSend { get; init; } = true;

    /// <summary>
    /// How long a message is invisible while a function handles it, also the time limit of the function; 1 minute by
    /// default. After a crash, the message is delivered again after this time.
    /// </summary>
    public TimeSpan VisibilityTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long a message is invisible after its function failed, like visibilityTimeout in host.json; 30 s by default.
    /// </summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True to have open pages in browsers reload themselves when they have changed.</summary>
    public bool ReloadsPages { get; init; }

    /// <summary>False to serve pages only, and to leave queues, timers and uploads to the blog itself.</summary>
    public bool RunsTriggers { get; init; } = true;

    /// <summary>
    /// The minimum interval between two checks of the author's containers for uploads; 250 ms by default. For more than
    /// 100 files it grows: see <see cref="UploadWatcher.IntervalFor"/>.
    /// </summary>
    public TimeSpan UploadPollingInterval { get; init; } = TimeSpan.FromMilliseconds(250);
}
