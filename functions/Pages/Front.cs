using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Answers with pages: cached ones for everybody, and short ones that say no.</summary>
public sealed class Front(SiteTable site, PageCache cache, WarmPages warm, Generation generation, TimeProvider clock, Look look)
{
    private readonly Lazy<Task<Page>> _notFound =
        Kept(look, "Nothing here", "There is no page at this address. It may have been mistyped, or never have been here.");

    private readonly Lazy<Task<Page>> _gone = Kept(look, "Gone", "The post that was here has been taken down by its author.");

    /// <summary>A page for everybody, from the cache when it is there; the friendly 404 when there is nothing to show.</summary>
    /// <param name="request">The request, so that its like are answered the same while that holds.</param>
    /// <param name="page">Which page; part of its key.</param>
    /// <param name="found">The address of its post; null for a page of no post.</param>
    /// <param name="render">Renders it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IResult> PageAsync(
        HttpRequest request, string page, FoundAddress? found, Func<CancellationToken, Task<byte[]?>> render, CancellationToken cancellationToken)
    {
        var validity = found?.Validity ?? new Validity(clock.GetUtcNow() + Freshness.Lifetime, generation.Current);
        var key = new PageKey(page, look.Hash, await site.CurrentAsync(), found?.Address?.Revision ?? Revision.None);
        var (ready, isCurrent) = await cache.GetAsync(key, render, cancellationToken);
        if (ready is null)
        {
            return await NotFoundAsync(cancellationToken);
        }

        var isStale = found?.IsStale ?? false;
        var answer = new PageAnswer(ready, PageAnswer.Public, isStale: isStale);
        if (isCurrent && !isStale)
        {
            warm.Hold(request, answer, validity);
        }

        return answer;
    }

    /// <summary>Answers for an address at which posts stand: with the page of the one that stands there, or where it went, or that it is gone.</summary>
    /// <param name="found">The address.</param>
    /// <param name="page">Makes the answer with the post's page.</param>
    /// <param name="moved">Makes of the path that the post stands at now the one to go to.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IResult> PostAsync(FoundAddress found, Func<PostId, Task<IResult>> page, Func<string, string> moved, CancellationToken cancellationToken) => found.Address switch
    {
        { Kind: AddressKind.Post } there => await page(there.Post),
        { Kind: AddressKind.Moved } there => Results.Redirect(moved(there.MovedTo!), permanent: true),
        { Kind: AddressKind.Gone } => await GoneAsync(cancellationToken),
        _ => await NotFoundAsync(cancellationToken),
    };

    /// <summary>404 for an address at which there is nothing.</summary>
    public async Task<IResult> NotFoundAsync(CancellationToken cancellationToken) =>
        new PageAnswer(await _notFound.Value.WaitAsync(cancellationToken), PageAnswer.Public, StatusCodes.Status404NotFound);

    /// <summary>410 for what was public once.</summary>
    private async Task<IResult> GoneAsync(CancellationToken cancellationToken) =>
        new PageAnswer(await _gone.Value.WaitAsync(cancellationToken), PageAnswer.Public, StatusCodes.Status410Gone);

    /// <summary>A short page with a status, for one visitor.</summary>
    public async Task<IResult> SayAsync(int status, string title, string sentence, CancellationToken cancellationToken) =>
        new PrivateAnswer(await MessageAsync(look, title, sentence, cancellationToken), status);

    private static Lazy<Task<Page>> Kept(Look look, string title, string sentence) => new(async () =>
        Page.Of(await MessageAsync(look, title, sentence, CancellationToken.None), DateTimeOffset.UnixEpoch));

    private static Task<byte[]> MessageAsync(Look look, string title, string sentence, CancellationToken cancellationToken) =>
        Html.RenderAsync(MessagePage.Create(new MessageView(look.Frame, title, sentence, null, [("All posts", "/")])), cancellationToken);
}
