using Markdig.Extensions.Footnotes;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Replaces footnote references and back references with ordinary links that have an accessible name. As ordinary links
/// they are also resolved to the post's page when the text is shown elsewhere.
/// </summary>
internal static class FootnoteLinks
{
    /// <summary>Returns the HTML id of a footnote.</summary>
    public static string IdFor(Footnote note) => $"fn-{note.Order}";

    /// <summary>Replaces the footnote link in the syntax tree. Returns the ordinary link.</summary>
    public static LinkInline Replace(FootnoteLink footnoteLink, SiteTexts texts)
    {
        var link = new LinkInline(
            footnoteLink.IsBackLink ? $"#fnref-{footnoteLink.Index}" : $"#{IdFor(footnoteLink.Footnote)}",
            ""
        )
        {
            IsClosed = true,
        };
        var attributes = link.GetAttributes();
        if (footnoteLink.IsBackLink)
        {
            attributes.AddClass("footnote-back-ref");
            attributes.AddProperty("role", "doc-backlink");
            attributes.AddProperty(
                "aria-label",
                footnoteLink.Footnote.Links.Count > 1
                    ? texts.Format("body.back-to", "number", footnoteLink.Index)
                    : texts["body.back"]
            );
            link.AppendChild(new HtmlInline("↩"));
        }
        else
        {
            attributes.Id = $"fnref-{footnoteLink.Index}";
            attributes.AddClass("footnote-ref");
            attributes.AddProperty("role", "doc-noteref");
            attributes.AddProperty("aria-label", texts.Format("body.footnote", "number", footnoteLink.Footnote.Order));
            link.AppendChild(new HtmlInline($"<sup>{footnoteLink.Footnote.Order}</sup>"));
        }

        footnoteLink.ReplaceBy(link);
        return link;
    }
}
