using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using ServerlessBlog.Posts.Markdown.Code;

namespace ServerlessBlog.Comments;

/// <summary>
/// Keeps of the HTML of comments an allow-list of tags, attributes and three schemes (http, https, mailto). Links get
/// the <c>rel</c> of links that strangers write.
/// </summary>
internal sealed class CommentSanitizer : HtmlSanitizer
{
    private const string Rel = "nofollow ugc noopener";

    private static readonly string[] MarkdownTags =
        "a p br hr ol ul li pre code blockquote del strong em sub sup span".Split(' ');

    /// <summary>Creates a sanitizer.</summary>
    /// <param name="moreTags">Tags that are kept beside those that Markdown gives.</param>
    public CommentSanitizer(params string[] moreTags)
        : base(
            new HtmlSanitizerOptions
            {
                AllowedTags = Names([.. MarkdownTags, .. moreTags]),
                AllowedAttributes = Names("href", "class", "dir", "start", "value"),
                AllowedSchemes = Names("http", "https", "mailto"),
                UriAttributes = Names("href"),
            }
        )
    {
        KeepChildNodes = moreTags.Length > 0;
        PostProcessNode += (_, arguments) => Complete(arguments.Node);
    }

    /// <summary>Whether the address has an allowed scheme or none.</summary>
    public bool KeepsLink(string address) => GetSafeIri(address) is not null;

    /// <summary>Sanitizes the children of an element in place.</summary>
    public void SanitizeChildren(IHtmlDocument document) => SanitizeDom(document, document.Body);

    private static void Complete(INode node)
    {
        if (node is IElement { LocalName: "a" } link)
        {
            link.SetAttribute("rel", Rel);
        }

        if (node is IElement element && !IsHighlighting(element))
        {
            element.RemoveAttribute("class");
        }
    }

    /// <summary>
    /// Whether the class of the element is one that <see cref="CodeBlockHighlighter"/> writes. The class is removed
    /// from all other elements.
    /// </summary>
    private static bool IsHighlighting(IElement element) =>
        element is { LocalName: "span", ClassName: [>= 'a' and <= 'z'] };

    private static HashSet<string> Names(params string[] names) => new(names, StringComparer.OrdinalIgnoreCase);
}
