using System.Globalization;
using System.Text;
using System.Xml;
using ServerlessBlog.Hosting;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Pages;

/// <summary>Makes what search engines read.</summary>
public sealed class CrawlerPages(PostLists lists, BlogSettings settings)
{
    /// <summary>The most addresses in one map (https://www.sitemaps.org/protocol.html).</summary>
    private const int MaxAddresses = 50_000;
    private const int MaxPages = 1_000;
    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The home page, static pages and posts, newest first, each with when it last changed.</summary>
    public async Task<Rendered?> SitemapAsync(CancellationToken cancellationToken)
    {
        var pages = lists.PagesAsync(MaxPages, cancellationToken);
        var posts = await lists.NewestAsync(0, MaxAddresses - MaxPages - 1, cancellationToken);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }))
        {
            xml.WriteStartElement("urlset", Namespace);
            Write(xml, "/", posts.Count == 0 ? null : posts.Max(ChangeOf));
            foreach (var post in (await pages).Concat(posts))
            {
                Write(xml, post.Path.Link, ChangeOf(post));
            }

            xml.WriteEndElement();
        }

        return new Rendered(bytes.ToArray(), Policy: null);
    }

    /// <summary>Everything may be read but what is private; the rest is in the map.</summary>
    public Task<Rendered?> RobotsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<Rendered?>(new Rendered(Encoding.UTF8.GetBytes($"User-agent: *\nDisallow: /moderate/\nSitemap: {settings.BaseUrl}/sitemap.xml\n"), Policy: null));

    private static DateTimeOffset ChangeOf(ListedPost post) => post.Updated > post.Date ? post.Updated : post.Date;

    private void Write(XmlWriter xml, string link, DateTimeOffset? changed)
    {
        xml.WriteStartElement("url", Namespace);
        xml.WriteElementString("loc", Namespace, settings.BaseUrl + link);
        if (changed is { } time)
        {
            xml.WriteElementString("lastmod", Namespace, time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        xml.WriteEndElement();
    }
}
