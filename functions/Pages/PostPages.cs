using ServerlessBlog.Comments;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Makes a post's page of the post, its accepted text and its comments. Takes no clock: time changes a page through its revision only.</summary>
public sealed class PostPages(PostTable posts, AcceptedFiles accepted, CommentTable comments, BlogSettings settings, Look look)
{
    /// <summary>The page that everybody sees. Null when the post is not public.</summary>
    public Task<byte[]?> RenderAsync(PostId id, CancellationToken cancellationToken) => RenderAsync(id, CommentFormView.Empty, receipt: null, cancellationToken);

    /// <summary>The page with what one visitor typed or sent. Null when the post is not public.</summary>
    /// <param name="id">Which post.</param>
    /// <param name="form">The form as it was sent, with its problems.</param>
    /// <param name="receipt">The visitor's own comment; null for none.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    public async Task<byte[]?> RenderAsync(PostId id, CommentFormView form, Comment? receipt, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var shown = comments.ShownAsync(id, cancellationToken);
        var body = BodyOf(post, await accepted.ReadAsync(post, cancellationToken));
        var view = View(post, body, await shown, form, receipt);
        return await Html.RenderAsync(PostPage.Create(view), cancellationToken);
    }

    private PostView View(Post post, string bodyHtml, IReadOnlyList<Comment> shown, CommentFormView form, Comment? receipt) => new(
        look.Frame,
        post.Id.ToString(),
        post.Path,
        post.Head.Title,
        post.Head.Author ?? settings.DefaultAuthor,
        Local(post.Date),
        post.Head.Tags,
        post.Head.Summary,
        post.Head.Picture is { } picture ? new PostImage(picture.Address, picture.Alt, picture.CreditText, picture.CreditAddress) : null,
        bodyHtml,
        [.. shown.Select((comment, index) => new CommentView(
            index + 1, comment.Key.Comment.ToString(), comment.Author, comment.Website, Local(comment.Created), CommentMarkdown.ToHtml(comment.Text)))],
        post.Head.Comments || form.Problems.Count > 0 ? form : null,
        receipt is null ? null : new ReceiptView(StateWords.Of(receipt.State), CommentMarkdown.ToHtml(receipt.Text), receipt.Author, Local(receipt.Created)));

    private string BodyOf(Post post, byte[] copy) =>
        PostFile.TryRead(post.Source, copy, settings.TimeZone, out var file, out var problem)
            ? PostMarkdown.ToHtml(file.Body)
            : throw new InvalidDataException($"The accepted copy of {post.Source} cannot be read: {problem}");

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, settings.TimeZone);
}
