namespace ServerlessBlog.Comments;

/// <summary>
/// An approved comment as readers get it, in every form: on the page of its post with microformats, in the page's
/// JSON-LD, and in feeds.
/// </summary>
public sealed record PublicComment
{
    /// <summary>The ids of the post and of the comment.</summary>
    public required CommentKey Key { get; init; }

    /// <summary>The number within the post, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The path of the page of comments that has it, in the order of approval, and its place there.</summary>
    public required string Link { get; init; }

    /// <summary>The absolute address of <see cref="Link"/>.</summary>
    public required string Address { get; init; }

    /// <summary>
    /// The comment that it replies to; when that is not shown, the one that it is nested below, as readers see it. Null
    /// when it is no reply, and when it is nested below a placeholder.
    /// </summary>
    public required ParentComment? Parent { get; init; }

    /// <summary>The name of the writer.</summary>
    public required string Author { get; init; }

    /// <summary>The website of the writer, an http or https address; null for none.</summary>
    public required string? Website { get; init; }

    /// <summary>True when an author of the blog wrote it in the admin area.</summary>
    public required bool IsByAuthor { get; init; }

    /// <summary>When it was submitted.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When readers last got something new, see <see cref="Comment.Updated"/>.</summary>
    public required DateTimeOffset Updated { get; init; }

    /// <summary>Sanitised HTML of the text, to be written without encoding.</summary>
    public required string Html { get; init; }

    /// <summary>The text without markup on one line, see <see cref="CommentHtmlCache.ToPlainText"/>.</summary>
    public required string PlainText { get; init; }
}

/// <summary>The comment that another one replies to.</summary>
/// <param name="Key">The ids of the post and of the comment.</param>
/// <param name="Number">The number within the post.</param>
/// <param name="Address">The absolute address.</param>
/// <param name="Author">The name of the writer.</param>
public sealed record ParentComment(CommentKey Key, int Number, string Address, string Author);
