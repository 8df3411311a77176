using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Texts;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Feeds;

/// <summary>Makes the HTML of a post for feed readers, which show it outside of the blog's pages.</summary>
internal static class FeedContent
{
    /// <summary>
    /// Puts the lead picture above the text, takes scripts out, and names language and direction, which no page around
    /// the text does.
    /// </summary>
    /// <param name="body">The rendered text, with absolute addresses.</param>
    /// <param name="lead">The lead picture; null for none.</param>
    /// <param name="language">The language of the post, a BCP 47 tag.</param>
    /// <param name="baseUrl">The blog's base URL, without a trailing slash.</param>
    public static string Build(string body, PostImage? lead, string language, string baseUrl)
    {
        using var document = new HtmlParser().ParseDocument($"<!DOCTYPE html><body>{Picture(lead, baseUrl)}{body}");
        foreach (var element in document.All.ToList())
        {
            RemoveScripts(element);
        }

        var direction = LanguageTag.IsRightToLeft(language) ? "rtl" : "ltr";
        var html = document.Body!.InnerHtml;
        return $"<div lang=\"{WebUtility.HtmlEncode(language)}\" dir=\"{direction}\">\n{html}</div>";
    }

    /// <summary>The absolute address of a picture.</summary>
    public static string AddressOf(PostImage picture, string baseUrl) =>
        picture.Address is ['/', not '/', ..] ? baseUrl + picture.Address : picture.Address;

    private static string Picture(PostImage? lead, string baseUrl)
    {
        if (lead is null)
        {
            return "";
        }

        var size = lead is { Width: { } width, Height: { } height }
            ? string.Create(CultureInfo.InvariantCulture, $" width=\"{width}\" height=\"{height}\"")
            : "";
        return $"<p><img src=\"{WebUtility.HtmlEncode(AddressOf(lead, baseUrl))}\" "
            + $"alt=\"{WebUtility.HtmlEncode(lead.Alt)}\"{size}></p>\n";
    }

    private static void RemoveScripts(IElement element)
    {
        if (element.LocalName == "script")
        {
            element.Remove();
            return;
        }

        var scripts = element.Attributes.Where(attribute =>
            attribute.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase) || IsScript(attribute.Value)
        );
        foreach (var attribute in scripts.ToList())
        {
            element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
        }
    }

    /// <summary>Whether a URL has the scheme javascript; browsers ignore spaces and controls in it.</summary>
    private static bool IsScript(string value) =>
        string.Concat(value.Where(character => character > ' '))
            .StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);
}
