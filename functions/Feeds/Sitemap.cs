using System.Globalization;
using System.Text;
using System.Xml;

namespace ServerlessBlog.Feeds;

/// <summary>Writes a map of pages for search engines (https://www.sitemaps.org/protocol.html).</summary>
internal static class Sitemap
{
    /// <summary>The most addresses in one map, as the protocol has it.</summary>
    public const int MaxAddresses = 50_000;

    /// <summary>The protocol allows 50 MiB; the page cache keeps what is far smaller than its memory. 335 bytes for each address.</summary>
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>What stands around an address and its time, and more.</summary>
    private const int BytesAround = 100;

    private const string Namespace = "http://www.sitemaps.org/schemas/sitemap/0.9";

    /// <summary>The map's bytes: as many of the pages as it can hold, in their order.</summary>
    /// <param name="baseUrl">The blog's address.</param>
    /// <param name="pages">The link of each, and when it last changed; null when that is not known.</param>
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
            var room = MaxBytes;
            foreach (var (link, changed) in pages.Take(MaxAddresses))
            {
                room -= baseUrl.Length + link.Length + BytesAround;
                if (room < 0)
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
