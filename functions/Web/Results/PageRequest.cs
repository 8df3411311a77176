using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Web.Results;

/// <summary>A page for everybody that was asked for.</summary>
/// <param name="Page">Which page; part of its key.</param>
/// <param name="Link">Its one address, encoded: asked for by any other spelling, the answer leads there.</param>
/// <param name="Render">Renders it; null when there is nothing to show.</param>
/// <param name="Address">The address of its post; null for a page of no post.</param>
/// <param name="ContentType">HTML, unless said otherwise.</param>
public sealed record PageRequest(
    string Page,
    string Link,
    Func<CancellationToken, Task<RenderedPage?>> Render,
    AddressLookup? Address = null,
    string ContentType = "text/html; charset=utf-8"
);
