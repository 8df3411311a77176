using Markdig;

namespace ServerlessBlog.Posts;

/// <summary>The author's Markdown: CommonMark with Markdig's advanced extensions, raw HTML allowed.</summary>
public static class PostMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UseAdvancedExtensions().Build();

    /// <summary>Renders a body to HTML.</summary>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128).</exception>
    public static string ToHtml(string body) => Markdown.ToHtml(body, Pipeline);
}
