using System.Globalization;
using ServerlessBlog.Comments;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Makes a post's page of the post, its accepted text and its comments. Takes no clock: time changes a page through its revision only.</summary>
public sealed class PostPages(PostTable posts, AcceptedFiles accepted, CommentTable comments, BlogSettings settings, Look look)
{
    /// <summary>The highest page of comments that is looked for.</summary>
    public const int MaxNumber = 100_000;

    /// <summary>The page that everybody sees, with its first comments. Null when the post is not public.</summary>
    public Task<byte[]?> RenderAsync(PostId id, CancellationToken cancellationToken) => RenderAsync(id, 1, CommentFormView.Empty, receipt: null, cancellationToken);

    /// <summary>The page with further comments. Null when there are none, or the post is not public.</summary>
    /// <param name="id">Which post.</param>
    /// <param name="number">Which page of comments, from 1.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    public Task<byte[]?> RenderAsync(PostId id, int number, CancellationToken cancellationToken) =>
        RenderAsync(id, number, CommentFormView.Empty, receipt: null, cancellationToken);

    /// <summary>The page with what one visitor typed or sent. Null when the post is not public.</summary>
    /// <param name="id">Which post.</param>
    /// <param name="form">The form as it was sent, with its problems.</param>
    /// <param name="receipt">The visitor's own comment; null for none.</param>
    /// <param name="cancellationToken">Stops the rendering.</param>
    public Task<byte[]?> RenderAsync(PostId id, CommentFormView form, Comment? receipt, CancellationToken cancellationToken) =>
        RenderAsync(id, 1, form, receipt, cancellationToken);

    private async Task<byte[]?> RenderAsync(PostId id, int number, CommentFormView form, Comment? receipt, CancellationToken cancellationToken)
    {
        if (await posts.FindAsync(id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return null;
        }

        var conversation = ConversationAsync(post, number, cancellationToken);
        var copy = accepted.ReadAsync(post, cancellationToken);
        return await conversation is { } shown
            ? await Html.RenderAsync(PostPage.Create(View(post, BodyOf(post, await copy), shown, form, receipt)), cancellationToken)
            : null;
    }

    private async Task<ConversationView?> ConversationAsync(Post post, int number, CancellationToken cancellationToken)
    {
        var size = settings.Comments.PageSize;
        var tally = comments.TallyAsync(post.Id, cancellationToken);
        var shown = await comments.ShownAsync(post.Id, ((number - 1) * size) + 1, number * size, cancellationToken);
        var pages = Math.Max(1, ((await tally).Last + size - 1) / size);
        return number > pages ? null : new ConversationView(
            [.. shown.Select(View)],
            (await tally).Shown,
            number,
            pages,
            number > 1 ? AddressOf(post, number - 1) : null,
            number < pages ? AddressOf(post, number + 1) : null);
    }

    private static string AddressOf(Post post, int number) =>
        number == 1 ? $"{post.Path}#comments" : string.Create(CultureInfo.InvariantCulture, $"{post.Path}/comments/{number}#comments");

    private CommentView View(Comment comment) => new(
        comment.Number, comment.Author, comment.Website, Local(comment.Created), CommentMarkdown.ToHtml(comment.Text));

    private PostView View(Post post, string bodyHtml, ConversationView conversation, CommentFormView form, Comment? receipt) => new(
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
        conversation,
        post.Head.Comments || form.Problems.Count > 0 ? form : null,
        receipt is null ? null : new ReceiptView(StateWords.Of(receipt.State), CommentMarkdown.ToHtml(receipt.Text), receipt.Author, Local(receipt.Created)));

    private string BodyOf(Post post, byte[] copy) =>
        PostFile.TryRead(post.Source, copy, settings.TimeZone, out var file, out var problem)
            ? PostMarkdown.ToHtml(file.Body)
            : throw new InvalidDataException($"The accepted copy of {post.Source} cannot be read: {problem}");

    private DateTimeOffset Local(DateTimeOffset time) => TimeZoneInfo.ConvertTime(time, settings.TimeZone);
}
