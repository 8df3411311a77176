using Markdig;
using Markdig.Helpers;
using Markdig.Syntax;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Posts.Markdown.Parsing;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>The Markdown of posts: <see cref="PostSyntax"/>, and HTML of the blog's own for it.</summary>
internal static class PostMarkdown
{
    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>Parses a body.</summary>
    /// <exception cref="ArgumentException">The body is nested deeper than Markdig supports (128).</exception>
    public static MarkdownDocument Parse(string body) => Markdig.Markdown.Parse(body, Pipeline);

    /// <summary>Creates a document of one HTML block.</summary>
    public static MarkdownDocument FromHtml(string body)
    {
        var lines = body.Split('\n');
        var block = new HtmlBlock(null)
        {
            Type = HtmlBlockType.NonInterruptingBlock,
            Lines = new StringLineGroup(lines.Length),
        };
        foreach (var (number, text) in lines.Index())
        {
            var content = new StringSlice(text, NewLine.LineFeed);
            block.Lines.Add(new StringLine(ref content) { Line = number });
        }

        return new MarkdownDocument { block };
    }

    /// <summary>Writes the document as HTML.</summary>
    public static void Write(MarkdownDocument document, TextWriter html) => document.ToHtml(html, Pipeline);

    private static MarkdownPipeline Build()
    {
        var builder = PostSyntax.AddTo(new MarkdownPipelineBuilder());
        builder.Extensions.Add(new PostHtmlExtension());
        return builder.Build();
    }
}
