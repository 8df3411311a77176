namespace ServerlessBlog.Posts.Storage;

/// <summary>How long a value read from storage counts as fresh.</summary>
public static class Freshness
{
    /// <summary>The maximum delay until a change made by another instance is served: 2 s.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The age from which a value is read again: 1.5 s. Shorter than <see cref="Lifetime"/>, so that for another 0.5 s
    /// responses are still served from memory while one request reads again; under steady traffic no request waits.
    /// </summary>
    public static TimeSpan RefreshAfter { get; } = TimeSpan.FromSeconds(1.5);
}
