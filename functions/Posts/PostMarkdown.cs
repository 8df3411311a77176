using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ServerlessBlog.Posts;

/// <summary>The author's Markdown: CommonMark with Markdig's advanced extensions, raw HTML allowed.</summary>
public static class PostMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>Renders a body to HTML.</summary>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128).</exception>
    public static string ToHtml(string body)
    {
        using var html = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        Write(body, html);
        return html.ToString();
    }

    /// <summary>Renders a body to HTML.</summary>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128).</exception>
    internal static void Write(string body, TextWriter html)
    {
        var document = Markdown.Parse(body, Pipeline);

        // What may scroll sideways must be reached by the keyboard too (WCAG 2.1.1).
        foreach (var wide in document.Descendants().Where(block => block is CodeBlock or Table))
        {
            wide.GetAttributes().AddProperty("tabindex", "0");
        }

        document.ToHtml(html, Pipeline);
    }
}
