using Markdig.Extensions.MediaLinks;
using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace ServerlessBlog.Posts.Markdown.Html;

/// <summary>Writes what <c>![words](address)</c> stands for: a picture, a sound, a film, or a frame of a well-known place. The words are its name.</summary>
internal static class EmbedRenderer
{
    private static readonly MediaOptions Known = new();

    /// <summary>False for a link.</summary>
    public static bool TryWrite(HtmlRenderer renderer, LinkInline link)
    {
        if (!link.IsImage || link.Url is null || !renderer.EnableHtmlForInline)
        {
            return false;
        }

        if (FrameOf(link.Url) is { } frame)
        {
            renderer.Write("<iframe src=\"").WriteEscapeUrl(frame);
            renderer.Write("\" width=\"500\" height=\"281\" loading=\"lazy\" allowfullscreen title=\"");
            WriteWords(renderer, link, MarkdownTexts.Get(link)["body.frame"]);
            renderer.Write("\"></iframe>");
        }
        else if (MediaTagOf(link.Url) is { } tag)
        {
            renderer.Write('<').Write(tag).Write(" controls src=\"").WriteEscapeUrl(link.Url);
            renderer.Write("\" aria-label=\"");
            WriteWords(renderer, link, MarkdownTexts.Get(link)[tag == "audio" ? "body.audio" : "body.video"]);
            renderer.Write("\"></").Write(tag).Write('>');
        }
        else
        {
            renderer.Write("<img src=\"").WriteEscapeUrl(link.Url);
            renderer.Write('"').WriteAttributes(link).Write(" alt=\"");
            WriteWords(renderer, link, "");
            renderer.Write('"');
            if (link.Title is { Length: > 0 } title)
            {
                renderer.Write(" title=\"").WriteEscape(title).Write('"');
            }

            renderer.Write('>');
        }

        return true;
    }

    private static string? FrameOf(string url)
    {
        var isRelative = url.StartsWith("//", StringComparison.Ordinal);
        if (
            Uri.TryCreate(isRelative ? "https:" + url : url, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
        )
        {
            foreach (var host in Known.Hosts)
            {
                if (host.TryHandle(uri, isRelative, out var frame))
                {
                    return frame;
                }
            }
        }

        return null;
    }

    /// <summary>"audio" or "video" by the ending of the file's name; null for a picture.</summary>
    private static string? MediaTagOf(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        return Known.ExtensionToMimeType.TryGetValue(Path.GetExtension(end < 0 ? url : url[..end]), out var type)
            ? type.Split('/')[0]
            : null;
    }

    /// <summary>As an attribute's value.</summary>
    private static void WriteWords(HtmlRenderer renderer, LinkInline link, string none)
    {
        if (link.FirstChild is null)
        {
            renderer.WriteEscape(none);
            return;
        }

        renderer.EnableHtmlForInline = false;
        renderer.WriteChildren(link);
        renderer.EnableHtmlForInline = true;
    }
}
