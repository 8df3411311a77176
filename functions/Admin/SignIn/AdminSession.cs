namespace ServerlessBlog.Admin.SignIn;

/// <summary>Session of a moderator in one browser. Stored as JSON; also stored for each link that was used.</summary>
/// <param name="Id">32 hexadecimal digits, random.</param>
/// <param name="Until">Expiry.</param>
public sealed record AdminSession(string Id, DateTimeOffset Until)
{
    /// <summary>Lifetime of a session: 30 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);
}
