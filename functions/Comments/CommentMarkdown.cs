using System.Diagnostics.CodeAnalysis;
using System.Net;
using AngleSharp.Dom;
using Ganss.Xss;
using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.Markdown.Code;

namespace ServerlessBlog.Comments;

/// <summary>
/// Renders the Markdown of comments, which strangers write: paragraphs, emphasis, links, lists, quotes and highlighted
/// code. There are no headings, no images (they become links) and no raw HTML; bare addresses become links.
/// </summary>
/// <remarks>
/// Markdig does not make links safe, so its whole output is sanitized with an allow-list of tags, two attributes (href,
/// class) and three schemes (http, https, mailto).
/// </remarks>
public static class CommentMarkdown
{
    private const string Rel = "nofollow ugc noopener";

    private static readonly MarkdownPipeline Pipeline = BuildPipeline();
    private static readonly CommentSanitizer Sanitizer = BuildSanitizer();

    /// <summary>Renders a comment as HTML that is safe to write into a page.</summary>
    /// <exception cref="ArgumentException">
    /// The text is nested deeper than Markdig's limit of 128 levels; for unchecked input use <see cref="TryToHtml"/>.
    /// </exception>
    public static string ToHtml(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var image in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            image.IsImage = false;
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
    /// Counts the links in a comment, however they are written. The result is the number of links that
    /// <see cref="ToHtml"/> writes.
    /// </summary>
    /// <exception cref="ArgumentException">The text is nested deeper than Markdig's limit of 128 levels.</exception>
    public static int CountLinks(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
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

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UseEmphasisExtras(
                EmphasisExtraOptions.Strikethrough | EmphasisExtraOptions.Subscript | EmphasisExtraOptions.Superscript
            )
            .UseSoftlineBreakAsHardlineBreak()
            .UseAutoLinks();
        builder.BlockParsers.TryRemove<HeadingBlockParser>();
        builder.BlockParsers.TryRemove<ThematicBreakParser>();
        builder.BlockParsers.Find<ParagraphBlockParser>()!.ParseSetextHeadings = false;
        return builder.Build();
    }

    private static CommentSanitizer BuildSanitizer()
    {
        var sanitizer = new CommentSanitizer(
            new HtmlSanitizerOptions
            {
                AllowedTags = new HashSet<string>(
                    [
                        "a",
                        "p",
                        "br",
                        "ol",
                        "ul",
                        "li",
                        "pre",
                        "code",
                        "blockquote",
                        "del",
                        "strong",
                        "em",
                        "sub",
                        "sup",
                        "span",
                    ],
                    StringComparer.OrdinalIgnoreCase
                ),
                AllowedAttributes = new HashSet<string>(["href", "class"], StringComparer.OrdinalIgnoreCase),
                AllowedSchemes = new HashSet<string>(["http", "https", "mailto"], StringComparer.OrdinalIgnoreCase),
                UriAttributes = new HashSet<string>(["href"], StringComparer.OrdinalIgnoreCase),
            }
        );
        sanitizer.PostProcessNode += (_, arguments) =>
        {
            if (arguments.Node is IElement { LocalName: "a" } link)
            {
                link.SetAttribute("rel", Rel);
            }

            if (arguments.Node is IElement element && !IsHighlighting(element))
            {
                element.RemoveAttribute("class");
            }
        };
        return sanitizer;
    }

    /// <summary>
    /// Whether the class of the element is one that <see cref="CodeBlockHighlighter"/> writes. The class is removed
    /// from all other elements.
    /// </summary>
    private static bool IsHighlighting(IElement element) =>
        element is { LocalName: "span", ClassName: [>= 'a' and <= 'z'] };

    private sealed class CommentSanitizer(HtmlSanitizerOptions options) : HtmlSanitizer(options)
    {
        /// <summary>Whether the address has an allowed scheme or none.</summary>
        public bool KeepsLink(string address) => GetSafeIri(address) is not null;
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
