using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Markdig.Helpers;
using Markdig.Syntax;
using ServerlessBlog.Notifications;
using ServerlessBlog.Posts.Markdown.Html;

namespace ServerlessBlog.Comments;

/// <summary>
/// Renders comments in HTML, which other blogs have and strangers wrote: the elements that Markdown gives, and b, i, u,
/// s and strike. Pictures become links. Of elements for layout the content is kept; other tags are code that somebody
/// typed, and are shown as typed.
/// </summary>
internal static partial class CommentHtml
{
    private const int MaxExcerpt = 160;

    private static readonly string[] MoreTags = ["b", "i", "u", "s", "strike"];
    private static readonly CommentSanitizer Sanitizer = new(MoreTags);

    /// <summary>Elements that are replaced by their content.</summary>
    private static readonly HashSet<string> Unwrapped = Names(
        "abbr acronym address article aside bdi bdo big caption center cite col colgroup dd dfn dir div dl dt "
            + "figcaption figure font footer h1 h2 h3 h4 h5 h6 header ins kbd main mark nav q rp rt ruby samp "
            + "section small table tbody td tfoot th thead time tr tt var wbr"
    );

    private static readonly HashSet<string> Blocks = Names("p ol ul pre blockquote hr");

    /// <summary>Elements whose tags are read as HTML; all others are text.</summary>
    private static readonly HashSet<string> Known =
    [
        .. Unwrapped,
        .. Blocks,
        .. MoreTags,
        .. Names("a br li code del strong em sub sup span img"),
    ];

    /// <summary>Returns HTML that is safe to write into a page.</summary>
    public static string Sanitize(string html)
    {
        using var document = Parse(html);
        foreach (var picture in document.Images.ToList())
        {
            ReplaceByLink(picture, document);
        }

        Sanitizer.SanitizeChildren(document);
        WrapLooseText(document);
        foreach (var block in document.Body!.QuerySelectorAll("p, li"))
        {
            block.SetAttribute("dir", "auto");
        }

        return document.Body!.InnerHtml;
    }

    /// <summary>The text that readers see, paragraphs separated by an empty line.</summary>
    public static string ToPlainText(string html)
    {
        using var document = Parse(html);
        foreach (var element in document.Body!.QuerySelectorAll("br, p, li, pre, blockquote, div").ToList())
        {
            element.AppendChild(document.CreateTextNode(element.LocalName == "br" ? "\n" : "\n\n"));
            if (element.LocalName == "br")
            {
                element.Replace(document.CreateTextNode("\n"));
            }
        }

        return Gaps().Replace(document.Body.TextContent, "\n\n").Trim();
    }

    /// <summary>The beginning as plain text on one line, at most 160 characters.</summary>
    public static string ToExcerpt(string html) => PlainText.OneLine(ToPlainText(html), MaxExcerpt);

    /// <summary>Counts the links that <see cref="Sanitize"/> writes.</summary>
    public static int CountLinks(string html)
    {
        using var document = new HtmlParser().ParseDocument(Sanitize(html));
        return document.QuerySelectorAll("a[href]").Length;
    }

    /// <summary>Whether elements are nested too deeply to be rendered in bounded time.</summary>
    public static bool IsTooDeep(string html) =>
        RawHtmlReader.Read([new HtmlBlock(null) { Lines = new StringLineGroup(html) }]).TooDeep is not null;

    /// <summary>Returns the names of the tags that have no effect or are shown as typed, each once.</summary>
    public static IReadOnlyList<string> FindIneffectiveTags(string html) =>
        [
            .. Tag()
                .Matches(html)
                .Select(tag => tag.Groups["name"].Value)
                .Where(name => Unwrapped.Contains(name) || !Known.Contains(name))
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private static IHtmlDocument Parse(string html)
    {
        var readable = Tag()
            .Replace(html, tag => Known.Contains(tag.Groups["name"].Value) ? tag.Value : "&lt;" + tag.Value[1..]);
        return new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{readable}");
    }

    private static void ReplaceByLink(IHtmlImageElement picture, IHtmlDocument document)
    {
        var (address, words) = (picture.GetAttribute("src") ?? "", picture.AlternativeText);
        if (picture.Closest("a") is not null || !Sanitizer.KeepsLink(address))
        {
            picture.Replace(document.CreateTextNode(string.IsNullOrEmpty(words) ? address : words));
            return;
        }

        var link = document.CreateElement("a");
        link.SetAttribute("href", address);
        link.TextContent = string.IsNullOrEmpty(words) ? address : words;
        picture.Replace(link);
    }

    /// <summary>Puts text that is in no block into paragraphs.</summary>
    private static void WrapLooseText(IHtmlDocument document)
    {
        IElement? paragraph = null;
        foreach (var node in document.Body!.ChildNodes.ToList())
        {
            if (node is IElement element && Blocks.Contains(element.LocalName))
            {
                paragraph = null;
            }
            else if (paragraph is not null || node is not IText || !string.IsNullOrWhiteSpace(node.TextContent))
            {
                if (paragraph is null)
                {
                    paragraph = document.CreateElement("p");
                    document.Body.InsertBefore(paragraph, node);
                }

                paragraph.AppendChild(node);
            }
        }
    }

    private static HashSet<string> Names(string names) => names.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("</?(?<name>[A-Za-z][^\\s/<>]*)|<[!?]")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[ \t]*\n([ \t]*\n)+")]
    private static partial Regex Gaps();
}
