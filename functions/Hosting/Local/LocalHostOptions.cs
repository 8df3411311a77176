namespace ServerlessBlog.Hosting.Local;

/// <summary>How the local host waits, where the Functions host has host.json.</summary>
public sealed record LocalHostOptions
{
    /// <summary>Between two looks into an empty queue, unless this program puts something into it.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether a queue is looked into at once when this program has put something into it.</summary>
    public bool IsListening { get; init; } = true;

    /// <summary>How long a message is hidden from others while a function has it; after a crash it comes again this much later.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a message is hidden after its function failed: host.json's visibilityTimeout.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two looks at the author's files.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(250);
}
