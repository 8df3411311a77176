using System.Text.Encodings.Web;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Admin.Comments;

/// <summary>
/// GET /moderate/badge/{post}: links to edit a post and to its held comments, as a fragment of HTML. The script of the
/// post's page asks for it when somebody is signed in in this browser; the page itself is the same for everybody.
/// </summary>
public sealed class ReadBadge(
    AdminAuthentication authentication,
    PostTable posts,
    CommentLists comments,
    AdminPageResults results,
    PageResponder responder
)
{
    /// <summary>The maximum number of held comments that are read, the latest of all posts: one storage call.</summary>
    private const int MaxRead = 1000;

    /// <param name="request">The request; its route value is the id of the post.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadBadge))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = AdminPaths.BadgeRoute)] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        authentication.AuthorizeAsync(
            request,
            async _ =>
                PostId.TryParse(request.RouteValues["post"] as string, out var id)
                && await posts.FindAsync(id, cancellationToken) is { Value: var post }
                    ? await ShowAsync(post, cancellationToken)
                    : await responder.NotFoundAsync(cancellationToken),
            cancellationToken
        );

    private async Task<IResult> ShowAsync(Post post, CancellationToken cancellationToken)
    {
        var held = await comments.ReadAsync(CommentState.Held, after: null, MaxRead, cancellationToken);
        var count = held.Count(entry => entry.Comment.Post == post.Id);
        var texts = await results.TextsAsync(cancellationToken);
        List<LinkView> links = [new(texts["admin.edit"], AdminPaths.EditPostNamed(post.Source))];
        if (count > 0)
        {
            var query = new CommentQuery(CommentState.Held, Post: post.Id);
            links.Add(new(texts.Count("admin.badge", count), CommentPageRenderer.AddressOf(query)));
        }

        return new BadgeResult(links);
    }

    /// <summary>The links as HTML, in a private response.</summary>
    private sealed class BadgeResult(IReadOnlyList<LinkView> links) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            PrivateResult.MarkPrivate(httpContext.Response);
            var html = string.Join(' ', links.Select(ToHtml));
            return TypedResults.Text(html, "text/html; charset=utf-8").ExecuteAsync(httpContext);
        }

        private static string ToHtml(LinkView link) =>
            $"<a href=\"{HtmlEncoder.Default.Encode(link.Address)}\">{HtmlEncoder.Default.Encode(link.Text)}</a>";
    }
}
