using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Site.Comments;

/// <summary>A comment that everybody sees, or the empty place of one that was taken away while others answer it.</summary>
public sealed record CommentView
{
    /// <summary>Its number in the conversation, from 1; hidden comments leave gaps.</summary>
    public required int Number { get; init; }

    /// <summary>The name its writer gave.</summary>
    public required string Author { get; init; }

    /// <summary>What stands beside the name; null for an empty place.</summary>
    public AvatarView? Avatar { get; init; }

    /// <summary>Whether one of the blog's authors wrote it at the desk.</summary>
    public bool IsByAuthor { get; init; }

    /// <summary>The writer's website, known to be http or https; null when none was given.</summary>
    public string? Website { get; init; }

    /// <summary>When it was written, in the blog's time zone.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>Its text, sanitised. Trusted: written as it is. Null for an empty place.</summary>
    public string? BodyHtml { get; init; }

    /// <summary>Whom it answers, where that is not the comment right above; null where it is.</summary>
    public LinkView? Answers { get; init; }

    /// <summary>Those below it.</summary>
    public required IReadOnlyList<CommentView> Replies { get; init; }
}
