using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ServerlessBlog.Feeds;

/// <summary>Writes a feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).</summary>
internal static class JsonFeedWriter
{
    /// <summary>Letters of every script stay as they are: the file is half as large.</summary>
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Returns the feed as UTF-8 without a byte order mark.</summary>
    public static byte[] Write(Feed feed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title);
            json.WriteString("home_page_url", feed.Link);
            json.WriteString("feed_url", feed.Self);
            json.WriteString("description", feed.Description);
            json.WriteString("icon", feed.Icon);
            json.WriteString("language", feed.Language);
            Authors(json, feed.Author);
            json.WriteStartArray("items");
            foreach (var item in feed.Items)
            {
                Write(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FeedItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Iri);
        json.WriteString("url", item.Link);
        json.WriteString("title", item.Title);
        // An item must have content; the text of an excerpt is its summary.
        json.WriteString(item.Html is null ? "content_text" : "content_html", item.Html ?? item.Summary ?? item.Title);
        if (item.Summary is not null)
        {
            json.WriteString("summary", item.Summary);
        }

        if (item.Picture is not null)
        {
            json.WriteString("image", item.Picture);
        }

        json.WriteString("date_published", FeedXml.Time(item.Published));
        json.WriteString("date_modified", FeedXml.Time(item.Updated));
        json.WriteString("language", item.Language);
        Authors(json, item.Author);
        json.WriteStartArray("tags");
        foreach (var tag in item.Tags)
        {
            json.WriteStringValue(tag);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Authors(Utf8JsonWriter json, string name)
    {
        json.WriteStartArray("authors");
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
