using Markdig.Extensions.Alerts;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Helpers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>
/// The parts of parsed Markdown that rendering changes, collected in one walk. The walk also makes ids unique and adds
/// the ARIA attributes that Markdig does not write.
/// </summary>
internal sealed class PostParts
{
    /// <summary>
    /// The ids that the page around the text uses; one with a trailing hyphen stands for all ids with this prefix.
    /// Elements of the text with such an id get another one.
    /// </summary>
    private static readonly string[] PageIds =
    [
        "top",
        "main-content",
        "comments",
        "comment-",
        "leave-a-comment",
        "receipt",
        "related-heading",
        "your-",
        "fn-",
        "fnref-",
    ];

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly SiteTexts _texts;

    /// <summary>Walks the document once.</summary>
    /// <param name="document">The parsed Markdown; it is modified.</param>
    /// <param name="texts">The interface texts for generated labels.</param>
    public PostParts(MarkdownDocument document, SiteTexts texts)
    {
        _texts = texts;
        RawHtml = RawHtmlReader.Read(document);
        _ids.UnionWith(RawHtml.Ids.Select(FreeId));
        References.AddRange(RawHtml.References);
        foreach (var part in document.Descendants().ToList())
        {
            if (part.TryGetAttributes() is { Id: { } id } attributes)
            {
                attributes.Id = MakeUnique(id);
            }
            else if (part is HeadingBlock heading)
            {
                part.GetAttributes().Id = MakeUnique(HeadingIds.From(ExcerptBuilder.GetText(heading)));
            }

            Add(part);
        }
    }

    /// <summary>What was found in the author's own HTML.</summary>
    public RawHtmlReader RawHtml { get; }

    /// <summary>Links and pictures, including the links of footnotes.</summary>
    public List<LinkInline> Links { get; } = [];

    /// <summary>Whether there is HTML of the author's own.</summary>
    public bool HasRawHtml { get; private set; }

    /// <summary>
    /// The addresses of links and pictures as they were written, those of the author's own HTML first.
    /// </summary>
    public List<PostReference> References { get; } = [];

    /// <summary>The ids of the text's elements.</summary>
    public IReadOnlySet<string> Ids => _ids;

    /// <summary>Code blocks, fenced and indented.</summary>
    public List<CodeBlock> Code { get; } = [];

    /// <summary>Formulas, inline and block, in document order.</summary>
    public List<MarkdownObject> Formulas { get; } = [];

    private void Add(MarkdownObject part)
    {
        switch (part)
        {
            case FootnoteLink note:
                Links.Add(FootnoteLinks.Replace(note, _texts));
                break;
            case LinkInline link:
                Links.Add(link);
                if (link.IsAutoLink)
                {
                    MarkAddress(link);
                }

                References.Add(new PostReference(link.Url ?? "", link.Line + 1, link.Column + 1, link.IsImage));
                MarkdownTexts.Set(link, _texts);
                break;
            case AutolinkInline { IsEmail: false }:
                MarkAddress(part);
                break;
            case HtmlBlock html:
                HasRawHtml = true;
                html.Lines = new StringLineGroup(HtmlElements.WithoutPlaintext(html.Lines.ToString()));
                break;
            case HtmlInline tag:
                HasRawHtml = true;
                tag.Tag = HtmlElements.WithoutPlaintext(tag.Tag);
                break;
            case MathBlock or MathInline:
                Formulas.Add(part);
                break;
            case CodeBlock code:
                Code.Add(code);
                break;
            case Table:
                // A region that scrolls horizontally must be reachable by keyboard (WCAG 2.1.1).
                part.GetAttributes().AddPropertyIfNotExist("tabindex", "0");
                break;
            case TaskList or FootnoteGroup:
                MarkdownTexts.Set(part, _texts);
                break;
            case AlertBlock:
                MarkdownTexts.Set(part, _texts);
                part.GetAttributes().AddPropertyIfNotExist("role", "note");
                break;
            case CustomContainer { Info: "note" or "tip" or "important" or "warning" or "caution" }:
                part.GetAttributes().AddPropertyIfNotExist("role", "note");
                break;
        }
    }

    /// <summary>Marks a link whose text is its address: in print, the address is not repeated.</summary>
    private static void MarkAddress(MarkdownObject link) => link.GetAttributes().AddClass("address");

    /// <summary>Returns the id, or one with a prefix when the page around the text uses it.</summary>
    public static string FreeId(string id) =>
        Array.Exists(PageIds, taken =>
            taken.EndsWith('-') ? id.StartsWith(taken, StringComparison.Ordinal) : taken == id
        )
            ? $"section-{id}"
            : id;

    /// <summary>Returns the id, or a variant of it that is not in use.</summary>
    private string MakeUnique(string id)
    {
        var candidate = FreeId(id);
        var unique = candidate;
        for (var number = 1; !_ids.Add(unique); number++)
        {
            unique = $"{candidate}-{number}";
        }

        return unique;
    }
}
