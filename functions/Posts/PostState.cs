namespace ServerlessBlog.Posts;

/// <summary>Whether readers see a post.</summary>
public enum PostState
{
    /// <summary>Not meant for readers yet, and never was.</summary>
    Draft,

    /// <summary>Has a date to come, and never was public.</summary>
    Scheduled,

    /// <summary>Readers see it.</summary>
    Published,

    /// <summary>Was public, and is deleted, a draft again, or dated later again: its address answers 410.</summary>
    Withdrawn,
}
