namespace ServerlessBlog.Notifications;

/// <summary>
/// A mail, or a message to a webhook, with the state of its delivery. It is sent once; for the exception see
/// <see cref="SendNotification"/>.
/// </summary>
/// <remarks>
/// The text is sent unchanged: parts that a stranger wrote must have gone through <see cref="PlainText.Defang"/>.
/// </remarks>
public sealed record Notification
{
    /// <summary>Maximum length of an id, in characters.</summary>
    public const int MaxIdLength = 120;

    /// <summary>Maximum length of a subject, in characters; a longer one is truncated.</summary>
    public const int MaxSubjectLength = 200;

    /// <summary>
    /// Maximum length of a text, in characters: in any script, it fits into one property of a table row (64 KiB).
    /// </summary>
    public const int MaxTextLength = 20_000;

    /// <summary>
    /// Maximum number of recipients. They share one property of the table row with everything except the text.
    /// </summary>
    public const int MaxPeople = 20;

    /// <summary>Maximum length of <see cref="LastProblem"/>, in characters; a longer one is truncated.</summary>
    public const int MaxProblemLength = 500;

    /// <summary>
    /// How long one delivery has exclusive use of a notification: 2 min, more than storage at its slowest and the
    /// notifier's 30 s take.
    /// </summary>
    internal static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    /// <summary>How long delivery is retried, from <see cref="Created"/>, before it fails for good: 2 days.</summary>
    internal static readonly TimeSpan RetryPeriod = TimeSpan.FromDays(2);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromHours(1);

    /// <summary>Creates a notification that waits to be sent.</summary>
    /// <param name="id">The id, see <see cref="Id"/>.</param>
    /// <param name="subject">
    /// The subject. Control characters become spaces; it is truncated after <see cref="MaxSubjectLength"/> characters.
    /// </param>
    /// <param name="text">The plain text, see <see cref="Text"/>.</param>
    /// <param name="to">The recipients, 1 to <see cref="MaxPeople"/>; they see one another's addresses.</param>
    /// <param name="created">The current time; also the date of the mail.</param>
    /// <exception cref="ArgumentException">
    /// The id is invalid, the text is too long, or there are no or too many recipients.
    /// </exception>
    public Notification(string id, string subject, string text, IReadOnlyList<Person> to, DateTimeOffset created)
        : this(id, subject, to, created) => Text = text;

    /// <summary>
    /// Deserializes the stored JSON, which lacks the text: <see cref="NotificationTable"/> stores it in a property of
    /// its own.
    /// </summary>
    [JsonConstructor]
    internal Notification(string id, string subject, IReadOnlyList<Person> to, DateTimeOffset created)
    {
        Id = IsId(id) ? id : throw new ArgumentException($"'{id}' is not a notice's id.", nameof(id));
        Subject = PlainText.OneLine(subject, MaxSubjectLength);
        To = to.Count is > 0 and <= MaxPeople
            ? to
            : throw new ArgumentException($"A notice is for 1 to {MaxPeople} people, not {to.Count}.", nameof(to));
        Created = created;
    }

    /// <summary>
    /// The id: 1 to 120 characters of a-z, 0-9 and hyphens. The creator derives it from the event, so that the same
    /// event gives the same notification.
    /// </summary>
    public string Id { get; }

    /// <summary>The subject, one line without control characters.</summary>
    public string Subject { get; }

    /// <summary>The plain text, with lines separated by \n and without control characters other than \t.</summary>
    [JsonIgnore]
    public string Text
    {
        get;
        internal init =>
            field =
                value.Length <= MaxTextLength
                    ? PlainText.Clean(value)
                    : throw new ArgumentException(
                        $"A notice's text has at most {MaxTextLength} characters, not {value.Length}.",
                        nameof(value)
                    );
    } = "";

