namespace ServerlessBlog.Posts;

/// <summary>How long something read from storage counts as fresh.</summary>
public static class Freshness
{
    /// <summary>2 s: another instance's change is seen at most this much later.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(2);
}
