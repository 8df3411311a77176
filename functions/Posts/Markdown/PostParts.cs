using Markdig.Extensions.Alerts;
using Markdig.Extensions.CustomContainers;
using Markdig.Extensions.Footnotes;
using Markdig.Extensions.Mathematics;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown;

/// <summary>What is in parsed Markdown, found in one walk that also gives names and roles to what Markdig leaves without.</summary>
internal sealed class PostParts
{
    /// <summary>Ids that the page around the text has, or begins with: what has such a name gets another.</summary>
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

    /// <summary>Walks through it.</summary>
    /// <param name="document">What was parsed.</param>
    /// <param name="texts">The blog's own words.</param>
    public PostParts(MarkdownDocument document, SiteTexts texts)
    {
        _texts = texts;
        foreach (var part in document.Descendants().ToList())
        {
            if (part.TryGetAttributes() is { Id: { } id } attributes)
            {
                attributes.Id = Unique(id);
            }
            else if (part is HeadingBlock)
            {
                part.GetAttributes().Id = Unique("section");
            }

            Add(part);
        }
    }

    /// <summary>Links and pictures, those of footnotes among them.</summary>
    public List<LinkInline> Links { get; } = [];

    /// <summary>The author's own HTML.</summary>
    public List<HtmlBlock> HtmlBlocks { get; } = [];

    /// <summary>The author's own tags within a paragraph.</summary>
    public List<HtmlInline> Tags { get; } = [];

    /// <summary>Code that is not within a line.</summary>
    public List<CodeBlock> Code { get; } = [];

    /// <summary>In the order of the text.</summary>
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
                MarkdownTexts.Set(link, _texts);
                break;
            case HtmlBlock html:
                HtmlBlocks.Add(html);
                break;
            case HtmlInline tag:
                Tags.Add(tag);
                break;
            case MathBlock or MathInline:
                Formulas.Add(part);
                break;
            case CodeBlock code:
                Code.Add(code);
                break;
            case Table:
                part.GetAttributes().AddPropertyIfNotExist("tabindex", "0"); // what may scroll sideways must be reached by the keyboard too (WCAG 2.1.1)
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

    /// <summary>The id, or one like it that nothing else has.</summary>
    private string Unique(string id)
    {
        var own = Array.Exists(PageIds, taken =>
            taken.EndsWith('-') ? id.StartsWith(taken, StringComparison.Ordinal) : taken == id
        )
            ? $"section-{id}"
            : id;
        var unique = own;
        for (var number = 1; !_ids.Add(unique); number++)
        {
            unique = $"{own}-{number}";
        }

        return unique;
    }
}
