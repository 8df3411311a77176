using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>Answers with pages: cached ones for everybody, and short ones that say no.</summary>
public sealed class PageResponder(
    SiteTable site,
    PageCache cache,
    HotPageMiddleware hotPages,
    ChangeCounter changes,
    TimeProvider clock,
    BuiltInAssets assets,
    SiteLayoutProvider layouts,
    PostLists lists
)
{
    private const int NewestOnNotFound = 5;

    /// <summary>A page for everybody, from the cache when it is there; the friendly 404 when there is nothing to show.</summary>
    /// <param name="request">The request, so that its like are answered the same while that holds.</param>
    /// <param name="pageRequest">The page.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IResult> PageAsync(
        HttpRequest request,
        PageRequest pageRequest,
        CancellationToken cancellationToken
    )
    {
        if (SitePath.Encode(request.Path.Value!) != pageRequest.Link)
        {
            return new PermanentRedirect(pageRequest.Link + request.QueryString);
        }

        var serveUntil = pageRequest.Address?.Validity
            ?? new ServeUntil(clock.GetUtcNow() + Freshness.RefreshAfter, changes.Current);
        var (ready, until) = await GetAsync(
            pageRequest.Page,
            pageRequest.Address?.Address?.Revision,
            pageRequest.Render,
            cancellationToken
        );
        if (ready is null)
        {
            return await NotFoundAsync(cancellationToken);
        }

        var isStale = pageRequest.Address?.IsStale is true || site.IsStale;
        var answer = new PageResult(ready, PageResult.Public, contentType: pageRequest.ContentType, isStale: isStale);
        if (!isStale)
        {
            hotPages.Hold(request, answer, until is { } moment ? new ServeUntil(moment, Generation: null) : serveUntil);
        }

        return answer;
    }

    /// <summary>404 for an address at which there is nothing.</summary>
    public Task<IResult> NotFoundAsync(CancellationToken cancellationToken) =>
        SayNoAsync("missing", StatusCodes.Status404NotFound, "missing.title", "missing.sentence", cancellationToken);

    /// <summary>410 for what was public once.</summary>
    public Task<IResult> GoneAsync(CancellationToken cancellationToken) =>
        SayNoAsync("gone", StatusCodes.Status410Gone, "gone.title", "gone.sentence", cancellationToken);

    /// <summary>A short page with a status, for one visitor.</summary>
    /// <param name="status">The status.</param>
    /// <param name="title">The key of what happened, in a few words.</param>
    /// <param name="sentence">The key of the same for a person, and what to do.</param>
    /// <param name="cancellationToken">The visitor has gone.</param>
    public async Task<IResult> SayAsync(
        int status,
        string title,
        string sentence,
        CancellationToken cancellationToken
    ) =>
        new PrivateResult(
            await MessageAsync((await layouts.CurrentAsync(cancellationToken)).Layout.Private, title, sentence, []),
            status
        );

    private async Task<IResult> SayNoAsync(
        string page,
        int status,
        string title,
        string sentence,
        CancellationToken cancellationToken
    )
    {
        var (ready, _) = await GetAsync(page, null, RenderAsync, cancellationToken);
        return new PageResult(ready!, PageResult.Public, status);

        async Task<RenderedPage?> RenderAsync(CancellationToken stop)
        {
            var newest = await lists.NewestAsync(0, NewestOnNotFound, stop);
            return await MessageAsync((await layouts.CurrentAsync(stop)).Layout, title, sentence, newest);
        }
    }

    private async ValueTask<CachedPage> GetAsync(
        string page,
        Revision? post,
        Func<CancellationToken, Task<RenderedPage?>> render,
        CancellationToken cancellationToken
    ) =>
        await cache.GetAsync(
            new PageKey(page, assets.Hash, await site.CurrentAsync(), post ?? Revision.None),
            render,
            cancellationToken
        );

    private static Task<RenderedPage> MessageAsync(
        SiteLayout site,
        string title,
        string sentence,
        IReadOnlyList<ListedPost> newest
    )
    {
        var view = new MessageView(
            site,
            site.Texts[title],
            site.Texts[sentence],
            null,
            [.. newest.Select(post => new LinkView(post.Title, post.Path.Link))]
        );
        return PageRenderer.RenderAsync(MessagePage.Create(view), site, CancellationToken.None);
    }
}
