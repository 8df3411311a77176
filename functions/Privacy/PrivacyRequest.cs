namespace ServerlessBlog.Privacy;

/// <summary>
/// Somebody's question what is kept about a mail address. Answered only through a link that is mailed there.
/// </summary>
/// <param name="Id">The id, a UUIDv7 of 32 hexadecimal digits, which is in the link.</param>
/// <param name="Mail">The mail address.</param>
/// <param name="Created">When it was asked.</param>
public sealed record PrivacyRequest(string Id, string Mail, DateTimeOffset Created)
{
    /// <summary>How long the link works: 1 day.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);
}
