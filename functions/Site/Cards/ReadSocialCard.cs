using ServerlessBlog.Media;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Posts.Theme;
using ServerlessBlog.Site.Media;
using ServerlessBlog.Web.Cards;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Site.Cards;

/// <summary>
/// GET /social-cards/{id of a post, or site}/{version}.png: the picture for link previews. Drawn at the first request
/// for the present version only; an address with another version redirects to it.
/// </summary>
public sealed class ReadSocialCard(
    PostTable posts,
    CardFiles cards,
    SiteLayoutProvider layouts,
    PageResponder responder,
    MediaResponder media,
    BlogSettings settings
)
{
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadSocialCard))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "social-cards/{page}/{name}")]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var page = request.RouteValues["page"] as string ?? "";
        if (await FindAsync(page, cancellationToken) is not { } card)
        {
            return await responder.NotFoundAsync(cancellationToken);
        }

        var link = SocialCards.LinkTo(page, card);
        return request.Path.Value != link
            ? new PermanentRedirect(link)
            : await media.StreamAsync(
                request,
                await cards.OpenAsync(page, card, cancellationToken),
                CachePolicy.Versioned,
                cancellationToken
            ) ?? await responder.NotFoundAsync(cancellationToken);
    }

    private async Task<SocialCard?> FindAsync(string page, CancellationToken cancellationToken)
    {
        if (page == SocialCards.Site)
        {
            return SocialCards.ForSite(settings, await ProfileAsync());
        }

        return
            PostId.TryParse(page, out var id)
            && await posts.FindAsync(id, cancellationToken) is { Value: { State: PostState.Published } post }
            ? SocialCards.ForPost(post, settings, await ProfileAsync())
            : null;

        async Task<SiteProfile> ProfileAsync() => (await layouts.CurrentAsync(cancellationToken)).Layout.Profile;
    }
}
