using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ServerlessBlog.Posts;

/// <summary>The author's Markdown: CommonMark with Markdig's advanced extensions, raw HTML allowed.</summary>
internal static class PostMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>Parses a body.</summary>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128).</exception>
    public static MarkdownDocument Parse(string body)
    {
        var document = Markdown.Parse(body, Pipeline);

        // What may scroll sideways must be reached by the keyboard too (WCAG 2.1.1).
        foreach (var wide in document.Descendants().Where(block => block is CodeBlock or Table))
        {
            wide.GetAttributes().AddProperty("tabindex", "0");
        }

        return document;
    }

    /// <summary>Writes what was parsed as HTML.</summary>
    public static void Write(MarkdownDocument document, TextWriter html) => document.ToHtml(html, Pipeline);
}
