using Markdig.Extensions.Mathematics;
using Markdig.Syntax;
using ServerlessBlog.Posts.Markdown.Html;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>Reads the plain text of parsed Markdown, block by block.</summary>
internal static class PlainTextBlocks
{
    /// <summary>Reads the texts in document order, without empty ones.</summary>
    public static IEnumerable<string> Read(MarkdownDocument document) =>
        document.Descendants<LeafBlock>().SelectMany(TextsOf).Where(text => text.Length > 0);

    private static IEnumerable<string> TextsOf(LeafBlock block) =>
        block switch
        {
            MathBlock or CodeBlock => [block.Lines.ToString()],
            HtmlBlock { Type: HtmlBlockType.Comment } => [],
            HtmlBlock html => Read(HtmlOutline.Create(html.Lines.ToString())),
            _ => [ExcerptBuilder.GetText(block)],
        };
}
