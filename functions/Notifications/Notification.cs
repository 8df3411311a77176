using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Notifications;

/// <summary>Something that people are told once, by mail: what it says, and how far telling them has come.</summary>
/// <remarks>The text goes out as it is. Whatever in it a stranger wrote has been through <see cref="PlainText.Defang"/> before.</remarks>
public sealed record Notification
{
    /// <summary>The most characters of an id.</summary>
    public const int MaxIdLength = 120;

    /// <summary>The most characters of a subject; a longer one is cut.</summary>
    public const int MaxSubjectLength = 200;

    /// <summary>The most characters of a text; the table row holds that many of any script.</summary>
    public const int MaxTextLength = 20_000;

    /// <summary>The most people that one notice is for; they share a property of the row with all but the text.</summary>
    public const int MaxPeople = 20;

    /// <summary>The most characters of <see cref="LastProblem"/>; a longer one is cut.</summary>
    public const int MaxProblemLength = 500;

    /// <summary>How long one delivery has a notice: storage at its slowest and the notifier's 30 s fit in.</summary>
    internal static readonly TimeSpan ClaimTime = TimeSpan.FromMinutes(2);

    /// <summary>How long a notice is tried before it is given up, from <see cref="Created"/>.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromDays(3);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromHours(1);

    /// <summary>A notice that waits to be sent.</summary>
    /// <param name="id">See <see cref="Id"/>.</param>
    /// <param name="subject">One line; control characters become spaces, and what is beyond <see cref="MaxSubjectLength"/> is cut.</param>
    /// <param name="text">Plain text; see <see cref="Text"/>.</param>
    /// <param name="to">1 to <see cref="MaxPeople"/> people; they see one another's addresses.</param>
    /// <param name="created">When it was made; also the mail's date.</param>
    /// <exception cref="ArgumentException">Not an id, a text that is too long, nobody to tell, or too many.</exception>
    public Notification(string id, string subject, string text, IReadOnlyList<Person> to, DateTimeOffset created)
        : this(id, subject, to, created) => Text = text;

    /// <summary>As it was kept: the text lies beside, see <see cref="NotificationTable"/>.</summary>
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

    /// <summary>1 to 120 of a-z, 0-9 and hyphens. Chosen by the maker, the same for the same occasion: what is given twice is one notice.</summary>
    public string Id { get; }

    /// <summary>One line without control characters.</summary>
    public string Subject { get; }

    /// <summary>Plain text, lines apart by \n, without other control characters than \t.</summary>
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

    /// <summary>Who is told.</summary>
    public IReadOnlyList<Person> To { get; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>How far telling them has come.</summary>
    public NotificationState State { get; init; }

    /// <summary>When the claim of the delivery that has it ends. Null unless it is <see cref="NotificationState.Sending"/>.</summary>
    public DateTimeOffset? SendingUntil { get; init; }

    /// <summary>Before this, no delivery tries it again. Null: it may be tried at once.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>How often sending was begun, also when it was cut off.</summary>
    public int Attempts { get; init; }

    /// <summary>Why the last failed try failed: one line of at most <see cref="MaxProblemLength"/> characters. Null: none has.</summary>
    public string? LastProblem
    {
        get;
        init => field = value is null ? null : PlainText.OneLine(value, MaxProblemLength);
    }

    /// <summary>How long to wait after this many attempts: 30 s, doubled each time, at most 1 h.</summary>
    internal TimeSpan Backoff
    {
        get
        {
            var doubled = FirstBackoff * Math.Pow(2, Math.Clamp(Attempts - 1, 0, 16));
            return doubled < LongestBackoff ? doubled : LongestBackoff;
        }
    }

    /// <summary>Says whether text is an id, see <see cref="Id"/>.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxIdLength }
        && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');

    /// <summary>May a delivery try it now? Not before its time, not while another has it, and never when it is settled.</summary>
    internal bool IsDue(DateTimeOffset now) =>
        State switch
        {
            NotificationState.Waiting => NotBefore is not { } time || time <= now,
            NotificationState.Sending => SendingUntil is not { } end || end <= now,
            _ => false,
        };

    /// <summary>Was it cut off while it was sent, so late that it is not tried again? Else one that ends the process would be tried for ever.</summary>
    internal bool IsCutOffForGood(DateTimeOffset now) =>
        State == NotificationState.Sending && IsDue(now) && now - Created >= Patience;

    internal Notification Claimed(DateTimeOffset now) =>
        this with
        {
            State = NotificationState.Sending,
            SendingUntil = now + ClaimTime,
            NotBefore = null,
            Attempts = Attempts + 1,
        };

    internal Notification Told() => this with { State = NotificationState.Sent, SendingUntil = null };

    /// <summary>Waiting for its backoff to end or, when patience is over, failed.</summary>
    internal Notification NotTold(string problem, DateTimeOffset now) =>
        now - Created < Patience
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
