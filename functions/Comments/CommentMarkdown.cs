using System.Net;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Markdown.Code;
using ServerlessBlog.Posts.Markdown.Parsing;

namespace ServerlessBlog.Comments;

/// <summary>
/// Renders the Markdown of comments, which strangers write: paragraphs, emphasis, links, lists, quotes and highlighted
/// code. There are no headings, no images (they become links) and no raw HTML; bare addresses become links. Nothing
/// that was typed is lost: list items keep their numbers, and definitions of links that no link uses are text.
/// </summary>
/// <remarks>
/// Markdig does not make links safe, so its whole output is sanitized with an allow-list of tags, attributes and
/// three schemes (http, https, mailto).
/// </remarks>
public static class CommentMarkdown
{
    private const int MaxExcerpt = 160;

    private static readonly MarkdownPipeline Pipeline = BuildPipeline(hasDefinitions: true);
    private static readonly MarkdownPipeline PipelineWithoutDefinitions = BuildPipeline(hasDefinitions: false);
    private static readonly CommentSanitizer Sanitizer = new();

    /// <summary>Renders a comment as HTML that is safe to write into a page.</summary>
    /// <exception cref="ArgumentException">
    /// The text is nested deeper than Markdig's limit of 128 levels; for unchecked input use <see cref="TryToHtml"/>.
    /// </exception>
    public static string ToHtml(string text)
    {
        var document = Parse(text);
        foreach (var block in document.Descendants<Block>())
        {
            CommentBlocks.AddAttributes(block);
        }

        CodeBlockHighlighter.Highlight(document.Descendants<CodeBlock>(), CodeBlockHighlighter.MaxStepsForComment);
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new CodeRenderer());
        renderer.Render(document);
        return Sanitizer.Sanitize(html.ToString());
    }

    /// <summary>
    /// Renders a comment. Returns false when it is nested too deeply and <see cref="ToHtml"/> would throw.
    /// </summary>
    public static bool TryToHtml(string text, [NotNullWhen(true)] out string? html)
    {
        try
        {
            html = ToHtml(text);
            return true;
        }
        catch (ArgumentException)
        {
            html = null;
            return false;
        }
    }

    /// <summary>
    /// The beginning of a comment as plain text on one line, at most 160 characters: two lines of a page.
    /// </summary>
    public static string ToExcerpt(string text)
    {
        using var words = new StringWriter();
        var renderer = new HtmlRenderer(words)
        {
            EnableHtmlForBlock = false,
            EnableHtmlForInline = false,
            EnableHtmlEscape = false,
        };
        Pipeline.Setup(renderer);
        renderer.Render(Parse(text));
        return PlainText.OneLine(words.ToString(), MaxExcerpt);
    }

    /// <summary>
    /// Counts the links in a comment, however they are written. The result is the number of links that
    /// <see cref="ToHtml"/> writes.
    /// </summary>
    /// <exception cref="ArgumentException">The text is nested deeper than Markdig's limit of 128 levels.</exception>
    public static int CountLinks(string text)
    {
        var document = Parse(text);
        return document.Descendants<LinkInline>().Count(link => KeepsLink(link.Url))
            + document
                .Descendants<AutolinkInline>()
                .Count(link => KeepsLink(link.IsEmail ? "mailto:" + link.Url : link.Url));
    }

    /// <summary>
    /// Whether the sanitizer keeps a link to this address. The address is escaped as Markdig escapes it, since that is
    /// what the sanitizer gets.
    /// </summary>
    private static bool KeepsLink(string? address)
    {
        using var html = new StringWriter();
        new HtmlRenderer(html).WriteEscapeUrl(address);
        return Sanitizer.KeepsLink(WebUtility.HtmlDecode(html.ToString()));
    }

    /// <summary>
    /// Parses a comment. Pictures become links, and a link without words gets its address as text. When a definition of
    /// a link is not used, no definition is one.
    /// </summary>
    private static MarkdownDocument Parse(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        var used = document.Descendants<LinkInline>().Select(link => link.Reference).ToHashSet();
        if (document.Descendants<LinkReferenceDefinition>().Any(definition => !used.Contains(definition)))
        {
            document = Markdown.Parse(text, PipelineWithoutDefinitions);
        }

        TreeCorrections.UnwrapAddresses(document);
        foreach (var link in document.Descendants<LinkInline>())
        {
            link.IsImage = false;
            if (link.Url is { Length: > 0 } && !link.Descendants<LeafInline>().Any(HasText))
            {
                link.AppendChild(new LiteralInline(link.Url));
            }
        }

        return document;
    }

    private static bool HasText(LeafInline inline) =>
        inline is not LineBreakInline && inline is not LiteralInline { Content.IsEmpty: true };

    private static MarkdownPipeline BuildPipeline(bool hasDefinitions)
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseSoftlineBreakAsHardlineBreak()
            .UseCjkFriendlyEmphasis();
        var (blocks, inlines) = (builder.BlockParsers, builder.InlineParsers);
        blocks.TryRemove<HeadingBlockParser>();
        blocks.InsertBefore<ParagraphBlockParser>(new CaretLabelParser());
        if (!hasDefinitions)
        {
            blocks.ReplaceOrAdd<ParagraphBlockParser>(new TextParagraphParser());
        }

        foreach (var paragraph in blocks.OfType<ParagraphBlockParser>())
        {
            paragraph.ParseSetextHeadings = false;
        }

        inlines.InsertBefore<EmphasisInlineParser>(new TightEmphasisParser());
        inlines.Add(new BareAddressParser());
        return builder.Build();
    }

    private sealed class CodeRenderer : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code)
        {
            renderer.EnsureLine().Write("<pre><code>");
            CodeBlockHighlighter.Write(renderer, code);
            renderer.WriteLine("</code></pre>");
        }
    }
}
