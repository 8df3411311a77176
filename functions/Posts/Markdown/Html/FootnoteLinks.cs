using Markdig.Extensions.Footnotes;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>Makes the links of footnotes ordinary links, with a name for who does not see them: like any other they lead to the post's page from elsewhere.</summary>
internal static class FootnoteLinks
{
    /// <summary>The id of a note in its page.</summary>
    public static string IdOf(Footnote note) => $"fn-{note.Order}";

    /// <summary>Puts a link in its place, and answers it.</summary>
    public static LinkInline Replace(FootnoteLink found, SiteTexts texts)
    {
        var link = new LinkInline(found.IsBackLink ? $"#fnref-{found.Index}" : $"#{IdOf(found.Footnote)}", "")
        {
            IsClosed = true,
        };
        var attributes = link.GetAttributes();
        if (found.IsBackLink)
        {
            attributes.AddClass("footnote-back-ref");
            attributes.AddProperty("role", "doc-backlink");
            attributes.AddProperty(
                "aria-label",
                found.Footnote.Links.Count > 1
                    ? texts.Format("body.back-to", "number", found.Index)
                    : texts["body.back"]
            );
            link.AppendChild(new HtmlInline("↩"));
        }
        else
        {
            attributes.Id = $"fnref-{found.Index}";
            attributes.AddClass("footnote-ref");
            attributes.AddProperty("role", "doc-noteref");
            attributes.AddProperty("aria-label", texts.Format("body.footnote", "number", found.Footnote.Order));
            link.AppendChild(new HtmlInline($"<sup>{found.Footnote.Order}</sup>"));
        }

        found.ReplaceBy(link);
        return link;
    }
}
