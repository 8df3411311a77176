namespace ServerlessBlog.Posts;

/// <summary>The number of a state of something that pages show: fresh and opaque (UUIDv7), so that no two states share one.</summary>
/// <param name="Text">32 hexadecimal digits.</param>
public readonly record struct Revision(string Text)
{
    /// <summary>Stands before the first change.</summary>
    public static Revision None { get; } = new(new string('0', 32));

    /// <summary>When it was made, to the millisecond.</summary>
    public DateTimeOffset Time => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(Text[..12], 16));

    /// <summary>A revision that never was before.</summary>
    public static Revision Next(TimeProvider clock) => new(Guid.CreateVersion7(clock.GetUtcNow()).ToString("N"));
}
