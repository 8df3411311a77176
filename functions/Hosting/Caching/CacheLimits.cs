namespace ServerlessBlog.Hosting.Caching;

/// <summary>
/// What this instance keeps in memory: how long and how much of each. A cache whose key names its content, such as a
/// hash or a revision, needs no time: its values never become wrong.
/// </summary>
/// <remarks>The capacities add up to about 60 MB, which an instance reaches only when all of them are in use.</remarks>
public static class CacheLimits
{
    /// <summary>
    /// The maximum age of what readers are served: 2 s. A change made by another instance is seen no later.
    /// </summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The age from which a value is read again: 1.5 s. Shorter than <see cref="Lifetime"/>, so that for another 0.5 s
    /// responses are still served from memory while one request reads again; under steady traffic no request waits.
    /// </summary>
    public static TimeSpan RefreshAfter { get; } = TimeSpan.FromSeconds(1.5);

    /// <summary>
    /// The age from which a request reads the site's revision itself: 3 s. Younger ones are read every 2 s beside
    /// requests.
    /// </summary>
    public static TimeSpan SiteOverdue { get; } = TimeSpan.FromSeconds(3);

    /// <summary>How long the site's revision is still read after the last request: 30 s.</summary>
    public static TimeSpan SiteIdleAfter { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Responses by path, each for <see cref="Lifetime"/>: 256. At the limit all are dropped.</summary>
    public const int Responses = 256;

    /// <summary>Bytes of pages in all encodings, by cache key: 32 MB.</summary>
    public const int PageBytes = 32 * 1024 * 1024;

    /// <summary>Addresses of posts, each for <see cref="RefreshAfter"/>, longer in a storage outage: 20,000.</summary>
    public const int Addresses = 20_000;

    /// <summary>
    /// Bytes of accepted posts, by the hash of the text: 4 MB. A new comment renders its page again with an unchanged
    /// text.
    /// </summary>
    public const int PostTextBytes = 4 * 1024 * 1024;

    /// <summary>
    /// Characters of comments and their HTML, by the comment's text: 4 Mi, which is 8 MB of memory. When a page is
    /// rendered again for a new comment, the other comments on it are not.
    /// </summary>
    public const int CommentCharacters = 4 * 1024 * 1024;

    /// <summary>
    /// Posts in lists of related posts, by post and revision of the site: 10,000. A new comment changes none of them.
    /// </summary>
    public const int RelatedPosts = 10_000;

    /// <summary>Sizes and widths of photos, by path and version: 10,000.</summary>
    public const int Pictures = 10_000;

    /// <summary>
    /// Characters of posts that searches have found, by post and revision of the site: 2 Mi, which is 4 MB of memory.
    /// </summary>
    public const int FoundCharacters = 2 * 1024 * 1024;

    /// <summary>Layouts, by revision of the site: 2, the present one and one that a slow request still uses.</summary>
    public const int Layouts = 2;
}
