using System.Net;
using Markdig.Extensions.Alerts;
using Markdig.Helpers;
using Markdig.Renderers;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Renders alert blocks (<c>&gt; [!NOTE]</c>) with Markdig's icon and the title in the blog's language. Not
/// thread-safe.
/// </summary>
internal sealed class AlertRenderer : AlertBlockRenderer
{
    private SiteTexts _texts = SiteTexts.BuiltIn;

    /// <summary>Creates the renderer, with its own title writer.</summary>
    public AlertRenderer() => RenderKind = WriteTitle;

    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, AlertBlock alert)
    {
        _texts = MarkdownTexts.Get(alert);
        base.Write(renderer, alert);
    }

    /// <summary>
    /// Writes Markdig's title with its text replaced by the interface text; unchanged for kinds that are not built in.
    /// </summary>
    private void WriteTitle(HtmlRenderer renderer, StringSlice kind)
    {
        using var title = new StringWriter(CultureInfo.InvariantCulture);
        DefaultRenderKind(new HtmlRenderer(title), kind);
        var html = title.ToString();
        var textKey = kind.ToString().ToUpperInvariant() switch
        {
            "NOTE" => "body.note",
            "TIP" => "body.tip",
            "IMPORTANT" => "body.important",
            "WARNING" => "body.warning",
            "CAUTION" => "body.caution",
            _ => null,
        };
        const string IconEnd = "</svg>";
        renderer.Write(
            textKey is not null && html.IndexOf(IconEnd, StringComparison.Ordinal) is var end and >= 0
                ? $"{html[..(end + IconEnd.Length)]}{WebUtility.HtmlEncode(_texts[textKey])}</p>\n"
                : html
        );
    }
}
