namespace ServerlessBlog.Posts.Storage;

/// <summary>How long something read from storage counts as fresh.</summary>
public static class Freshness
{
    /// <summary>2 s: another instance's change is seen at most this much later.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>1.5 s: what is older is looked at again, while readers still have it: so while they come, none of them waits for it.</summary>
    public static TimeSpan RefreshAfter { get; } = TimeSpan.FromSeconds(1.5);
}
