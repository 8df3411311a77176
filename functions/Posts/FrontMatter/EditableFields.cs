namespace ServerlessBlog.Posts.FrontMatter;

/// <summary>
/// The fields of a post that its editor shows by themselves. Empty for one that the file does not have.
/// </summary>
public sealed record EditableFields
{
    /// <summary>The title.</summary>
    public string Title { get; init; } = "";

    /// <summary>The tags, with commas between them.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The date as the file spells it.</summary>
    public string Date { get; init; } = "";

    /// <summary>The summary, in one line.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The address of the lead picture.</summary>
    public string Picture { get; init; } = "";

    /// <summary>Whether the front matter says that the post is a draft.</summary>
    public bool IsDraft { get; init; }

    /// <summary>The rest of the front matter as text, with its comments.</summary>
    public string Others { get; init; } = "";
}
