namespace ServerlessBlog.Hosting.Storage;

/// <summary>Times of queue messages that become visible at a set time.</summary>
/// <remarks>
/// A message can be invisible for at most 7 days, and less than its time to live
/// (https://learn.microsoft.com/rest/api/storageservices/put-message).
/// </remarks>
internal static class MessageTimes
{
    /// <summary>The time to live of a message that never expires. By default, it expires after 7 days.</summary>
    public static readonly TimeSpan NoExpiry = TimeSpan.FromSeconds(-1);

    /// <summary>
    /// The maximum delay of a message: 6 days. One for a later time sends itself again when it arrives.
    /// </summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromDays(6);

    /// <summary>
    /// The delay of a message that is to arrive at a time, in whole seconds rounded up, as storage has no parts of
    /// them: zero for a time that has passed, at most <see cref="MaxDelay"/>.
    /// </summary>
    public static TimeSpan DelayUntil(DateTimeOffset time, DateTimeOffset now)
    {
        var delay = TimeSpan.FromSeconds(Math.Ceiling(Math.Max(0, (time - now).TotalSeconds)));
        return delay < MaxDelay ? delay : MaxDelay;
    }
}
