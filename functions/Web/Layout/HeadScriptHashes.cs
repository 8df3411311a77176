using AngleSharp.Html.Parser;

namespace ServerlessBlog.Web.Layout;

/// <summary>Hashes of the scripts in the owner's <c>theme/head.html</c>, for the Content-Security-Policy.</summary>
internal static class HeadScriptHashes
{
    private const int MaxScripts = 20;

    /// <summary>
    /// Returns a hash source, such as <c>sha256-…</c>, for each script: computed for inline scripts, taken from
    /// <c>integrity</c> for scripts of other sites. At most 20; scripts of other sites without a valid <c>integrity</c>
    /// are left out.
    /// </summary>
    public static IReadOnlyList<string> Compute(string html)
    {
        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><head>{html}");
        return
        [
            .. document
                .Scripts.Select(script =>
                    script.HasAttribute("src") ? IntegrityHash(script.GetAttribute("integrity")) : Hash(script.Text)
                )
                .OfType<string>()
                .Take(MaxScripts),
        ];
    }

    /// <summary>The hash source of an inline script.</summary>
    public static string Hash(string script) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}";

    /// <summary>
    /// The first hash of an <c>integrity</c> value. Null when it is not a hash, so that nothing else gets into the
    /// header.
    /// </summary>
    private static string? IntegrityHash(string? integrity) =>
        integrity?.Split(' ')[0] is { } first
        && first.StartsWith("sha", StringComparison.Ordinal)
        && first.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '+' or '/' or '=')
            ? first
            : null;
}