    /// <summary>The recipients, 1 to <see cref="MaxPeople"/>.</summary>
    public IReadOnlyList<Person> To { get; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>
    /// The HTML part; null to make it from the text. Not stored: only for what is sent without being stored.
    /// </summary>
    [JsonIgnore]
    public string? Html { get; init; }

    /// <summary>
    /// The ids of what it is about, when its own id does not have them, so that it is found when they are erased; null
    /// for none.
    /// </summary>
    public IReadOnlyList<string>? About { get; init; }

    /// <summary>
    /// The address of the page where the recipient ends such letters, and to which mail programs post RFC 8058's
    /// one-click request; null for mails to those who run the blog.
    /// </summary>
    public string? Unsubscribe { get; init; }

    /// <summary>
    /// The name of what the mail is about, with the characters of an id: mail programs show all mails about the same
    /// together. Null for a mail that stands alone.
    /// </summary>
    public string? Thread
    {
        get;
        init => field = value is null || IsId(value) ? value : throw new ArgumentException($"'{value}' is no id.");
    }

    /// <summary>
    /// The key of the webhook that it is posted to, with the text as JSON; null for a mail. The one recipient then has
    /// the name of its host and no mail address.
    /// </summary>
    public string? Webhook { get; init; }

    /// <summary>The state of the delivery.</summary>
    public NotificationState State { get; init; }

    /// <summary>
    /// When the current claim expires; null unless the state is <see cref="NotificationState.Sending"/>.
    /// </summary>
    public DateTimeOffset? SendingUntil { get; init; }

    /// <summary>The time before which no delivery may try again; null when it may be tried at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The number of attempts begun, including those that were interrupted.</summary>
    public int Attempts { get; init; }

    /// <summary>
    /// Why the last failed attempt failed, in one line of at most <see cref="MaxProblemLength"/> characters; null when
    /// none has failed.
    /// </summary>
    public string? LastProblem
    {
        get;
        init => field = value is null ? null : PlainText.OneLine(value, MaxProblemLength);
    }

    /// <summary>The time to wait after <see cref="Attempts"/> attempts: 30 s, doubled each time, at most 1 h.</summary>
    internal TimeSpan Backoff
    {
        get
        {
            var doubled = FirstBackoff * Math.Pow(2, Math.Clamp(Attempts - 1, 0, 16));
            return doubled < MaxBackoff ? doubled : MaxBackoff;
        }
    }

    /// <summary>Whether it is sent or failed for good: nothing is left to do.</summary>
    [JsonIgnore]
    internal bool IsSettled => State is NotificationState.Sent or NotificationState.Failed;

    /// <summary>Whether the text is a valid id, see <see cref="Id"/>.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxIdLength }
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>
    /// Whether a delivery may try the notification now: it waits and <see cref="NotBefore"/> has passed, or the claim
    /// of another delivery has expired.
    /// </summary>
    internal bool IsDue(DateTimeOffset now) =>
        State switch
        {
            NotificationState.Waiting => NotBefore is not { } time || time <= now,
            NotificationState.Sending => SendingUntil is not { } end || end <= now,
            _ => false,
        };

    /// <summary>
    /// Whether an attempt was interrupted and the retry period is over. Without this check, a notification that ends
    /// the process would be retried forever.
    /// </summary>
    internal bool IsAbandoned(DateTimeOffset now) =>
        State == NotificationState.Sending && IsDue(now) && now - Created >= RetryPeriod;

    /// <summary>Returns the notification as claimed by a delivery, with one more attempt.</summary>
    internal Notification AsClaimed(DateTimeOffset now) =>
        this with
        {
            State = NotificationState.Sending,
            SendingUntil = now + ClaimTime,
            NotBefore = null,
            Attempts = Attempts + 1,
        };

    /// <summary>Returns the notification as sent.</summary>
    internal Notification AsSent() => this with { State = NotificationState.Sent, SendingUntil = null };

    /// <summary>
    /// Returns the notification after a failed attempt: waiting for its backoff or, when the retry period is over,
    /// failed.
    /// </summary>
    /// <param name="problem">Why it failed.</param>
    /// <param name="now">The current time.</param>
    /// <param name="isFinal">Whether trying again is useless.</param>
    internal Notification AsFailedAttempt(string problem, DateTimeOffset now, bool isFinal = false) =>
        !isFinal && now - Created < RetryPeriod
            ? this with
            {
                State = NotificationState.Waiting,
                SendingUntil = null,
                NotBefore = now + Backoff,
                LastProblem = problem,
            }
            : this with
            {
                State = NotificationState.Failed,
                SendingUntil = null,
                LastProblem = problem,
            };
}

/// <summary>The state of a notification's delivery.</summary>
public enum NotificationState
{
    /// <summary>To be sent, at once or after <see cref="Notification.NotBefore"/>.</summary>
    Waiting = 0,

    /// <summary>Claimed by a delivery until <see cref="Notification.SendingUntil"/>.</summary>
    Sending = 1,

    /// <summary>Accepted by the mail server.</summary>
    Sent = 2,

    /// <summary>Failed for good: see <see cref="Notification.LastProblem"/>.</summary>
    Failed = 3,
}
