using System.Xml;

namespace ServerlessBlog.Feeds;

/// <summary>What the XML formats of feeds have in common.</summary>
internal static class FeedXml
{
    /// <summary>Writes a document as UTF-8 without a byte order mark, with the stylesheet for browsers.</summary>
    public static byte[] Write(Feed feed, Action<XmlWriter> write)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };
        using (var xml = XmlWriter.Create(bytes, settings))
        {
            xml.WriteProcessingInstruction("xml-stylesheet", $"type=\"text/css\" href=\"{feed.StyleAddress}\"");
            write(xml);
        }

        return bytes.ToArray();
    }

    /// <summary>Formats a time after RFC 3339, in UTC.</summary>
    public static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Removes characters that XML 1.0 does not allow, such as a form feed in a code block.</summary>
    public static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar)
            ? text
            : string.Concat(
                text.EnumerateRunes().Where(rune => rune.Value > 0xFFFF || XmlConvert.IsXmlChar((char)rune.Value))
            );
}
