namespace ServerlessBlog.Posts;

/// <summary>Whether readers see a post. Stored by name.</summary>
public enum PostState
{
    /// <summary>Never public and not scheduled: marked as a draft, or deleted or expired before its date.</summary>
    Draft,

    /// <summary>Never public; becomes so at its date.</summary>
    Scheduled,

    /// <summary>Public.</summary>
    Published,

    /// <summary>
    /// Was public; now deleted, expired, a draft again, or given a future date. Its addresses return 410 Gone.
    /// </summary>
    Withdrawn,
}
