using Markdig;
using Markdig.Extensions.MediaLinks;
using Markdig.Helpers;
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

    /// <summary>Creates a document of one HTML block.</summary>
    public static MarkdownDocument FromHtml(string body)
    {
        var block = new HtmlBlock(null) { Type = HtmlBlockType.NonInterruptingBlock };
        var line = 0;
        foreach (var text in body.Split('\n'))
        {
            var content = new StringSlice(text, NewLine.LineFeed);
            block.Lines.Add(new StringLine(ref content) { Line = line++ });
        }

        return new MarkdownDocument { block };
    }

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
