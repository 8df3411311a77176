namespace ServerlessBlog.Comments;

/// <summary>A reader's words under a post.</summary>
public sealed record Comment
{
    /// <summary>Where it is kept.</summary>
    public required CommentKey Key { get; init; }

    /// <summary>The writer's name, 1 to 80 characters.</summary>
    public required string Author { get; init; }

    /// <summary>The writer's address, for the moderator alone.</summary>
    public required string Email { get; init; }

    /// <summary>The writer's website, http or https; null when none was given.</summary>
    public string? Website { get; init; }

    /// <summary>As typed: Markdown, 1 to 4,000 characters.</summary>
    public required string Text { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>What has been decided.</summary>
    public CommentState State { get; init; }

    /// <summary>Its place among the comments that everybody sees, from 1, given when it was first shown; 0 before.</summary>
    public int Number { get; init; }

    /// <summary>Why, one sentence each.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How often something was decided: numbers the audit entries.</summary>
    public int Decisions { get; init; }
}
