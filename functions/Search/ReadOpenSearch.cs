using System.Xml;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;
using ServerlessBlog.Web.Results;

namespace ServerlessBlog.Search;

/// <summary>
/// GET /opensearch.xml: the description by which browsers offer the blog as a search engine
/// (https://developer.mozilla.org/docs/Web/XML/Guides/OpenSearch).
/// </summary>
public sealed class ReadOpenSearch(PageResponder responder, SiteLayoutProvider layouts)
{
    private const string Namespace = "http://a9.com/-/spec/opensearch/1.1/";

    /// <summary>The length that browsers show of a short name: 16 characters, as the specification limits it.</summary>
    private const int MaxShortName = 16;

    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancelled when the client disconnects.</param>
    [Function(nameof(ReadOpenSearch))]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "opensearch.xml")] HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        responder.PageAsync(
            request,
            new PageRequest(
                "opensearch",
                "/opensearch.xml",
                async stop => new RenderedPage(Write((await layouts.CurrentAsync(stop)).Layout), Policy: null),
                ContentType: "application/opensearchdescription+xml"
            )
            {
                Policy = CachePolicy.Feed,
            },
            cancellationToken
        );

    private static byte[] Write(SiteLayout site)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("OpenSearchDescription", Namespace);
            xml.WriteElementString("ShortName", Namespace, Shorten(site.BlogTitle));
            xml.WriteElementString("Description", Namespace, site.Texts.Format("search.in", ("blog", site.BlogTitle)));
            xml.WriteElementString("InputEncoding", Namespace, "UTF-8");
            xml.WriteStartElement("Url", Namespace);
            xml.WriteAttributeString("type", "text/html");
            xml.WriteAttributeString("template", $"{site.BaseUrl}/search?q={{searchTerms}}");
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    private static string Shorten(string title) =>
        title.Length <= MaxShortName ? title
        : char.IsHighSurrogate(title[MaxShortName - 2]) ? title[..(MaxShortName - 2)] + "…"
        : title[..(MaxShortName - 1)] + "…";
}
