using ServerlessBlog.Texts;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Comments;

/// <summary>View of a comment in the admin area.</summary>
public sealed record ModeratedCommentView
{
    /// <summary>Maximum number of characters of a text that a row shows unfolded: two lines on a wide screen.</summary>
    private const int MaxInRow = 150;

    private const int MaxLinesInRow = 2;

    /// <summary>Interface texts of the blog.</summary>
    public required SiteTexts Texts { get; init; }

    /// <summary>Id of the element, which an action on the comment before leads to.</summary>
    public required string Id { get; init; }

    /// <summary>True when its checkbox is ticked at first.</summary>
    public required bool IsChecked { get; init; }

    /// <summary>Form value of the comment, see <see cref="CommentVersion"/>; null when no action is possible.</summary>
    public required string? Item { get; init; }

    /// <summary>Name of the writer, or a remark that the comment was erased.</summary>
    public required string Author { get; init; }

    /// <summary>E-mail address of the writer.</summary>
    public required string Email { get; init; }

    /// <summary>Website of the writer; null for none.</summary>
    public required string? Website { get; init; }

    /// <summary>Link to the post.</summary>
    public required LinkView Post { get; init; }

    /// <summary>Id of the post, for the link to all its comments; null on the page of one comment.</summary>
    public required string? PostId { get; init; }

    /// <summary>Time of writing, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Markdown of the comment, shown as text.</summary>
    public required string Text { get; init; }

    /// <summary>Its beginning, when the text is too long for a row of the list; null when it is not.</summary>
    public string? Excerpt =>
        HistoryAddress is not null
        && (Text.Length > MaxInRow || Text.AsSpan().Count('\n') >= MaxLinesInRow)
        && string.Join(' ', Text[..Math.Min(Text.Length, 4 * MaxInRow)].Split()) is var line
            ? line[..LengthOfBeginning(line)] + " …"
            : null;

    /// <summary>New text by the writer that waits for a verdict; null for none.</summary>
    public required string? NewText { get; init; }

    /// <summary>Reasons of the last verdict, one sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Actions on the comment.</summary>
    public required IReadOnlyList<ActionButtonView> Actions { get; init; }

    /// <summary>Address of the comment's page with its history; null on that page.</summary>
    public required string? HistoryAddress { get; init; }

    private static int LengthOfBeginning(string line) =>
        line.Length <= MaxInRow ? line.Length
        : char.IsHighSurrogate(line[MaxInRow - 1]) ? MaxInRow - 1
        : MaxInRow;
}

/// <summary>Button for an action on comments.</summary>
/// <param name="Value">Value that the form sends, see <see cref="ModeratorAction"/>.</param>
/// <param name="Text">Text of the button.</param>
public sealed record ActionButtonView(string Value, string Text);
