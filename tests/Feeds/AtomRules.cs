using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>What RFC 4287 (Atom) and RFC 4685 (threads) demand with MUST of what our feeds have.</summary>
internal static partial class AtomRules
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Thread = "http://purl.org/syndication/thread/1.0";

    /// <summary>Fails when a feed breaks a rule.</summary>
    public static void AssertObeyed(XDocument document)
    {
        var feed = document.Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        AssertCommon(feed);

        // RFC 4287, 4.1.1: at most one of each; an author, unless each entry has one.
        Assert.All(["generator", "icon", "logo", "subtitle", "rights"], name => AssertAtMostOne(feed, name));
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.True(
            feed.Element(Atom + "author") is not null
                || entries.All(entry => entry.Element(Atom + "author") is not null)
        );
        Assert.All(entries, AssertEntry);

        // 4.1.1: entries with one id are one entry at different times; ours are different entries.
        Assert.Distinct(entries.Select(entry => entry.Element(Atom + "id")!.Value));
    }

    private static void AssertEntry(XElement entry)
    {
        AssertCommon(entry);

        // 4.1.2: at most one of each; an alternate link where there is no content, and a summary where it is not text.
        Assert.All(["content", "published", "rights", "source", "summary"], name => AssertAtMostOne(entry, name));
        Assert.True(
            entry.Element(Atom + "content") is not null
                || entry.Elements(Atom + "link").Any(link => link.Attribute("rel")!.Value == "alternate")
        );
        Assert.All(entry.Elements(Atom + "published"), AssertTime);
        Assert.All(entry.Elements(Atom + "category"), category => Assert.NotNull(category.Attribute("term")));

        // 4.1.3.3: HTML in content is text without child elements, suitable for a div.
        Assert.All(entry.Elements(Atom + "content"), content =>
        {
            Assert.Equal("html", content.Attribute("type")!.Value);
            Assert.Empty(content.Elements());
        });

        // RFC 4685, 3: ref is an IRI of the resource itself, href one to retrieve it, type the media type of that.
        Assert.All(entry.Elements(Thread + "in-reply-to"), reference =>
        {
            AssertIri(reference.Attribute("ref")!.Value);
            AssertIri(reference.Attribute("href")!.Value);
            AssertMediaType(reference.Attribute("type")!.Value);
            Assert.NotEqual(entry.Element(Atom + "id")!.Value, reference.Attribute("ref")!.Value);
        });

        // 4 and 5: numbers are not negative, without leading zeros.
        Assert.All(entry.Elements(Atom + "link").Attributes(Thread + "count"), count =>
        {
            Assert.Equal("replies", count.Parent!.Attribute("rel")!.Value);
            Assert.Matches(Number(), count.Value);
        });
        AssertAtMostOne(entry, Thread + "total");
        Assert.All(entry.Elements(Thread + "total"), total => Assert.Matches(Number(), total.Value));
    }

    private static void AssertCommon(XElement element)
    {
        // 4.1.1 and 4.1.2: exactly one id, title and updated; at most one alternate link of a type.
        Assert.All(["id", "title", "updated"], name => Assert.Single(element.Elements(Atom + name)));
        AssertIri(element.Element(Atom + "id")!.Value);
        AssertTime(element.Element(Atom + "updated")!);
        Assert.Distinct(
            element
                .Elements(Atom + "link")
                .Where(link => link.Attribute("rel")!.Value == "alternate")
                .Select(link => link.Attribute("type")!.Value)
        );

        // 4.2.7: each link has an address, and media types are such.
        Assert.All(element.Elements(Atom + "link"), link =>
        {
            AssertIri(link.Attribute("href")!.Value);
            AssertMediaType(link.Attribute("type")!.Value);
        });

        // 3.2: a person has one name, at most one address and e-mail address.
        Assert.All(element.Elements(Atom + "author"), person =>
        {
            Assert.Single(person.Elements(Atom + "name"));
            AssertAtMostOne(person, "uri");
            Assert.Empty(person.Elements(Atom + "email"));
            Assert.All(person.Elements(Atom + "uri"), address => AssertIri(address.Value));
        });
    }

    /// <summary>3.3: after RFC 3339, with an upper-case T and Z.</summary>
    private static void AssertTime(XElement element) => Assert.Matches(Time(), element.Value);

    /// <summary>4.2.6 and 4.2.7: absolute here, as no xml:base is given.</summary>
    private static void AssertIri(string text) => Assert.Matches(Iri(), text);

    private static void AssertMediaType(string text) => Assert.Matches(MediaType(), text);

    private static void AssertAtMostOne(XElement element, string name) => AssertAtMostOne(element, Atom + name);

    private static void AssertAtMostOne(XElement element, XName name) =>
        Assert.True(element.Elements(name).Count() <= 1, $"{element.Name} has several of {name}.");

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A(https?://[^\s<>""{}|\\^`]+|urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\z")]
    private static partial Regex Iri();

    [GeneratedRegex(@"\A[a-z]+/[a-z+.-]+\z")]
    private static partial Regex MediaType();

    [GeneratedRegex(@"\A(0|[1-9]\d*)\z")]
    private static partial Regex Number();
}
