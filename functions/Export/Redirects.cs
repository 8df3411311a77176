using ServerlessBlog.Posts;

namespace ServerlessBlog.Export;

/// <summary>The old addresses of public posts, for other servers.</summary>
internal static class Redirects
{
    /// <summary>Writes them as <c>_redirects</c>, which Netlify and Cloudflare Pages read.</summary>
    public static string ToRedirectsFile(IEnumerable<Post> posts) =>
        string.Concat(All(posts).Select(one => $"{one.From.Link} {one.To.Link} 301\n"));

    /// <summary>Writes them as a map of nginx (https://nginx.org/en/docs/http/ngx_http_map_module.html).</summary>
    public static string ToNginxMap(IEnumerable<Post> posts) =>
        "# map $uri $new_address { include redirects.map; }\n"
        + "# server { if ($new_address) { return 301 $new_address; } }\n"
        + string.Concat(All(posts).Select(one => $"{Quote(one.From.Text)} {Quote(one.To.Link)};\n"));

    /// <summary>All of them.</summary>
    public static IEnumerable<(SitePath From, SitePath To)> All(IEnumerable<Post> posts) =>
        posts
            .Where(post => post.State == PostState.Published)
            .SelectMany(post => post.Aliases.Concat(post.FormerPaths).Select(from => (From: from, To: post.Path)))
            .DistinctBy(one => one.From.Key)
            .OrderBy(one => one.From.Text, StringComparer.Ordinal);

    private static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
