using System.Security.Cryptography;
using System.Text;
using AngleSharp.Html.Parser;

namespace ServerlessBlog.Web.Layout;

/// <summary>What of an owner's <c>theme/head.html</c> the Content-Security-Policy must allow by name.</summary>
internal static class HeadScriptHashes
{
    private const int MaxScripts = 20;

    /// <summary>The hashes of its scripts: of inline ones made here, of those from other sites what their <c>integrity</c> says. At most 20.</summary>
    public static IReadOnlyList<string> ScriptHashes(string html)
    {
        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><head>{html}");
        return
        [
            .. document
                .Scripts.Select(script =>
                    script.HasAttribute("src") ? Known(script.GetAttribute("integrity")) : Hash(script.Text)
                )
                .OfType<string>()
                .Take(MaxScripts),
        ];
    }

    private static string Hash(string script) =>
        $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}";

    /// <summary>Only a hash, so that nothing else gets into the header.</summary>
    private static string? Known(string? integrity) =>
        integrity?.Split(' ')[0] is { } first
        && first.StartsWith("sha", StringComparison.Ordinal)
        && first.All(sign => char.IsAsciiLetterOrDigit(sign) || sign is '-' or '+' or '/' or '=')
            ? first
            : null;
}
