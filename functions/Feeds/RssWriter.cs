using System.Xml;

namespace ServerlessBlog.Feeds;

/// <summary>
/// Writes a feed as RSS 2.0 (https://www.rssboard.org/rss-specification) with full texts in <c>content:encoded</c>
/// (https://web.resource.org/rss/1.0/modules/content/), and with the number of comments and their feed
/// (https://web.resource.org/rss/1.0/modules/slash/, https://www.rssboard.org/comment-api).
/// </summary>
internal static class RssWriter
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private const string Content = "http://purl.org/rss/1.0/modules/content/";
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";
    private const string Slash = "http://purl.org/rss/1.0/modules/slash/";
    private const string WellFormedWeb = "http://wellformedweb.org/CommentAPI/";

    /// <summary>Returns the feed as UTF-8 without a byte order mark.</summary>
    public static byte[] Write(Feed feed) => FeedXml.Write(feed, xml =>
        {
            xml.WriteStartElement("rss");
            xml.WriteAttributeString("version", "2.0");
            xml.WriteAttributeString("xmlns", "atom", null, Atom);
            xml.WriteAttributeString("xmlns", "content", null, Content);
            xml.WriteAttributeString("xmlns", "dc", null, DublinCore);
            xml.WriteAttributeString("xmlns", "slash", null, Slash);
            xml.WriteAttributeString("xmlns", "wfw", null, WellFormedWeb);
            xml.WriteStartElement("channel");
            Text(xml, "title", feed.Title);
            Text(xml, "link", feed.Link);
            Description(xml, feed.Description);
            Text(xml, "language", feed.Language);
            xml.WriteStartElement("link", Atom);
            xml.WriteAttributeString("href", feed.Self);
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("type", "application/rss+xml");
            xml.WriteEndElement();
            foreach (var item in feed.Items)
            {
                Write(xml, item);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        });

    private static void Write(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("item");
        Text(xml, "title", item.Title);
        Text(xml, "link", item.Link);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", "false");
        xml.WriteString(item.Id);
        xml.WriteEndElement();
        Text(xml, "pubDate", item.Published.ToUniversalTime().ToString("r", CultureInfo.InvariantCulture));
        if (item.Updated > item.Published)
        {
            xml.WriteElementString("updated", Atom, FeedXml.Time(item.Updated));
        }

        xml.WriteElementString("creator", DublinCore, FeedXml.Clean(item.Author));
        foreach (var tag in item.Tags)
        {
            Text(xml, "category", tag);
        }

        if (item.Replies is { } replies)
        {
            Text(xml, "comments", replies.Page);
            xml.WriteElementString("comments", Slash, replies.Count.ToString(CultureInfo.InvariantCulture));
            xml.WriteElementString("commentRss", WellFormedWeb, replies.Feed);
        }

        if (item.Summary is not null)
        {
            Description(xml, item.Summary);
        }

        if (item.Html is not null)
        {
            xml.WriteElementString("encoded", Content, FeedXml.Clean(item.Html));
        }

        xml.WriteEndElement();
    }

    /// <summary>
    /// A description is HTML (RSS 2.0, section "Elements of item"): plain text is escaped once as HTML and, by the
    /// writer, once as XML.
    /// </summary>
    private static void Description(XmlWriter xml, string text) =>
        Text(
            xml,
            "description",
            text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal)
                .Replace(">", "&gt;", StringComparison.Ordinal)
        );

    private static void Text(XmlWriter xml, string name, string text) =>
        xml.WriteElementString(name, FeedXml.Clean(text));
}
