namespace ServerlessBlog.Admin.SignIn;

/// <summary>That somebody is signed in, with one browser.</summary>
/// <param name="Id">32 hexadecimal digits.</param>
/// <param name="Until">When it ends.</param>
public sealed record AdminSession(string Id, DateTimeOffset Until)
{
    /// <summary>How long somebody stays signed in: 30 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(30);
}
