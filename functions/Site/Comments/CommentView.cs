using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Comments;

/// <summary>View of a public comment, or of the placeholder of a removed comment that has replies.</summary>
public sealed record CommentView
{
    /// <summary>Number within the post, from 1; comments that are not public leave gaps.</summary>
    public required int Number { get; init; }

    /// <summary>Name of the writer; empty for a placeholder.</summary>
    public required string Author { get; init; }

    /// <summary>Avatar of the writer; null for a placeholder.</summary>
    public AvatarView? Avatar { get; init; }

    /// <summary>True when an author of the blog wrote it in the admin area.</summary>
    public bool IsByAuthor { get; init; }

    /// <summary>Website of the writer, an http or https address; null for none.</summary>
    public string? Website { get; init; }

    /// <summary>Time of writing, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Sanitised HTML of the text, written without encoding. Null for a placeholder.</summary>
    public string? BodyHtml { get; init; }

    /// <summary>
    /// Link to the comment that it replies to, where the thread does not show this because the maximum depth is
    /// reached. Null otherwise.
    /// </summary>
    public LinkView? ReplyTo { get; init; }

    /// <summary>Replies, nested below this comment.</summary>
    public required IReadOnlyList<CommentView> Replies { get; init; }
}
