using ServerlessBlog.Letters.Replies;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Letters.Endpoints;

/// <summary>
/// GET /letters/{token}: the page behind the links in letters, on which a recipient confirms their address, chooses
/// what they get, or ends it. POST does it, and RFC 8058's one-click request of mail programs too.
/// </summary>
public sealed class ManageLetters(
    LetterLinks links,
    RecipientTable recipients,
    FollowerTable followers,
    LetterChoices choices,
    PostTable posts,
    SiteLayoutProvider layouts,
    PageResponder responder
)
{
    private const int MaxFormBytes = 8 * 1024;
    private const string DoneQuery = "done";

    /// <param name="request">The request; the route value is the signed token.</param>
    /// <param name="cancellationToken">Cancelled when the request is aborted.</param>
    [Function(nameof(ManageLetters))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", "post", Route = LetterLinks.Segment + "/{token}")]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (!links.TryRead(request.RouteValues["token"] as string, out var id, out var scope))
        {
            return await responder.MessageAsync(
                StatusCodes.Status404NotFound,
                "link.title",
                "link.sentence",
                cancellationToken
            );
        }

        if (HttpMethods.IsPost(request.Method))
        {
            return await ActAsync(request, id, scope, cancellationToken);
        }

        return await recipients.FindAsync(id, cancellationToken) is { Value: var recipient }
            ? await ShowAsync(request, recipient, scope, cancellationToken)
            : await responder.MessageAsync(
                StatusCodes.Status200OK,
                "letters.stopped-title",
                request.Query[DoneQuery] == LetterChoices.Stop ? "letters.stopped" : "letters.gone",
                cancellationToken
            );
    }

    private async Task<IResult> ActAsync(
        HttpRequest request,
        string recipient,
        LetterScope scope,
        CancellationToken cancellationToken
    )
    {
        var form = await FormReader.ReadAsync(request, MaxFormBytes, cancellationToken);
        var isOneClick = form.Field("List-Unsubscribe") == "One-Click";
        var act = isOneClick ? LetterChoices.Unsubscribe : form.Field("act");
        await choices.ApplyAsync(
            recipient,
            scope,
            new LetterChoice(act, form.Field("wants"), form.Field("tags")),
            cancellationToken
        );
        if (isOneClick)
        {
            // No redirect: RFC 8058, 3.1.
            return await responder.MessageAsync(
                StatusCodes.Status200OK,
                "letters.stopped-title",
                "letters.unsubscribed",
                cancellationToken
            );
        }

        return new SeeOther($"{request.Path}?{DoneQuery}={(act == LetterChoices.Stop ? act : "saved")}");
    }

    private async Task<IResult> ShowAsync(
        HttpRequest request,
        Recipient recipient,
        LetterScope scope,
        CancellationToken cancellationToken
    )
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout.ForPrivatePages;
        var post = scope.IsThread ? (await posts.FindAsync(scope.Post, cancellationToken))?.Value : null;
        var follower = scope.IsThread ? await followers.FindAsync(scope, recipient.Id, cancellationToken) : null;
        var view = new LettersView(site)
        {
            IsConfirmed = recipient is { Confirmed: not null, Wanted: null },
            IsAboutPosts = !scope.IsThread,
            Tags = string.Join(", ", recipient.Posts?.Tags ?? []),
            IsSaved = request.Query[DoneQuery].Count > 0,
            Post = post is { State: PostState.Published } ? new LinkView(post.Metadata.Title, post.Path.Link) : null,
            Wish = scope.IsThread ? WishOf(follower?.Value) : WishOf(recipient.Posts),
            ActionAddress = request.Path,
        };
        return new PrivateResult(await PageRenderer.RenderAsync(LettersPage.Create(view), site, cancellationToken));
    }

    private static string WishOf(Follower? follower) =>
        follower switch
        {
            null or { IsOff: true } => LetterChoices.Nothing,
            { FollowsThread: true } => LetterChoices.Thread,
            _ => LetterChoices.Replies,
        };

    private static string WishOf(PostSubscription? posts) =>
        posts switch
        {
            null => LetterChoices.Nothing,
            { IsWeekly: true } => LetterChoices.Weekly,
            _ => LetterChoices.Each,
        };
}
