using System.Xml;

namespace ServerlessBlog.Feeds;

/// <summary>Writes a sitemap (https://www.sitemaps.org/protocol.html).</summary>
internal static class Sitemap
{
    /// <summary>Maximum number of addresses in a sitemap, from the protocol.</summary>
    public const int MaxAddresses = 50_000;

    /// <summary>
    /// Maximum size: 16 MiB, 335 bytes per address. The protocol allows 50 MiB, but the page cache only keeps pages
    /// that are far smaller than its memory.
    /// </summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>Upper bound of the markup and time of one entry, in bytes.</summary>
    private const int MaxMarkupBytes = 100;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>
    /// Returns the sitemap as UTF-8, with the first pages that fit into the limits of number and size.
    /// </summary>
    /// <param name="baseUrl">Base address of the blog, without a trailing slash.</param>
    /// <param name="pages">Path of each page, and the time of its last change; null when unknown.</param>
    public static byte[] Write(string baseUrl, IEnumerable<(string Link, DateTimeOffset? Changed)> pages)
    {
        using var bytes = new MemoryStream();
        using (
            var xml = XmlWriter.Create(
                bytes,
                new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) }
            )
        )
        {
            xml.WriteStartElement("urlset", Namespace);
            var remaining = MaxBytes;
            foreach (var (link, changed) in pages.Take(MaxAddresses))
            {
                remaining -= baseUrl.Length + link.Length + MaxMarkupBytes;
                if (remaining < 0)
                {
                    break;
                }

                Write(xml, baseUrl + link, changed);
            }

            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, string address, DateTimeOffset? changed)
    {
        xml.WriteStartElement("url", Namespace);
        xml.WriteElementString("loc", Namespace, address);
        if (changed is { } time)
        {
            xml.WriteElementString(
                "lastmod",
                Namespace,
                time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            );
        }

        xml.WriteEndElement();
    }
}
