using System.Xml;
using ServerlessBlog.Posts;

namespace ServerlessBlog.Feeds;

/// <summary>
/// Writes a sitemap (https://www.sitemaps.org/protocol.html), with the translations of each page
/// (https://developers.google.com/search/docs/specialty/international/localized-versions#sitemap).
/// </summary>
internal static class Sitemap
{
    /// <summary>
    /// Maximum number of pages in a sitemap: 5,000, a tenth of what the protocol allows, since a sitemap is rendered
    /// and cached as a whole. All fit into <see cref="MaxBytes"/>: an encoded path has at most 2,400 characters.
    /// </summary>
    public const int MaxPages = 5_000;

    /// <summary>Maximum size: 16 MiB. The protocol allows 50 MiB.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Upper bound of the markup and time of one entry, and of a link to a translation, in bytes.</summary>
    private const int MaxMarkupBytes = 100;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";
    private const string XhtmlNamespace = "http://www.w3.org/1999/xhtml";

    /// <summary>
    /// Returns the sitemap as UTF-8. Translations are left out when they would exceed <see cref="MaxBytes"/>: pages
    /// have links to them too.
    /// </summary>
    /// <param name="baseUrl">Base address of the blog, without a trailing slash.</param>
    /// <param name="language">The language of the blog.</param>
    /// <param name="entries">The pages, at most <see cref="MaxPages"/> and the home page.</param>
    public static byte[] Write(string baseUrl, string language, IReadOnlyCollection<SitemapEntry> entries)
    {
        var left = MaxBytes - entries.Sum(entry => baseUrl.Length + entry.Link.Length + MaxMarkupBytes);
        return WriteXml(xml =>
        {
            xml.WriteStartElement("urlset", Namespace);
            if (entries.Any(entry => entry.Translations.Count > 0))
            {
                xml.WriteAttributeString("xmlns", "xhtml", null, XhtmlNamespace);
            }

            foreach (var entry in entries)
            {
                xml.WriteStartElement("url", Namespace);
                WriteEntry(xml, baseUrl + entry.Link, entry.Changed);
                if (entry.Translations.Count > 0)
                {
                    (string, string)[] links =
                    [
                        .. entry.Translations.Select(other => (other.Language, other.Link)),
                        ("x-default", Translation.SelectDefault(entry.Translations, language).Link),
                    ];
                    left -= links.Sum(link => baseUrl.Length + link.Item2.Length + MaxMarkupBytes);
                    WriteLinks(xml, baseUrl, left < 0 ? [] : links);
                }

                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });
    }

    /// <summary>Returns the index of sitemaps as UTF-8.</summary>
    /// <param name="sitemaps">The absolute address of each, and the time of its last change; null when unknown.</param>
    public static byte[] WriteIndex(IEnumerable<(string Address, DateTimeOffset? Changed)> sitemaps) =>
        WriteXml(xml =>
        {
            xml.WriteStartElement("sitemapindex", Namespace);
            foreach (var (address, changed) in sitemaps)
            {
                xml.WriteStartElement("sitemap", Namespace);
                WriteEntry(xml, address, changed);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        });

    private static byte[] WriteXml(Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        using (
            var xml = XmlWriter.Create(
                bytes,
                new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }
            )
        )
        {
            write(xml);
        }

        return bytes.ToArray();
    }

    private static void WriteEntry(XmlWriter xml, string address, DateTimeOffset? changed)
    {
        xml.WriteElementString("loc", Namespace, address);
        if (changed is { } time)
        {
            xml.WriteElementString(
                "lastmod",
                Namespace,
                time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            );
        }
    }

    private static void WriteLinks(XmlWriter xml, string baseUrl, IEnumerable<(string Language, string Link)> links)
    {
        foreach (var (language, link) in links)
        {
            xml.WriteStartElement("link", XhtmlNamespace);
            xml.WriteAttributeString("rel", "alternate");
            xml.WriteAttributeString("hreflang", language);
            xml.WriteAttributeString("href", baseUrl + link);
            xml.WriteEndElement();
        }
    }
}

/// <summary>A page in a sitemap.</summary>
/// <param name="Link">The path, encoded.</param>
/// <param name="Changed">The time of the last change; null when unknown.</param>
/// <param name="Translations">The page in all its languages; empty when there is one.</param>
internal sealed record SitemapEntry(string Link, DateTimeOffset? Changed, IReadOnlyList<Translation> Translations);
