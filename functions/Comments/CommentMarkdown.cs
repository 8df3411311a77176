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
/// A stranger's Markdown: paragraphs, emphasis, links, lists, quotes, code with its colours. No raw HTML, no headings, no images; bare addresses become links.
/// Markdig makes no link safe, so everything it writes goes through an allow-list of tags, two attributes and three schemes.
/// </summary>
public static class CommentMarkdown
{
    private const string Rel = "nofollow ugc noopener";

    private static readonly MarkdownPipeline Pipeline = Build();
    private static readonly CommentSanitizer Sanitizer = BuildSanitizer();

    /// <summary>Renders a comment. The result is safe to write into a page.</summary>
    /// <exception cref="ArgumentException">It is nested deeper than Markdig goes (128); see <see cref="TryToHtml"/>.</exception>
    public static string ToHtml(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var picture in document.Descendants<LinkInline>().Where(link => link.IsImage))
        {
            picture.IsImage = false;
        }

        CodeBlockHighlighter.Colour(document.Descendants<CodeBlock>());
        using var html = new StringWriter();
        var renderer = new HtmlRenderer(html);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Replace<CodeBlockRenderer>(new Code());
        renderer.Render(document);
        return Sanitizer.Sanitize(html.ToString());
    }

    /// <summary>Renders a comment of which nobody knows yet how deep it is nested. False when <see cref="ToHtml"/> would throw.</summary>
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

    /// <summary>How many links a reader would find in the comment, however they are spelled: as many as <see cref="ToHtml"/> writes.</summary>
    /// <exception cref="ArgumentException">As <see cref="ToHtml"/>.</exception>
    public static int CountLinks(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        return document.Descendants<LinkInline>().Count(link => IsKept(link.Url))
            + document
                .Descendants<AutolinkInline>()
                .Count(link => IsKept(link.IsEmail ? "mailto:" + link.Url : link.Url));
    }

    /// <summary>Whether the sanitizer lets a link to this address stay: it sees the address as Markdig escapes it.</summary>
    private static bool IsKept(string? address)
    {
        using var html = new StringWriter();
        new HtmlRenderer(html).WriteEscapeUrl(address);
        return Sanitizer.IsKept(WebUtility.HtmlDecode(html.ToString()));
    }

    private static MarkdownPipeline Build()
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

            if (arguments.Node is IElement element && !IsColour(element))
            {
                element.RemoveAttribute("class");
            }
        };
        return sanitizer;
    }

    /// <summary>Whether its class is one that <see cref="SyntaxHighlighter"/> writes: of what has another, the class goes.</summary>
    private static bool IsColour(IElement element) => element is { LocalName: "span", ClassName: [>= 'a' and <= 'z'] };

    private sealed class CommentSanitizer(HtmlSanitizerOptions options) : HtmlSanitizer(options)
    {
        /// <summary>Whether an address has no scheme or an allowed one.</summary>
        public bool IsKept(string address) => GetSafeIri(address) is not null;
    }

    private sealed class Code : HtmlObjectRenderer<CodeBlock>
    {
        protected override void Write(HtmlRenderer renderer, CodeBlock code)
        {
            renderer.EnsureLine().Write("<pre><code>");
            CodeBlockHighlighter.Write(renderer, code);
            renderer.WriteLine("</code></pre>");
        }
    }
}
