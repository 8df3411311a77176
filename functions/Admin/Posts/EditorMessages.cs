namespace ServerlessBlog.Admin.Posts;

/// <summary>What the form that edits a post says beside what is typed in it.</summary>
public sealed record EditorMessages
{
    /// <summary>What is wrong with the name; null for nothing.</summary>
    public string? NameProblem { get; init; }

    /// <summary>What is wrong with the text; null for nothing.</summary>
    public string? TextProblem { get; init; }

    /// <summary>What is wrong with the file beside it; null for nothing.</summary>
    public string? FileProblem { get; init; }

    /// <summary>What has just been done; null for nothing.</summary>
    public string? Confirmation { get; init; }

    /// <summary>What has become of the file that is saved; null when it is not shown as it was saved.</summary>
    public PublishStateView? State { get; init; }

    /// <summary>What the text would look like. The author's own: written as it is. Null when nobody asked.</summary>
    public string? PreviewHtml { get; init; }

    /// <summary>What is to be said of the text that is shown so, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What somebody else has made of the file meanwhile; null for nothing.</summary>
    public string? ConflictingText { get; init; }
}
