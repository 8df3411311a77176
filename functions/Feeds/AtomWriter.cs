using System.Xml;

namespace ServerlessBlog.Feeds;

/// <summary>Writes a feed as Atom 1.0 (RFC 4287) with the threads of comments (RFC 4685).</summary>
internal static class AtomWriter
{
    private const string Namespace = "http://www.w3.org/2005/Atom";
    private const string Thread = "http://purl.org/syndication/thread/1.0";
    private const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary>Returns the feed as UTF-8 without a byte order mark.</summary>
    public static byte[] Write(Feed feed) => FeedXml.Write(feed, xml =>
        {
            xml.WriteStartElement("feed", Namespace);
            xml.WriteAttributeString("xmlns", "thr", null, Thread);
            xml.WriteAttributeString("lang", Xml, feed.Language);
            Text(xml, "id", feed.Self);
            Text(xml, "title", feed.Title);
            Text(xml, "subtitle", feed.Description);
            Text(xml, "updated", FeedXml.Time(feed.Updated));
            Text(xml, "icon", feed.Icon);
            Link(xml, "alternate", feed.Link, "text/html");
            Link(xml, "self", feed.Self, "application/atom+xml");
            Author(xml, feed.Author, address: null);
            foreach (var item in feed.Items)
            {
                Write(xml, item);
            }

            xml.WriteEndElement();
        });

    private static void Write(XmlWriter xml, FeedItem item)
    {
        xml.WriteStartElement("entry", Namespace);
        if (item.Language is not null)
        {
            xml.WriteAttributeString("lang", Xml, item.Language);
        }

        Text(xml, "id", item.Iri!);
        Text(xml, "title", item.Title);
        Link(xml, "alternate", item.Link, "text/html");
        WriteThread(xml, item);
        Text(xml, "published", FeedXml.Time(item.Published));
        Text(xml, "updated", FeedXml.Time(item.Updated));
        Author(xml, item.Author, item.AuthorAddress);
        foreach (var tag in item.Tags)
        {
            xml.WriteStartElement("category", Namespace);
            xml.WriteAttributeString("term", FeedXml.Clean(tag));
            xml.WriteEndElement();
        }

        // RFC 4287, 4.1.2: an entry without content needs an alternate link, which every entry has.
        if (item.Summary is not null)
        {
            Text(xml, "summary", item.Summary);
        }

        if (item.Html is not null)
        {
            xml.WriteStartElement("content", Namespace);
            xml.WriteAttributeString("type", "html");
            xml.WriteString(FeedXml.Clean(item.Html));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteThread(XmlWriter xml, FeedItem item)
    {
        if (item.InReplyTo is { } parent)
        {
            xml.WriteStartElement("in-reply-to", Thread);
            xml.WriteAttributeString("ref", parent.Iri);
            xml.WriteAttributeString("href", parent.Link);
            xml.WriteAttributeString("type", "text/html");
            xml.WriteEndElement();
        }

        if (item.Replies is { } replies)
        {
            var count = replies.Count.ToString(CultureInfo.InvariantCulture);
            Link(xml, "replies", replies.Feed, "application/atom+xml", count);
            xml.WriteElementString("total", Thread, count);
        }
    }

    private static void Author(XmlWriter xml, string name, string? address)
    {
        xml.WriteStartElement("author", Namespace);
        Text(xml, "name", name);
        if (address is not null)
        {
            Text(xml, "uri", address);
        }

        xml.WriteEndElement();
    }

    private static void Link(XmlWriter xml, string relation, string address, string type, string? count = null)
    {
        xml.WriteStartElement("link", Namespace);
        xml.WriteAttributeString("rel", relation);
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        if (count is not null)
        {
            xml.WriteAttributeString("count", Thread, count);
        }

        xml.WriteEndElement();
    }

    /// <summary>A text construct without a type is plain text (RFC 4287, 3.1.1).</summary>
    private static void Text(XmlWriter xml, string name, string text) =>
        xml.WriteElementString(name, Namespace, FeedXml.Clean(text));
}
