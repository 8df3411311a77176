using ServerlessBlog.Posts;

namespace ServerlessBlog.Comments;

/// <summary>Creates what readers get of approved comments.</summary>
public sealed class PublicCommentFactory(CommentHtmlCache html, BlogSettings settings)
{
    /// <summary>Creates what readers get of an approved comment.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="parent">
    /// The comment of <see cref="PublicComment.Parent"/>, or one that is not shown; null when there is none.
    /// </param>
    /// <param name="post">The path of its post.</param>
    public PublicComment Create(Comment comment, Comment? parent, SitePath post) =>
        new()
        {
            Key = comment.Key,
            Number = comment.Number,
            Link = LinkTo(comment, post),
            Address = AddressOf(comment, post),
            Parent = parent is { State: CommentState.Approved }
                ? new ParentComment(parent.Key, parent.Number, settings.BaseUrl + LinkTo(parent, post), parent.Author)
                : null,
            Author = comment.Author,
            Website = comment.Website is { Length: > 0 } website ? website : null,
            IsByAuthor = comment.IsByAuthor,
            Created = comment.Created,
            Updated = comment.Updated,
            Html = html.ToHtml(comment.Body),
            PlainText = html.ToPlainText(comment.Body),
        };

    /// <summary>The absolute address of an approved comment on the page of its thread.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="post">The path of its post.</param>
    public string AddressOf(Comment comment, SitePath post) => settings.BaseUrl + LinkTo(comment, post);

    private string LinkTo(Comment comment, SitePath post)
    {
        var page = CommentsPage.OfThread(comment.Position!.Value.Thread, settings.Comments.PageSize);
        return string.Create(CultureInfo.InvariantCulture, $"{page.LinkTo(post)}#comment-{comment.Number}");
    }
}
