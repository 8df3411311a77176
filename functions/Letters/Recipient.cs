namespace ServerlessBlog.Letters;

/// <summary>
/// Somebody who gets letters: mails about replies or new posts, which they asked for and can end. There is one for each
/// mail address.
/// </summary>
public sealed record Recipient
{
    /// <summary>
    /// The id, a UUIDv7 of 32 hexadecimal digits. It is in links and in logs and tells nothing about the address.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>The mail address. Never shown, except to the owner of the blog.</summary>
    public required string Mail { get; init; }

    /// <summary>When the address was first entered.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>
    /// When the owner of the address confirmed it through a mailed link; null before. Until then, the only letter that
    /// goes there is the one with that link.
    /// </summary>
    public DateTimeOffset? Confirmed { get; init; }

    /// <summary>When the last letter with the link to confirm was added; null for never.</summary>
    public DateTimeOffset? Asked { get; init; }

    /// <summary>The number of letters with the link to confirm.</summary>
    public int TimesAsked { get; init; }

    /// <summary>The day (UTC) of the last letter about a reply, as yyyyMMdd; null for none.</summary>
    public string? LastDay { get; init; }

    /// <summary>The number of letters about replies on <see cref="LastDay"/>.</summary>
    public int OnLastDay { get; init; }

    /// <summary>
    /// The time of the last letter about a reply, to a day; without one, when they confirmed or came.
    /// </summary>
    [JsonIgnore]
    public DateTimeOffset LastLetter =>
        DateTimeOffset.TryParseExact(
            LastDay,
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var day
        )
            ? day
            : Confirmed ?? Asked ?? Created;

    /// <summary>What they get of new posts; null for nothing.</summary>
    public PostSubscription? Posts { get; init; }

    /// <summary>What they will get of new posts once they confirm it; null for no change.</summary>
    public PostSubscription? Wanted { get; init; }

    /// <summary>The number of letters in a row that the mail server has refused for good.</summary>
    public int Refusals { get; init; }

    /// <summary>When the mail server last refused a letter for good, or a bounce came; null for never.</summary>
    public DateTimeOffset? LastRefusal { get; init; }

    /// <summary>Whether the owner of the blog imported them as somebody who has confirmed elsewhere.</summary>
    public bool IsImported { get; init; }

    /// <summary>Creates a recipient who has confirmed nothing yet.</summary>
    public static Recipient Create(string mail, DateTimeOffset now) =>
        new()
        {
            Id = Guid.CreateVersion7(now).ToString("N"),
            Mail = mail,
            Created = now,
        };

    /// <summary>Whether a text is a valid <see cref="Id"/>.</summary>
    public static bool IsId([NotNullWhen(true)] string? text) => Guid.TryParseExact(text, "N", out _);

    /// <summary>The number of letters in a row after whose refusal a recipient gets no more: 3.</summary>
    public const int MaxRefusals = 3;

    /// <summary>
    /// Returns the recipient after a letter that was refused for good; after <see cref="MaxRefusals"/> in a row, as one
    /// who has to confirm again.
    /// </summary>
    internal Recipient WithRefusal(DateTimeOffset now) =>
        this with
        {
            Refusals = Refusals + 1,
            LastRefusal = now,
            Confirmed = Refusals + 1 >= MaxRefusals ? null : Confirmed,
        };

    /// <summary>Returns the recipient after a letter that came back: as one who has to confirm again.</summary>
    internal Recipient WithBounce(DateTimeOffset now) => this with { LastRefusal = now, Confirmed = null };

    /// <summary>
    /// Returns the recipient after one more letter about a reply; null when the day has had its most.
    /// </summary>
    internal Recipient? WithOneMore(DateTimeOffset now, int most)
    {
        var today = now.UtcDateTime.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        var count = LastDay == today ? OnLastDay : 0;
        return count >= most ? null : this with { LastDay = today, OnLastDay = count + 1 };
    }
}
