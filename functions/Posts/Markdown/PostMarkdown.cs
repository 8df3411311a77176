using Markdig;
using Markdig.Extensions.MediaLinks;
using Markdig.Syntax;
using ServerlessBlog.Posts.Markdown.Html;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// The Markdown dialect of posts: CommonMark with Markdig's advanced extensions; raw HTML is allowed.
/// </summary>
internal static class PostMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Parses a body.</summary>
    /// <exception cref="ArgumentException">The body is nested deeper than Markdig supports (128).</exception>
    public static MarkdownDocument Parse(string body) => Markdig.Markdown.Parse(body, Pipeline);

    /// <summary>Writes the document as HTML.</summary>
    public static void Write(MarkdownDocument document, TextWriter html) => document.ToHtml(html, Pipeline);

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder().UseAdvancedExtensions();
        builder.Extensions.TryRemove<MediaLinkExtension>(); // EmbedRenderer writes media links instead.
        builder.Extensions.Add(new PostHtmlExtension());
        return builder.Build();
    }
}
