using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Results;

/// <summary>A request for a public page.</summary>
/// <param name="Page">The page; the first part of its cache key.</param>
/// <param name="Link">The canonical path, encoded. Requests with another spelling of it are redirected there.</param>
/// <param name="Render">Renders the page; returns null when there is none.</param>
/// <param name="Address">The address lookup of the post; null for a page that belongs to no post.</param>
/// <param name="ContentType">The Content-Type; HTML by default.</param>
public sealed record PageRequest(
    string Page,
    string Link,
    Func<CancellationToken, Task<RenderedPage?>> Render,
    AddressLookup? Address = null,
    string ContentType = "text/html; charset=utf-8"
);
