namespace ServerlessBlog.Posts;

/// <summary>
/// The revision of something that pages show: a fresh, opaque UUIDv7, so that no two states share one. Part of each
/// page's cache key.
/// </summary>
/// <param name="Text">32 hexadecimal digits.</param>
public readonly record struct Revision(string Text)
{
    /// <summary>The revision before the first change: 32 zeros.</summary>
    public static Revision None { get; } = new(new string('0', 32));

    /// <summary>
    /// The time of creation, with a resolution of 1 ms: the first 48 bits of a UUIDv7 (RFC 9562, section 5.7).
    /// </summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(Text[..12], 16));

    /// <summary>Creates a revision that has not been used before.</summary>
    public static Revision Next(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
}
