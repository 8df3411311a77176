namespace ServerlessBlog.Comments;

/// <summary>The text of a comment with the format that it is written in.</summary>
/// <param name="Text">The text as typed.</param>
/// <param name="Format">Its format.</param>
public readonly record struct CommentBody(string Text, CommentFormat Format)
{
    /// <summary>Renders the comment as HTML that is safe to write into a page.</summary>
    /// <exception cref="ArgumentException">The text is nested deeper than Markdig's limit of 128 levels.</exception>
    public string ToHtml() => Format == CommentFormat.Html ? CommentHtml.Sanitize(Text) : CommentMarkdown.ToHtml(Text);

    /// <summary>The beginning as plain text on one line, at most 160 characters: two lines of a page.</summary>
    public string ToExcerpt() =>
        Format == CommentFormat.Html ? CommentHtml.ToExcerpt(Text) : CommentMarkdown.ToExcerpt(Text);

    /// <summary>Counts the links that <see cref="ToHtml"/> writes.</summary>
    /// <exception cref="ArgumentException">The text is nested deeper than Markdig's limit of 128 levels.</exception>
    public int CountLinks() =>
        Format == CommentFormat.Html ? CommentHtml.CountLinks(Text) : CommentMarkdown.CountLinks(Text);

    /// <summary>The text as its writer can change it in a form, which takes Markdown.</summary>
    public string ToEditableText() => Format == CommentFormat.Html ? CommentHtml.ToPlainText(Text) : Text;
}

/// <summary>The format of a comment's text.</summary>
public enum CommentFormat
{
    /// <summary>Markdown: all comments that were written in this blog.</summary>
    Markdown,

    /// <summary>HTML: comments that were imported from a blog that has them so.</summary>
    Html,
}
