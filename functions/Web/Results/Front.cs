using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Web.Results;

/// <summary>Answers with pages: cached ones for everybody, and short ones that say no.</summary>
public sealed class Front(SiteTable site, PageCache cache, WarmPages warm, Generation generation, TimeProvider clock, Look look, Frames frames, PostLists lists)
{
    private const int NewestOnNotFound = 5;

    /// <summary>A page for everybody, from the cache when it is there; the friendly 404 when there is nothing to show.</summary>
    /// <param name="request">The request, so that its like are answered the same while that holds.</param>
    /// <param name="asked">The page.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IResult> PageAsync(HttpRequest request, Asked asked, CancellationToken cancellationToken)
    {
        if (SitePath.Encode(request.Path.Value!) != asked.Link)
        {
            return new Moved(asked.Link + request.QueryString);
        }

        var validity = asked.Found?.Validity ?? new Validity(clock.GetUtcNow() + Freshness.LookAgain, generation.Current);
        var (ready, until) = await GetAsync(asked.Page, asked.Found?.Address?.Revision, asked.Render, cancellationToken);
        if (ready is null)
        {
            return await NotFoundAsync(cancellationToken);
        }

        var isStale = asked.Found?.IsStale is true || site.IsStale;
        var answer = new PageAnswer(ready, PageAnswer.Public, contentType: asked.ContentType, isStale: isStale);
        if (!isStale)
        {
            warm.Hold(request, answer, until is { } moment ? new Validity(moment, Generation: null) : validity);
        }

        return answer;
    }

    /// <summary>404 for an address at which there is nothing.</summary>
    public Task<IResult> NotFoundAsync(CancellationToken cancellationToken) => SayNoAsync(
        "missing", StatusCodes.Status404NotFound, "missing.title", "missing.sentence", cancellationToken);

    /// <summary>410 for what was public once.</summary>
    public Task<IResult> GoneAsync(CancellationToken cancellationToken) => SayNoAsync(
        "gone", StatusCodes.Status410Gone, "gone.title", "gone.sentence", cancellationToken);

    /// <summary>A short page with a status, for one visitor.</summary>
    /// <param name="status">The status.</param>
    /// <param name="title">The key of what happened, in a few words.</param>
    /// <param name="sentence">The key of the same for a person, and what to do.</param>
    /// <param name="cancellationToken">The visitor has gone.</param>
    public async Task<IResult> SayAsync(int status, string title, string sentence, CancellationToken cancellationToken) =>
        new PrivateAnswer(await MessageAsync((await frames.CurrentAsync(cancellationToken)).Frame.Private, title, sentence, []), status);

    private async Task<IResult> SayNoAsync(string page, int status, string title, string sentence, CancellationToken cancellationToken)
    {
        var (ready, _) = await GetAsync(page, null, RenderAsync, cancellationToken);
        return new PageAnswer(ready!, PageAnswer.Public, status);

        async Task<Rendered?> RenderAsync(CancellationToken stop)
        {
            var newest = await lists.NewestAsync(0, NewestOnNotFound, stop);
            return await MessageAsync((await frames.CurrentAsync(stop)).Frame, title, sentence, newest);
        }
    }

    private async ValueTask<FoundPage> GetAsync(string page, Revision? post, Func<CancellationToken, Task<Rendered?>> render, CancellationToken cancellationToken) =>
        await cache.GetAsync(new PageKey(page, look.Hash, await site.CurrentAsync(), post ?? Revision.None), render, cancellationToken);

    private static Task<Rendered> MessageAsync(Frame frame, string title, string sentence, IReadOnlyList<ListedPost> newest)
    {
        var view = new MessageView(frame, frame.Texts[title], frame.Texts[sentence], null, [.. newest.Select(post => new LinkView(post.Title, post.Path.Link))]);
        return Html.RenderAsync(MessagePage.Create(view), frame, CancellationToken.None);
    }
}
