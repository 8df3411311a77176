using ServerlessBlog.Comments;

namespace ServerlessBlog.Import;

/// <summary>A comment that an importer has read.</summary>
/// <param name="Place">Where it comes from, for the report.</param>
/// <param name="Problem">Why it is left out; null when there is a comment.</param>
internal sealed record ReadComment(string Place, string? Problem)
{
    /// <summary>Whether what is left out is no comment of a person, such as a pingback.</summary>
    public bool IsNotNeeded { get; init; }

    /// <summary>The comment; null when it is left out.</summary>
    public Comment? Comment { get; init; }

    /// <summary>The number that it had among the comments of its post; the greatest number for none.</summary>
    public int Order { get; init; } = int.MaxValue;

    /// <summary>What is not as it was, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
