namespace ServerlessBlog.Admin.SignIn;

/// <summary>Session of a moderator in one browser. Stored as JSON; also stored for each link that was used.</summary>
/// <param name="Id">32 hexadecimal digits, random.</param>
/// <param name="Until">Expiry.</param>
/// <remarks>Rows of version 1.0.0 have these two only.</remarks>
public sealed record AdminSession(string Id, DateTimeOffset Until)
{
    /// <summary>Lifetime of a session: 30 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);

    /// <summary>Maximum length of <see cref="UserAgent"/> in characters.</summary>
    public const int MaxUserAgent = 200;

    /// <summary>A time on the last day of use, in UTC; null when it was not noted.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>What the browser said about itself when it signed in, cut; null when it was not noted.</summary>
    public string? UserAgent { get; init; }

    /// <summary>When the session began.</summary>
    [JsonIgnore]
    public DateTimeOffset Begun => Until - Lifetime;

    /// <summary>Begins a session now.</summary>
    /// <param name="userAgent">The header User-Agent.</param>
    /// <param name="now">The current time.</param>
    public static AdminSession Begin(string userAgent, DateTimeOffset now) =>
        new(SignInLink.NewId(), now + Lifetime) { LastUsed = now, UserAgent = Cut(userAgent) };

    /// <summary>Cuts a User-Agent header to the part that is stored.</summary>
    public static string Cut(string userAgent) =>
        userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent;
}
