using System.Net;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Admin.Theme;

/// <summary>Renders public pages with a stylesheet that is not saved yet.</summary>
public sealed class ThemePreview(
    SiteLayoutProvider layouts,
    ListPageRenderer listPages,
    PostPageRenderer postPages,
    PostLists posts
)
{
    private const string HeadEnd = "</head>";

    /// <summary>
    /// The home page and the newest post, each as a whole HTML document whose stylesheet is the blog's own and then
    /// <paramref name="css"/>. Without posts, the home page alone.
    /// </summary>
    public async Task<IReadOnlyList<string>> RenderAsync(string css, CancellationToken cancellationToken)
    {
        var site = (await layouts.CurrentAsync(cancellationToken)).Layout;
        var home = listPages.HomeAsync(1, cancellationToken);
        var newest = await posts.ReadNewestAsync(0, 1, cancellationToken);
        var post = newest is [var listed]
            ? await postPages.RenderAsync(listed.Id, CommentsPage.First, cancellationToken)
            : null;
        return [.. new[] { await home, post }.OfType<RenderedPage>().Select(page => WithStyle(page, css, site))];
    }

    /// <summary>
    /// Replaces the page's stylesheet. In CSS, <c>&lt;\/</c> means the same as <c>&lt;/</c>, and does not end the
    /// element.
    /// </summary>
    private static string WithStyle(RenderedPage page, string css, SiteLayout site)
    {
        var own = SiteLayoutProvider.AccentStyle(site.Profile) + css.Replace("</", "<\\/", StringComparison.Ordinal);
        var html = Encoding
            .UTF8.GetString(page.Bytes)
            .Replace(
                $"href=\"{site.StyleAddress}\"",
                $"href=\"{WebUtility.HtmlEncode(site.AdminStyleAddress)}\"",
                StringComparison.Ordinal
            );
        var end = html.IndexOf(HeadEnd, StringComparison.Ordinal);
        return html.Insert(end, $"<style>{own}</style>\n");
    }
}
