namespace ServerlessBlog.Posts;

/// <summary>How long something read from storage counts as fresh.</summary>
public static class Freshness
{
    /// <summary>2 s: another instance's change is seen at most this much later.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>1.5 s: who asks from then on has it read again beside the request, so that while readers come none of them waits for it.</summary>
    public static TimeSpan LookAgain { get; } = TimeSpan.FromSeconds(1.5);
}
