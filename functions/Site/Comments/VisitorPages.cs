using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Comments;

/// <summary>
/// The pages of a post for one visitor: with their own comment after sending it, or with the form to reply to a
/// comment. Private: no cache holds them, so their queries form no cache key.
/// </summary>
public sealed class VisitorPages(PostPageRenderer pages, SignedLinks links, CommentTable comments)
{
    /// <summary>Name in the query of the number of the comment to reply to.</summary>
    public const string ReplyQuery = "reply";

    private const string ReceiptQuery = "receipt";

    /// <summary>Name in the query that says that the page was loaded again: it is not a second time.</summary>
    private const string AgainQuery = "again";

    /// <summary>The query parameters that ask for one of these pages.</summary>
    public static IReadOnlyList<string> Queries { get; } = [ReplyQuery, ReceiptQuery, AgainQuery];

    /// <summary>Seconds until the browser loads the receipt of a comment that waits for the rules again: 3.</summary>
    private const int SecondsToLookAgain = 3;

    /// <summary>The address of the receipt of a comment.</summary>
    /// <param name="path">Path of the post.</param>
    /// <param name="page">Page of the conversation that shows the receipt.</param>
    /// <param name="comment">The comment.</param>
    public string ReceiptAddress(SitePath path, CommentsPage page, Comment comment) =>
        ReceiptAddress(path, page, comment, suffix: "");

    /// <summary>
    /// Returns the private page that the query asks for. Null for any other query, or when it names no comment of the
    /// post: the public page is served then.
    /// </summary>
    public async Task<IResult?> FindAsync(
        HttpRequest request,
        Address address,
        CommentsPage page,
        CancellationToken cancellationToken
    ) =>
        !request.QueryString.HasValue ? null
        : request.Query[ReplyQuery] is [{ Length: > 0 } number]
            ? await FindReplyAsync(address, page, number, cancellationToken)
        : await FindReceiptAsync(request, address, page, cancellationToken);

    /// <summary>
    /// Returns the form with the comment that it replies to, of which it shows the beginning. Unchanged when it replies
    /// to none, or there is no approved comment with its number.
    /// </summary>
    public async Task<CommentFormView> WithQuoteAsync(
        CommentFormView form,
        PostId post,
        CancellationToken cancellationToken
    ) =>
        int.TryParse(form.ReplyTo.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await comments.FindByNumberAsync(post, number, cancellationToken) is { } comment
            ? form with
            {
                Quote = new QuoteView(comment.Author, comment.Body.ToExcerpt()),
            }
            : form;

    private async Task<IResult?> FindReplyAsync(
        Address address,
        CommentsPage page,
        string number,
        CancellationToken cancellationToken
    ) =>
        await WithQuoteAsync(CommentFormView.Empty with { ReplyTo = number }, address.Post, cancellationToken)
            is { Quote: not null } form
        && await pages.RenderAsync(address.Post, page, form, receipt: null, cancellationToken) is { } rendered
            ? new PrivateResult(rendered)
            : null;

    /// <summary>
    /// The page with the visitor's own comment; a redirect when the comment is on another page of the conversation.
    /// </summary>
    private async Task<IResult?> FindReceiptAsync(
        HttpRequest request,
        Address address,
        CommentsPage page,
        CancellationToken cancellationToken
    )
    {
        if (
            !links.TryRead(request.Query[ReceiptQuery], out var action, out var key)
            || action != LinkAction.Receipt
            || key.Post != address.Post
            || await comments.FindAsync(key, cancellationToken) is not { Value: var comment }
        )
        {
            return null;
        }

        if (comment.State == CommentState.Approved)
        {
            var own = await pages.FindPageAsync(comment, cancellationToken);
            if (own != page)
            {
                return new SeeOther(ReceiptAddress(address.Path, own, comment));
            }
        }

        var looksAgain = comment.State == CommentState.Waiting && !request.Query.ContainsKey(AgainQuery);
        var receipt = new Receipt(comment, looksAgain);
        if (looksAgain)
        {
            request.HttpContext.Response.Headers["Refresh"] = string.Create(
                CultureInfo.InvariantCulture,
                $"{SecondsToLookAgain}; url={ReceiptAddress(address.Path, page, comment, $"&{AgainQuery}=1")}"
            );
        }

        return
            await pages.RenderAsync(address.Post, page, CommentFormView.Empty, receipt, cancellationToken)
                is { } rendered
            ? new PrivateResult(rendered)
            : null;
    }

    private string ReceiptAddress(SitePath path, CommentsPage page, Comment comment, string suffix)
    {
        var token = links.Sign(LinkAction.Receipt, comment);
        return $"{page.LinkTo(path)}?{ReceiptQuery}={token}{suffix}#receipt";
    }
}
