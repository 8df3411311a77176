using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Finds raw HTML that browsers will not load or run under the blog's <see cref="ContentPolicy"/>, so that the author
/// learns of it from the report.
/// </summary>
/// <param name="policy">The policy of the blog's pages.</param>
/// <param name="settings">The settings; the base URL tells the blog's own URLs from others.</param>
public sealed class ContentPolicyLinter(ContentPolicy policy, BlogSettings settings)
{
    private const int MaxNotes = 20;
    private const int MaxQuotedLength = 80;

    /// <summary>Returns one sentence for each distinct problem, at most 20.</summary>
    /// <param name="html">A rendered body, or the author's HTML for the head of every page.</param>
    /// <param name="isHead">Whether the HTML is for the head, where inline scripts are allowed by their hash.</param>
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
            yield return $"the attribute {attribute.Name} of <{element.LocalName}> will not run: scripts in a page's "
                + "text are switched off.";
        }

        if (
            element.GetAttribute("href")?.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)
            is true
        )
        {
            yield return $"a link with 'javascript:' will not run: scripts in a page's text are switched off.";
        }

        if (FindProblem(element, isHead) is { } problem)
        {
            yield return problem;
        }
    }

    private string? FindProblem(IElement element, bool isHead)
    {
        var address = element.GetAttribute("src")
            ?? element.GetAttribute("data")
            ?? element.GetAttribute("action")
            ?? "";
        var quoted = Shorten(address);
        return element.LocalName switch
        {
            "script" when address.Length == 0 && !isHead && IsScript(element) =>
                "a <script> in the text will not run: put it into a file of the blog's own media, or into "
                    + "theme/head.html.",
            "script" when IsOtherSite(address) && !(isHead && element.HasAttribute("integrity")) =>
                $"the script {quoted} will not run: it is from another site. Keep a copy in "
                    + $"media{(isHead ? ", or name its hash with integrity=\"sha384-...\"" : "")}.",
            "iframe" when IsOtherSite(address) && !policy.AllowsFrame(address) =>
                $"the frame {quoted} will not show: its site is not in Blog__FrameSources.",
            "object" or "embed" or "applet" =>
                $"<{element.LocalName}> will not show: use a link, a picture or a frame.",
            "form" when IsOtherSite(address) => $"the form to {quoted} will not be sent: it leads to another site.",
            "base" => "<base> has no effect.",
            "link"
                when element.GetAttribute("rel") is "stylesheet" && IsOtherSite(element.GetAttribute("href") ?? "") =>
                "a stylesheet from another site will not load: keep a copy in media.",
            _ => null,
        };
    }

    private static string Shorten(string address) =>
        address.Length <= MaxQuotedLength ? address : address[..MaxQuotedLength] + "...";

    private static bool IsScript(IElement element) =>
        element.GetAttribute("type") is null or "" or "module" or "text/javascript" or "application/javascript";

    /// <summary>
    /// Whether a URL leads to another site: it is absolute, is not a rooted path (which Uri parses as a file URI on
    /// Unix), and has another origin than the blog.
    /// </summary>
    private bool IsOtherSite(string address) =>
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
