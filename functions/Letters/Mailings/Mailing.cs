namespace ServerlessBlog.Letters.Mailings;

/// <summary>
/// The sending of one letter to all who subscribe to new posts. They get it in the order of their ids, one after the
/// other; the mailing knows who was last.
/// </summary>
public sealed record Mailing
{
    private const string PostPrefix = "post-";
    private const string WeekPrefix = "week-";

    /// <summary>How long a mailing that nothing can be sent of is tried again: 2 days.</summary>
    public static readonly TimeSpan RetryPeriod = TimeSpan.FromDays(2);

    /// <summary>
    /// How long an execution has a mailing to itself after the last mail: 2 min, more than storage at its slowest and a
    /// notifier's 30 s take.
    /// </summary>
    internal static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromHours(1);

    /// <summary>
    /// The key: <c>post-</c> and the id of the post, or <c>week-</c> and the day (yyyyMMdd, UTC) on which the week
    /// ends.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>When it was added. Whoever subscribes later does not get it.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The state.</summary>
    public MailingState State { get; init; }

    /// <summary>The time before which nothing is sent.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Until when an execution has it to itself; null when none has.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>The id of the last recipient whose turn is over; empty before the first.</summary>
    public string Cursor { get; init; } = "";

    /// <summary>The number of letters that the mail server has accepted.</summary>
    public int Sent { get; init; }

    /// <summary>The number of recipients whom the mail server refused for good.</summary>
    public int Refused { get; init; }

    /// <summary>The number of attempts since the last letter that failed because of the mail server itself.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last attempt failed, without an address; null when none has.</summary>
    public string? LastProblem { get; init; }

    /// <summary>The key of the mailing about a post.</summary>
    public static string KeyFor(Posts.PostId post) => PostPrefix + post;

    /// <summary>The key of the mailing about the week that ends on a day.</summary>
    public static string KeyForWeek(DateOnly end) =>
        WeekPrefix + end.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The post of the key; null when it is about a week.</summary>
    [JsonIgnore]
    public Posts.PostId? Post =>
        Key.StartsWith(PostPrefix, StringComparison.Ordinal)
        && Posts.PostId.TryParse(Key[PostPrefix.Length..], out var post)
            ? post
            : null;

    /// <summary>Whether nothing is left to do.</summary>
    [JsonIgnore]
    public bool IsSettled => State is not MailingState.Waiting;

    /// <summary>The time to wait after <see cref="Attempts"/>: 1 min, doubled each time, at most 1 h.</summary>
    [JsonIgnore]
    internal TimeSpan Backoff
    {
        get
        {
            var doubled = FirstBackoff * Math.Pow(2, Math.Clamp(Attempts - 1, 0, 16));
            return doubled < MaxBackoff ? doubled : MaxBackoff;
        }
    }
}

/// <summary>The state of a mailing.</summary>
public enum MailingState
{
    /// <summary>To be sent, or being sent.</summary>
    Waiting,

    /// <summary>Everybody's turn is over.</summary>
    Done,

    /// <summary>Its post was withdrawn before everybody had it.</summary>
    Cancelled,

    /// <summary>Given up: see <see cref="Mailing.LastProblem"/>.</summary>
    Failed,
}
