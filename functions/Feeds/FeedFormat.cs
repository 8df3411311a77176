namespace ServerlessBlog.Feeds;

/// <summary>A format of feeds.</summary>
/// <param name="File">Last segment of the path of a feed in this format.</param>
/// <param name="ContentType">
/// The Content-Type. That of RSS and Atom is application/xml: Chromium shows application/rss+xml and
/// application/atom+xml as plain text, without the stylesheet.
/// </param>
/// <param name="Write">Writes a feed as UTF-8 without a byte order mark.</param>
public sealed record FeedFormat(string File, string ContentType, Func<Feed, byte[]> Write)
{
    /// <summary>Whether ids of posts must be unique among all blogs (<see cref="FeedIds"/>).</summary>
    public bool HasIris { get; init; }

    /// <summary>Whether it shows how many comments posts have.</summary>
    public bool ShowsCommentCounts { get; init; }

    private const string Xml = "application/xml; charset=utf-8";

    /// <summary>RSS 2.0.</summary>
    public static FeedFormat Rss { get; } = new("feed.xml", Xml, RssWriter.Write) { ShowsCommentCounts = true };

    /// <summary>Atom 1.0.</summary>
    public static FeedFormat Atom { get; } =
        new("atom.xml", Xml, AtomWriter.Write) { HasIris = true, ShowsCommentCounts = true };

    /// <summary>JSON Feed 1.1.</summary>
    public static FeedFormat Json { get; } =
        new("feed.json", "application/feed+json; charset=utf-8", JsonFeedWriter.Write) { HasIris = true };

    private static IReadOnlyList<FeedFormat> All { get; } = [Rss, Atom, Json];

    /// <summary>
    /// Splits the file of a feed off the end of the path of a list. The format is null when the path has no such end.
    /// </summary>
    public static (string List, FeedFormat? Format) Split(string path)
    {
        var slash = path.LastIndexOf('/');
        var format = slash < 1 ? null : All.FirstOrDefault(format => format.File == path[(slash + 1)..]);
        return format is null ? (path, null) : (path[..slash], format);
    }
}
