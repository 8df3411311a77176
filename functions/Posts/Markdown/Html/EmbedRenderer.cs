using Markdig.Extensions.MediaLinks;
using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>
/// Renders <c>![text](url)</c>: a picture, an audio or video player, or an iframe of a well-known site. The text is its
/// accessible name.
/// </summary>
internal static class EmbedRenderer
{
    private static readonly MediaOptions MediaOptions = new();

    /// <summary>Writes the element. Returns false for an ordinary link, which is left to Markdig.</summary>
    public static bool TryWrite(HtmlRenderer renderer, LinkInline link)
    {
        if (!link.IsImage || link.Url is null || !renderer.EnableHtmlForInline)
        {
            return false;
        }

        if (FindFrameUrl(link.Url) is { } frame)
        {
            WriteFrame(renderer, link, frame);
        }
        else if (FindMediaTag(link.Url) is { } tag)
        {
            WritePlayer(renderer, link, tag);
        }
        else
        {
            WriteImage(renderer, link);
        }

        return true;
    }

    private static void WriteFrame(HtmlRenderer renderer, LinkInline link, string frameUrl)
    {
        renderer.Write("<iframe src=\"").WriteEscapeUrl(frameUrl);
        renderer.Write("\" width=\"500\" height=\"281\" loading=\"lazy\" allowfullscreen title=\"");
        WriteLabel(renderer, link, MarkdownTexts.Get(link)["body.frame"]);
        renderer.Write("\"></iframe>");
    }

    private static void WritePlayer(HtmlRenderer renderer, LinkInline link, string tag)
    {
        renderer.Write('<').Write(tag).Write(" controls src=\"").WriteEscapeUrl(link.Url);
        renderer.Write("\" aria-label=\"");
        WriteLabel(renderer, link, MarkdownTexts.Get(link)[tag == "audio" ? "body.audio" : "body.video"]);
        renderer.Write("\"></").Write(tag).Write('>');
    }

    private static void WriteImage(HtmlRenderer renderer, LinkInline link)
    {
        renderer.Write("<img src=\"").WriteEscapeUrl(link.Url);
        renderer.Write('"').WriteAttributes(link).Write(" alt=\"");
        WriteLabel(renderer, link, "");
        renderer.Write('"');
        if (link.Title is { Length: > 0 } title)
        {
            renderer.Write(" title=\"").WriteEscape(title).Write('"');
        }

        renderer.Write('>');
    }

    private static string? FindFrameUrl(string url)
    {
        var isRelative = url.StartsWith("//", StringComparison.Ordinal);
        if (
            Uri.TryCreate(isRelative ? "https:" + url : url, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
        )
        {
            foreach (var host in MediaOptions.Hosts)
            {
                if (host.TryHandle(uri, isRelative, out var frame))
                {
                    return frame;
                }
            }
        }

        return null;
    }

    /// <summary>Returns "audio" or "video" according to the file extension; null for a picture.</summary>
    private static string? FindMediaTag(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return MediaOptions.ExtensionToMimeType.TryGetValue(Path.GetExtension(end < 0 ? url : url[..end]), out var type)
            ? type.Split('/')[0]
            : null;
    }

    /// <summary>Writes the link's text as an attribute value, or the default when it has none.</summary>
    private static void WriteLabel(HtmlRenderer renderer, LinkInline link, string defaultText)
    {
        if (link.FirstChild is null)
        {
            renderer.WriteEscape(defaultText);
            return;
        }

        renderer.EnableHtmlForInline = false;
        renderer.WriteChildren(link);
        renderer.EnableHtmlForInline = true;
    }
}
