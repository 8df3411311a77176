using System.Net;

namespace ServerlessBlog.Notifications;

/// <summary>
/// Makes the HTML part of a mail from its plain text: paragraphs, quotations, and links to the blog itself, which stand
/// on lines of their own. Nothing else becomes a link, and there are no pictures.
/// </summary>
/// <remarks>
/// Styles are inline, widths are in pixels and there is no dark background: Outlook's Word engine, Gmail and dark
/// phones then show the same. Mail programs in the dark mode invert colours that are not named.
/// </remarks>
public static class MailHtml
{
    private const string Body =
        "margin:0 auto;max-width:600px;padding:16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,sans-serif";

    private const string Quotation = "margin:0 0 16px;padding:0 0 0 12px;border-left:3px solid #b4452e";

    /// <summary>Creates the HTML document.</summary>
    /// <param name="text">The plain text, with lines separated by \n.</param>
    /// <param name="baseUrl">The blog's address without a trailing slash: lines that begin so become links.</param>
    public static string Create(string text, string baseUrl) => Wrap(ToBlocks(text, baseUrl));

    /// <summary>Creates the document around HTML.</summary>
    /// <param name="html">Trusted HTML.</param>
    public static string Wrap(string html) =>
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
        + "<meta name=\"color-scheme\" content=\"light dark\">"
        + $"<style>img{{max-width:100%;height:auto}}</style></head><body dir=\"auto\"><div style=\"{Body}\">\n"
        + $"{html}</div></body></html>\n";

    /// <summary>Creates the elements of a text: paragraphs and quotations.</summary>
    /// <param name="text">The plain text, with lines separated by \n.</param>
    /// <param name="baseUrl">The blog's address without a trailing slash: lines that begin so become links.</param>
    public static string ToBlocks(string text, string baseUrl)
    {
        var html = new StringBuilder();
        foreach (var block in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            Append(html, [.. block.Trim('\n').Split('\n')], baseUrl);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, List<string> lines, string baseUrl)
    {
        var isQuoted = lines.TrueForAll(line => line.StartsWith('>'));
        var content = string.Join(
            "<br>\n",
            lines.Select(line => isQuoted ? Encode(line[1..].TrimStart(' ')) : ToHtml(line, baseUrl))
        );
        html.Append(
            isQuoted
                ? $"<blockquote dir=\"auto\" style=\"{Quotation}\">{content}</blockquote>\n"
                : $"<p dir=\"auto\" style=\"margin:0 0 16px\">{content}</p>\n"
        );
    }

    private static string ToHtml(string line, string baseUrl)
    {
        var encoded = Encode(line);
        return line.StartsWith(baseUrl + "/", StringComparison.Ordinal) && !line.Contains(' ', StringComparison.Ordinal)
            ? $"<a href=\"{encoded}\" style=\"word-break:break-all\">{encoded}</a>"
            : encoded;
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
