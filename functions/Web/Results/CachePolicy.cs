namespace ServerlessBlog.Web.Results;

/// <summary>
/// How long browsers and shared caches (CDNs) may keep a response. This is the whole table: every response has one of
/// these, and what has none is <see cref="Private"/> (<see cref="ErrorPageMiddleware"/>).
/// </summary>
/// <remarks>
/// Strict caches, Cloudflare among them, serve nothing stale that has s-maxage, which implies proxy-revalidate
/// (RFC 9111, 5.2.2.10). For them, the same times are in CDN-Cache-Control (RFC 9213) as max-age, which implies nothing
/// and hides Cache-Control from those that read it.
/// </remarks>
public sealed class CachePolicy
{
    private const int Day = 24 * 60 * 60;
    private const int PageFresh = 2;
    private const int PageWhileRevalidating = 2;

    /// <summary>
    /// Pages and lists of the site. Browsers revalidate each time: 304 costs next to nothing, and people see at once
    /// what they have done. A shared cache keeps a page for 2 s, as long as an instance does, and serves it for another
    /// 2 s while it revalidates: about the start of a new instance, which then delays no reader of a busy page. With
    /// the 2 s of the instance, a change is seen after <see cref="MaxPageAge"/> at most. While the blog fails, a page
    /// is served for a day: time to notice and repair.
    /// </summary>
    public static CachePolicy Page { get; } = ForSharedCaches(PageFresh, PageWhileRevalidating, ifError: Day);

    /// <summary>
    /// The maximum time until everybody is served a changed page, through any number of instances and one shared cache:
    /// 6 s.
    /// </summary>
    public static TimeSpan MaxPageAge { get; } =
        CacheLimits.Lifetime + TimeSpan.FromSeconds(PageFresh + PageWhileRevalidating);

    /// <summary>
    /// Feed, sitemap and robots.txt. A minute, and another one while revalidating: programs read them every quarter of
    /// an hour or less often, but all of them at the full hour.
    /// </summary>
    public static CachePolicy Feed { get; } = ForSharedCaches(fresh: 60, whileRevalidating: 60, ifError: Day);

    /// <summary>
    /// 404 and 410. As short as <see cref="Page"/>, because a post may be published there; never stale, because nobody
    /// needs an old error.
    /// </summary>
    public static CachePolicy Error { get; } = ForSharedCaches(PageFresh, whileRevalidating: 0, ifError: 0);

    /// <summary>
    /// A redirect to the present address of a page: as <see cref="Page"/>. By default caches keep a 301 indefinitely,
    /// and a post that returns to its old address would never be found.
    /// </summary>
    public static CachePolicy Redirect => Page;

    /// <summary>
    /// A file that is requested without its hash: 5 minutes, as long as an author can wait for a replaced file; another
    /// minute while revalidating; a day while the blog fails.
    /// </summary>
    public static CachePolicy File { get; } =
        new($"public, max-age=300, stale-while-revalidate=60, stale-if-error={Day}", forCdns: null);

    /// <summary>An icon that is requested without its version: a day. Browsers ask for icons again and again.</summary>
    public static CachePolicy Icon { get; } =
        new($"public, max-age={Day}, stale-while-revalidate=60, stale-if-error={Day}", forCdns: null);

    /// <summary>
    /// A file that is requested with its hash, whose content never changes: one year, the longest time that makes sense
    /// (RFC 9111, 5.3), and immutable (RFC 8246), so that reloading a page requests none of them.
    /// </summary>
    public static CachePolicy Versioned { get; } = new("public, max-age=31536000, immutable", forCdns: null);

    /// <summary>
    /// What belongs to one visitor, such as forms, receipts, signed links and the admin area; errors that pass; and
    /// redirects that hold a query. Nothing stores them.
    /// </summary>
    public static CachePolicy Private { get; } = new("private, no-store", forCdns: null);

    private readonly string? _forCdns;

    private CachePolicy(string cacheControl, string? forCdns) => (CacheControl, _forCdns) = (cacheControl, forCdns);

    /// <summary>The name of the response header for CDNs only (RFC 9213).</summary>
    public const string CdnCacheControlName = "CDN-Cache-Control";

    /// <summary>The Cache-Control header.</summary>
    public string CacheControl { get; }

    /// <summary>Sets the headers of a response.</summary>
    public void ApplyTo(HttpResponse response)
    {
        response.Headers.CacheControl = CacheControl;
        if (_forCdns is not null)
        {
            response.Headers[CdnCacheControlName] = _forCdns;
        }
    }

    private static CachePolicy ForSharedCaches(int fresh, int whileRevalidating, int ifError)
    {
        var stale =
            (whileRevalidating == 0 ? "" : $", stale-while-revalidate={whileRevalidating}")
            + (ifError == 0 ? "" : $", stale-if-error={ifError}");
        return new($"public, max-age=0, s-maxage={fresh}{stale}", $"max-age={fresh}{stale}");
    }
}
