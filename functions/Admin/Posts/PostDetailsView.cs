using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Posts;

/// <summary>What a request asks the page of a post to show.</summary>
/// <param name="Version">Number of the version whose text is shown; null for none.</param>
/// <param name="Did">Act that was just done: delete, rename or restore; any other text for none.</param>
public sealed record PostDetailsRequest(int? Version, string Did)
{
    /// <summary>Reason why the act was not done; null for none.</summary>
    public Texts.TextReference? Problem { get; init; }

    /// <summary>Secret link that was just created; null for none.</summary>
    public string? PreviewAddress { get; init; }

    /// <summary>New name as it was typed; empty for none.</summary>
    public string TypedName { get; init; } = "";
}

/// <summary>View of the page of a post in the admin area.</summary>
public sealed record PostDetailsView
{
    /// <summary>Layout data that every page shows.</summary>
    public required SiteLayout Site { get; init; }

    /// <summary>Title of the post.</summary>
    public required string Title { get; init; }

    /// <summary>Address of this page, which its forms post to.</summary>
    public required string Address { get; init; }

    /// <summary>State as a word.</summary>
    public required string State { get; init; }

    /// <summary>Name of the file.</summary>
    public required string Source { get; init; }

    /// <summary>Date of publication in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>ETag of the file; empty when it is deleted.</summary>
    public required string Version { get; init; }

    /// <summary>Address of the editor; null when the file is deleted.</summary>
    public required string? EditAddress { get; init; }

    /// <summary>Address of the post for readers; null when they do not see it.</summary>
    public required string? ViewAddress { get; init; }

    /// <summary>Lines of the report; empty when there is none.</summary>
    public required IReadOnlyList<string> Report { get; init; }

    /// <summary>True when the report is a refusal of the file as it is now.</summary>
    public required bool IsRefused { get; init; }

    /// <summary>The last versions, newest first.</summary>
    public required IReadOnlyList<PostVersionView> Versions { get; init; }

    /// <summary>Version whose text is shown; null for none.</summary>
    public required PostTextView? Shown { get; init; }

    /// <summary>True when readers do not see the post, so that it can have secret links.</summary>
    public required bool CanBePreviewed { get; init; }

    /// <summary>Secret link that was just created; null for none.</summary>
    public required string? PreviewAddress { get; init; }

    /// <summary>Field of the new name.</summary>
    public required FieldView Name { get; init; }

    /// <summary>Sentence that confirms the last act; null for none.</summary>
    public required string? Confirmation { get; init; }

    /// <summary>Reason why the last act was not done; null for none.</summary>
    public required string? Problem { get; init; }

    /// <summary>True when the file is deleted, and can be brought back.</summary>
    public bool IsDeleted => Version.Length == 0;
}

/// <summary>View of a version of a post.</summary>
/// <param name="Number">Number of the version.</param>
/// <param name="Time">Time at which the file was written, in the blog's time zone.</param>
/// <param name="Origin">Where it came from, in words.</param>
/// <param name="Title">Title in this version.</param>
/// <param name="Address">Address of the page with its text.</param>
/// <param name="IsCurrent">True when the post has this text now.</param>
public sealed record PostVersionView(
    int Number,
    DateTimeOffset Time,
    string Origin,
    string Title,
    string Address,
    bool IsCurrent
);

/// <summary>View of the text of a version.</summary>
/// <param name="Version">The version.</param>
/// <param name="Text">Its text.</param>
public sealed record PostTextView(PostVersionView Version, string Text);
