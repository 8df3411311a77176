namespace ServerlessBlog.Admin.Posts;

/// <summary>Messages of the post editor, beside the fields of its form.</summary>
public sealed record EditorMessages
{
    /// <summary>Error message of the file name; null for none.</summary>
    public string? NameProblem { get; init; }

    /// <summary>Error message of the text; null for none.</summary>
    public string? TextProblem { get; init; }

    /// <summary>Error message of the sent file; null for none.</summary>
    public string? FileProblem { get; init; }

    /// <summary>Sentence that confirms the last action; null for none.</summary>
    public string? Confirmation { get; init; }

    /// <summary>State of publishing of the saved file; null when the form does not show the saved file.</summary>
    public PublishStateView? State { get; init; }

    /// <summary>
    /// HTML of the preview, not sanitised: it is the author's own. Null without a preview.
    /// </summary>
    public string? PreviewHtml { get; init; }

    /// <summary>Remarks on the previewed text, one sentence each; may be empty.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Text of the file as somebody else saved it meanwhile; null without a conflict.</summary>
    public string? ConflictingText { get; init; }
}
