using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>Finds in an author's own HTML what browsers will not load or run under the blog's <see cref="ContentPolicy"/>, and says so in time.</summary>
/// <param name="policy">What pages may load.</param>
/// <param name="settings">Name the blog's own address.</param>
public sealed class ContentPolicyLinter(ContentPolicy policy, BlogSettings settings)
{
    private const int MaxNotes = 20;
    private const int MaxQuoted = 80;

    /// <summary>One sentence for each thing that will not work, at most 20.</summary>
    /// <param name="html">A rendered body, or what an author puts into every page's head.</param>
    /// <param name="isHead">Whether it is the latter, whose inline scripts are allowed.</param>
    public IReadOnlyList<string> Lint(string html, bool isHead)
    {
        using var document = new HtmlParser().ParseDocument(html);
        return [.. document.All.SelectMany(element => Lint(element, isHead)).Distinct().Take(MaxNotes)];
    }

    private IEnumerable<string> Lint(IElement element, bool isHead)
    {
        foreach (
            var attribute in element.Attributes.Where(attribute =>
                attribute.Name.StartsWith("on", StringComparison.Ordinal)
            )
        )
        {
            yield return $"the attribute {attribute.Name} of <{element.LocalName}> will not run: scripts in a page's text are switched off.";
        }

        if (
            element.GetAttribute("href")?.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
            is true
        )
        {
            yield return $"a link with 'javascript:' will not run: scripts in a page's text are switched off.";
        }

        if (Trouble(element, isHead) is { } trouble)
        {
            yield return trouble;
        }
    }

    private string? Trouble(IElement element, bool isHead)
    {
        var address = element.GetAttribute("src")
            ?? element.GetAttribute("data")
            ?? element.GetAttribute("action")
            ?? "";
        var shown = Shown(address);
        if (element.GetAttribute("poster") is { } poster && IsPlain(poster))
        {
            return InHttps(Shown(poster));
        }

        return element.LocalName switch
        {
            "script" when address.Length == 0 && !isHead && IsScript(element) =>
                "a <script> in the text will not run: put it into a file of the blog's own media, or into theme/head.html.",
            "script" when IsElsewhere(address) && !(isHead && element.HasAttribute("integrity")) =>
                $"the script {shown} will not run: it is from another site. Keep a copy in media{(isHead ? ", or name its hash with integrity=\"sha384-...\"" : "")}.",
            "iframe" when IsElsewhere(address) && !policy.AllowsFrame(address) =>
                $"the frame {shown} will not show: its site is not in Blog__FrameSources.",
            "img" or "video" or "audio" or "source" when IsPlain(address) => InHttps(shown),
            "object" or "embed" or "applet" =>
                $"<{element.LocalName}> will not show: use a link, a picture or a frame.",
            "form" when IsElsewhere(address) => $"the form to {shown} will not be sent: it leads to another site.",
            "base" => "<base> has no effect.",
            "link"
                when element.GetAttribute("rel") is "stylesheet" && IsElsewhere(element.GetAttribute("href") ?? "") =>
                "a stylesheet from another site will not load: keep a copy in media.",
            _ => null,
        };
    }

    private static string Shown(string address) => address.Length <= MaxQuoted ? address : address[..MaxQuoted] + "...";

    private static bool IsPlain(string address) => address.StartsWith("http:", StringComparison.OrdinalIgnoreCase);

    private static string InHttps(string shown) => $"{shown} will not show: write https instead of http.";

    private static bool IsScript(IElement element) =>
        element.GetAttribute("type") is null or "" or "module" or "text/javascript" or "application/javascript";

    /// <summary>Whether it is absolute, and neither a path, which some systems take for a file's, nor on this blog.</summary>
    private bool IsElsewhere(string address) =>
        Uri.TryCreate(
            address.StartsWith("//", StringComparison.Ordinal)
                ? new Uri(settings.BaseUrl).Scheme + ":" + address
                : address,
            UriKind.Absolute,
            out var absolute
        )
        && !absolute.IsFile
        && Origin.FromUri(absolute) != settings.BaseUrl;
}
