using System.Net;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Web.Content;

namespace ServerlessBlog.Hosting.Local.Pages;

/// <summary>Renders posts for other programs: with absolute addresses, and the lead picture above the text.</summary>
internal sealed class RenderedPosts(PostBodyLoader bodies, PictureResolver pictures, BlogSettings settings)
{
    /// <summary>Returns the HTML of a post in any state.</summary>
    public async Task<string> ToHtmlAsync(Post post, CancellationToken cancellationToken)
    {
        var links = LinkResolver.WithAbsoluteLinks(post.Source, settings.BaseUrl, post.Path);
        var body = await bodies.RenderAsync(post, links, cancellationToken);
        return await pictures.FindLeadAsync(post.Metadata.Picture, post.Source, cancellationToken) is { } lead
            ? $"<p><img src=\"{WebUtility.HtmlEncode(AddressOf(lead))}\" "
                + $"alt=\"{WebUtility.HtmlEncode(lead.Alt)}\"></p>\n{body.Html}"
            : body.Html;
    }

    private string AddressOf(PostImage picture) =>
        picture.Address is ['/', not '/', ..] ? settings.BaseUrl + picture.Address : picture.Address;
}
