using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Feeds;

/// <summary>
/// GET /.well-known/security.txt: whom to tell of a security problem (RFC 9116); 404 without a contact in
/// <c>theme/site.yml</c>.
/// </summary>
/// <remarks>
/// The file must say when it expires. The day is computed here and is part of the page's name in the cache, so that the
/// renderer takes no clock.
/// </remarks>
public sealed class ReadSecurityContact(PageResponder responder, SecurityContactRenderer pages, TimeProvider clock)
{
    /// <summary>
    /// The months, beside the current one, for which the file is valid: so it is valid for 6 to 7 months. RFC 9116,
    /// 2.5.5 recommends less than a year.
    /// </summary>
    private const int Months = 7;

    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadSecurityContact))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ".well-known/security.txt")]
            HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        var expires = new DateOnly(now.Year, now.Month, 1).AddMonths(Months);
        return responder.PageAsync(
            request,
            new PageRequest(
                string.Create(CultureInfo.InvariantCulture, $"security/{expires:yyyy-MM}"),
                SecurityContactRenderer.Link,
                stop => pages.RenderAsync(expires, stop),
                ContentType: "text/plain; charset=utf-8"
            )
            {
                Policy = CachePolicy.Feed,
            },
            cancellationToken
        );
    }
}
