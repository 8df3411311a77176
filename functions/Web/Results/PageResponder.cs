using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>Creates responses: public pages from the cache, and short message pages such as 404 and 410.</summary>
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

    /// <summary>
    /// Returns a public page, from the cache when it is there; a 301 to the canonical path for another spelling of it;
    /// the 404 page when there is nothing to render.
    /// </summary>
    /// <param name="request">
    /// The request; the response is stored for its path (<see cref="HotPageMiddleware"/>).
    /// </param>
    /// <param name="pageRequest">The page.</param>
    /// <param name="cancellationToken">Cancels the wait, not the render.</param>
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
            ?? new ServeUntil(clock.GetUtcNow() + CacheLimits.RefreshAfter, changes.Current);
        var revisions = await site.GetRevisionsAsync();
        var page = await GetAsync(
            pageRequest.Page,
            revisions.Site,
            pageRequest.ShowsCommentCounts ? revisions.Comments : pageRequest.Address?.Address?.Revision,
            pageRequest.Render,
            cancellationToken
        );
        if (page is null)
        {
            return await NotFoundAsync(cancellationToken);
        }

        var isStale = pageRequest.Address?.IsStale is true || site.IsStale;
        var result = new PageResult(page, pageRequest.Policy, contentType: pageRequest.ContentType, isStale: isStale);
        if (!isStale)
        {
            hotPages.Store(request, result, serveUntil, pageRequest.Page);
        }

        return result;
    }

    /// <summary>Returns the 404 page, with links to the newest posts.</summary>
    public Task<IResult> NotFoundAsync(CancellationToken cancellationToken) =>
        ErrorPageAsync(
            "missing",
            StatusCodes.Status404NotFound,
            "missing.title",
            "missing.sentence",
            cancellationToken
        );

    /// <summary>Returns the 410 page, for content that has been public and was removed.</summary>
    public Task<IResult> GoneAsync(CancellationToken cancellationToken) =>
        ErrorPageAsync("gone", StatusCodes.Status410Gone, "gone.title", "gone.sentence", cancellationToken);

    /// <summary>Returns a private message page (<see cref="PrivateResult"/>).</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="title">The key of the title text.</param>
    /// <param name="sentence">The key of the sentence text, which says what to do.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    public async Task<IResult> MessageAsync(
        int status,
        string title,
        string sentence,
        CancellationToken cancellationToken
    ) =>
        new PrivateResult(
            await RenderMessageAsync(
                (await layouts.CurrentAsync(cancellationToken)).Layout.ForPrivatePages,
                title,
                sentence,
                []
            ),
            status
        );

    private async Task<IResult> ErrorPageAsync(
        string page,
        int status,
        string title,
        string sentence,
        CancellationToken cancellationToken
    )
    {
        var encoded = await GetAsync(page, await site.GetRevisionAsync(), null, RenderAsync, cancellationToken);
        return new PageResult(encoded!, CachePolicy.Error, status);

        async Task<RenderedPage?> RenderAsync(CancellationToken stop)
        {
            var newest = await lists.ReadNewestAsync(0, NewestOnNotFound, stop);
            var site = (await layouts.CurrentAsync(stop)).Layout;
            return await RenderMessageAsync(site, title, sentence, newest, hasSearch: true);
        }
    }

    private ValueTask<EncodedPage?> GetAsync(
        string page,
        Revision siteRevision,
        Revision? content,
        Func<CancellationToken, Task<RenderedPage?>> render,
        CancellationToken cancellationToken
    )
    {
        BlogTelemetry.PageServed(page, CacheLayer.Memory);
        return cache.GetAsync(
            new PageKey(page, assets.Hash, siteRevision, content ?? Revision.None),
            stop => BlogTelemetry.MeasureRenderAsync(page, () => render(stop)),
            cancellationToken
        );
    }

    private static Task<RenderedPage> RenderMessageAsync(
        SiteLayout site,
        string title,
        string sentence,
        IReadOnlyList<ListedPost> newest,
        bool hasSearch = false
    )
    {
        var view = new MessageView(
            site,
            site.Texts[title],
            site.Texts[sentence],
            null,
            [.. newest.Select(post => new LinkView(post.Title, post.Path.Link))]
        )
        {
            HasSearch = hasSearch,
        };
        return PageRenderer.RenderAsync(MessagePage.Create(view), site, CancellationToken.None);
    }
}

/// <summary>A request for a public page.</summary>
/// <param name="Page">The page; the first part of its cache key.</param>
/// <param name="Link">The canonical path, encoded. Requests with another spelling of it are redirected there.</param>
/// <param name="Render">Renders the page; returns null when there is none.</param>
/// <param name="Address">The address lookup of the post; null for a page that belongs to no post.</param>
/// <param name="ContentType">The Content-Type; HTML by default.</param>
/// <param name="ShowsCommentCounts">
/// True for a list that shows how many comments posts have (<see cref="SiteRevisions.Comments"/>).
/// </param>
public sealed record PageRequest(
    string Page,
    string Link,
    Func<CancellationToken, Task<RenderedPage?>> Render,
    AddressLookup? Address = null,
    string ContentType = "text/html; charset=utf-8",
    bool ShowsCommentCounts = false
)
{
    /// <summary>A request for a page of a list of posts, which shows how many comments they have.</summary>
    public static PageRequest ForList(string page, string link, Func<CancellationToken, Task<RenderedPage?>> render) =>
        new(page, link, render, ShowsCommentCounts: true);

    /// <summary>How long the response may be cached.</summary>
    public CachePolicy Policy { get; init; } = CachePolicy.Page;
}

/// <summary>The view model of a page with one message: not found, gone, comments closed, or an error.</summary>
/// <param name="Site">The parts that every page shows.</param>
/// <param name="Title">What happened, in a few words.</param>
/// <param name="Sentence">The message in one sentence, with what to do next.</param>
/// <param name="Detail">
/// An additional line in small print, such as the id under which an error was logged; null for none.
/// </param>
/// <param name="Newest">Links to the newest posts; may be empty.</param>
public sealed record MessageView(
    SiteLayout Site,
    string Title,
    string Sentence,
    string? Detail,
    IReadOnlyList<LinkView> Newest
)
{
    /// <summary>Whether the page has the form of the search: when somebody looks for what is not there.</summary>
    public bool HasSearch { get; init; }
}
