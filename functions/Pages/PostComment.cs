using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>POST /posts/{id}/comments: keeps a reader's comment and has it judged later.</summary>
public sealed class PostComment(
    PostTable posts, CommentTable comments, ModerationInbox inbox, SignedLinks links, PostPages pages, Front front, TimeProvider clock)
{
    /// <summary>Four fields at their limits, with every character escaped, fit several times.</summary>
    private const int MaxFormBytes = 128 * 1024;

    /// <param name="request">The form; its route value is the post's id.</param>
    /// <param name="cancellationToken">The writer has gone.</param>
    /// <remarks>Saying the same twice is one comment; it is announced again, in case the first time failed half way.</remarks>
    [Function(nameof(PostComment))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "posts/{id}/comments")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!PostId.TryParse(request.RouteValues["id"] as string, out var id)
            || await posts.FindPatientlyAsync(id, cancellationToken) is not { Value: { State: PostState.Published } post })
        {
            return await front.NotFoundAsync(cancellationToken);
        }

        if (await ReadAsync(request, cancellationToken) is not { } offer)
        {
            return await front.SayAsync(StatusCodes.Status415UnsupportedMediaType, "Not a form", "Send the comment with the form under the post.", cancellationToken);
        }

        if (!post.Head.Comments)
        {
            return await AgainAsync(post, offer, Closed, StatusCodes.Status403Forbidden, cancellationToken);
        }

        if (!offer.TryAccept(out var accepted, out var problems))
        {
            return await AgainAsync(post, offer, problems, StatusCodes.Status400BadRequest, cancellationToken);
        }

        var comment = await comments.KeepAsync(await MakeAsync(post.Id, accepted, cancellationToken), cancellationToken);
        await inbox.SendAsync(comment.Key, cancellationToken);
        return new SeeOther($"{post.Path}?receipt={links.Sign(LinkAct.Receipt, comment)}#receipt");
    }

    private static IReadOnlyDictionary<string, string> Closed { get; } =
        new Dictionary<string, string> { ["form"] = "Comments on this post are closed. Your text is still in the form, for you to copy." };

    /// <summary>Null when the request is no form.</summary>
    /// <exception cref="BadHttpRequestException">The form is larger than any comment may be (413).</exception>
    private static async Task<CommentOffer?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return null;
        }

        request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = MaxFormBytes;
        var form = await request.ReadFormAsync(cancellationToken);
        return new CommentOffer(Field("name"), Field("email"), Field("website"), Field("comment"));

        // The form has each field once; whoever sends more is not read further.
        string Field(string name) => form[name] is [var first, ..] ? first ?? "" : "";
    }

    private async Task<Comment> MakeAsync(PostId post, CommentOffer offer, CancellationToken cancellationToken)
    {
        var key = await comments.IdKeyAsync(cancellationToken);
        return new Comment
        {
            Key = new CommentKey(post, CommentId.Of(key, post, offer.Email, offer.Name, offer.Text)),
            Author = offer.Name,
            Email = offer.Email,
            Website = offer.Website.Length > 0 ? offer.Website : null,
            Text = offer.Text,
            Created = clock.GetUtcNow(),
        };
    }

    /// <summary>The page with the form as it was sent, and a sentence at each wrong field.</summary>
    private async Task<IResult> AgainAsync(
        Post post, CommentOffer offer, IReadOnlyDictionary<string, string> problems, int status, CancellationToken cancellationToken)
    {
        var form = new CommentFormView(offer.Name, offer.Email, offer.Website, offer.Text, problems);
        return await pages.RenderAsync(post.Id, form, receipt: null, cancellationToken) is { } page
            ? new PrivateAnswer(page, status)
            : await front.NotFoundAsync(cancellationToken);
    }
}
