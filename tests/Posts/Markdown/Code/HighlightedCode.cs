using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Posts.Markdown;

namespace ServerlessBlog.Tests.Posts.Markdown.Code;

/// <summary>Renders code as the only block of a post.</summary>
internal static partial class HighlightedCode
{
    /// <summary>Returns the HTML of the code without the line end that a block adds.</summary>
    /// <param name="code">The code.</param>
    /// <param name="info">The info string of the fence.</param>
    public static string Render(string code, string? info)
    {
        var fence = new string('~', 3 + code.Split('~').Length); // longer than any in the code
        var html = new PostDocument($"{fence}{info}\n{code}\n{fence}\n").ToHtml(
            LinkResolver.ForPage(""),
            new Dictionary<string, ResponsiveImage>()
        );
        var start = html.IndexOf('>', html.IndexOf("<code", StringComparison.Ordinal)) + 1;
        return html[start..html.LastIndexOf("\n</code></pre>", StringComparison.Ordinal)];
    }

    /// <summary>Returns what a reader sees: the text without the spans of tokens.</summary>
    public static string TextOf(string html) => WebUtility.HtmlDecode(Token().Replace(html, ""));

    [GeneratedRegex("</span>|<span class=\"[a-z]\">")]
    private static partial Regex Token();
}
