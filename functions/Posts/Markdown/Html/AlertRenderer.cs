using System.Globalization;
using System.Net;
using Markdig.Extensions.Alerts;
using Markdig.Helpers;
using Markdig.Renderers;
using ServerlessBlog.Texts;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>Writes <c>&gt; [!NOTE]</c> with Markdig's icon and the blog's own word. Not for more than one thread.</summary>
internal sealed class AlertRenderer : AlertBlockRenderer
{
    private SiteTexts _texts = SiteTexts.BuiltIn;

    /// <summary>Takes the place of Markdig's.</summary>
    public AlertRenderer() => RenderKind = WriteTitle;

    /// <inheritdoc/>
    protected override void Write(HtmlRenderer renderer, AlertBlock alert)
    {
        _texts = MarkdownTexts.Get(alert);
        base.Write(renderer, alert);
    }

    /// <summary>Markdig's title, up to its word; of a kind that only the author knows, all of it.</summary>
    private void WriteTitle(HtmlRenderer renderer, StringSlice kind)
    {
        using var title = new StringWriter(CultureInfo.InvariantCulture);
        DefaultRenderKind(new HtmlRenderer(title), kind);
        var html = title.ToString();
        var word = kind.ToString().ToUpperInvariant() switch
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
            word is not null && html.IndexOf(IconEnd, StringComparison.Ordinal) is var end and >= 0
                ? $"{html[..(end + IconEnd.Length)]}{WebUtility.HtmlEncode(_texts[word])}</p>\n"
                : html
        );
    }
}
