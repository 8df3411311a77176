using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Markdig.Helpers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// The texts of an HTML body as a Markdown document, from which excerpt and reading time are derived as for Markdown.
/// </summary>
internal static class HtmlOutline
{
    /// <summary>Elements whose text readers do not see.</summary>
    private static readonly string[] Hidden = ["script", "style", "template", "title"];

    /// <summary>
    /// Creates a document with a paragraph for each <c>p</c>, an HTML block for each comment, and a heading for each
    /// other text.
    /// </summary>
    public static MarkdownDocument Create(string html)
    {
        using var source = new HtmlParser().ParseDocument(html);
        var document = new MarkdownDocument();
        var seen = new HashSet<INode>();
        foreach (var node in source.Body!.Descendants())
        {
            if (node is IComment comment)
            {
                document.Add(new HtmlBlock(null) { Lines = new StringLineGroup($"<!--{comment.Data}-->") });
            }
            else if (node is IText && node.ParentElement is { } parent && !Hidden.Contains(parent.LocalName))
            {
                var paragraph = parent.Closest("p");
                if (paragraph is null || seen.Add(paragraph))
                {
                    AddText(document, paragraph is not null, (paragraph ?? node).TextContent);
                }
            }
        }

        return document;
    }

    private static void AddText(MarkdownDocument document, bool isParagraph, string text)
    {
        LeafBlock block = isParagraph ? new ParagraphBlock() : new HeadingBlock(null!);
        block.Inline = new ContainerInline().AppendChild(new LiteralInline(text));
        document.Add(block);
    }
}
