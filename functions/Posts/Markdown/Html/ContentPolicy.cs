using ServerlessBlog.Settings;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>What a page may load and run, as browsers are told it (Content Security Policy Level 3, https://www.w3.org/TR/CSP3/).</summary>
/// <param name="frameSources">Whose pages it may show in a frame.</param>
public sealed class ContentPolicy(IReadOnlyList<string> frameSources)
{
    /// <summary>The header.</summary>
    /// <param name="scripts">Hashes of the scripts that the owner put into every page, such as <c>sha256-...</c>.</param>
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
            "frame-ancestors 'self'"
        );

    /// <summary>Whether a page at this address may be shown in a frame. A relative address is the blog's own.</summary>
    public bool AllowsFrame(string address) =>
        !Uri.TryCreate(
            address.StartsWith("//", StringComparison.Ordinal) ? "https:" + address : address,
            UriKind.Absolute,
            out var absolute
        )
        || absolute.Scheme == Uri.UriSchemeFile // so a path is read where paths begin with a slash
        || frameSources.Contains(Origin.FromUri(absolute), StringComparer.OrdinalIgnoreCase);
}
