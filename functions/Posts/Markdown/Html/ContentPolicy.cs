namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// The Content-Security-Policy of the blog's pages (Content Security Policy Level 3, https://www.w3.org/TR/CSP3/).
/// </summary>
/// <param name="frameSources">
/// The origins whose pages may be embedded in frames, from <c>Blog__FrameSources</c>.
/// </param>
/// <param name="isSecure">
/// Whether the blog is served by https: then browsers are asked to load the http pictures of posts by https.
/// </param>
public sealed class ContentPolicy(IReadOnlyList<string> frameSources, bool isSecure = false)
{
    /// <summary>Builds the header's value.</summary>
    /// <param name="scripts">
    /// The hashes of the inline scripts that the owner put into every page's head, such as <c>sha256-...</c>.
    /// </param>
    public string ToHeader(IEnumerable<string> scripts) =>
        string.Join(
            "; ",
            "default-src 'self'",
            string.Join(' ', scripts.Select(hash => $"'{hash}'").Prepend("script-src 'self'")),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' https: data:",
            "media-src 'self' https:",
            string.Join(' ', frameSources.Prepend("frame-src 'self'")),
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'" + (isSecure ? "; upgrade-insecure-requests" : "")
        );

    /// <summary>Whether a URL may be embedded in a frame. A relative URL is the blog's own and allowed.</summary>
    public bool AllowsFrame(string address) =>
        !Uri.TryCreate(
            address.StartsWith("//", StringComparison.Ordinal) ? "https:" + address : address,
            UriKind.Absolute,
            out var absolute
        )
        || absolute.Scheme == Uri.UriSchemeFile // On Unix, Uri parses a rooted path such as /a as a file URI.
        || frameSources.Contains(Origin.FromUri(absolute), StringComparer.OrdinalIgnoreCase);
}
