using Markdig;
using Markdig.Extensions.MediaLinks;
using Markdig.Syntax;
using ServerlessBlog.Posts.Markdown.Html;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>The author's Markdown: CommonMark with Markdig's advanced extensions, raw HTML allowed.</summary>
internal static class PostMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Parses a body.</summary>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128).</exception>
    public static MarkdownDocument Parse(string body) => Markdig.Markdown.Parse(body, Pipeline);

    /// <summary>Writes what was parsed as HTML.</summary>
    public static void Write(MarkdownDocument document, TextWriter html) => document.ToHtml(html, Pipeline);

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UseAdvancedExtensions();
        builder.Extensions.TryRemove<MediaLinkExtension>(); // PostHtml shows them
        builder.Extensions.Add(new PostHtmlExtension());
        return builder.Build();
    }
}
