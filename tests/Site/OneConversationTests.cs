using System.Text.Json.Nodes;
using System.Xml.Linq;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Site;

/// <summary>
/// Property-based test: the page as readers see it, its microformats, its JSON-LD and the feed of its comments tell the
/// same conversation, which is that of the model.
/// </summary>
[Trait("Category", "Slow")]
public sealed class OneConversationTests : IAsyncLifetime
{
    private const string Base = "http://blog.test";

    private static readonly CancellationToken Stop = CancellationToken.None;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Thread = "http://purl.org/syndication/thread/1.0";

    /// <summary>Texts that Markdown leaves as they are, and that other formats have to escape.</summary>
    private static readonly string[] Pieces =
    [
        "plain words",
        "say \"hi\" & 'bye'",
        "</script><script>alert(1)</script>",
        "]]> and <!-- and -->",
        "a < b > c",
        "C:\\dir \\u003C",
        "🦊 and 👩‍👩‍👧",
        "שלום עולם",
        "مرحبا بالعالم",
        "日本語の文です。",
        string.Concat(Enumerable.Repeat("a long tale of 🦊 ", 40)).Trim(),
    ];

    private static readonly string[] Names = ["Grace", "O'Neil \"Q\"", "<b>Ada</b> & co", "日本 太郎", "נועה", "🦊"];

    /// <summary>
    /// A comment: which of those before it it replies to (of none when negative), its name, its website, its texts, and
    /// what becomes of it.
    /// </summary>
    private static readonly Gen<Planned> Comments = Gen.Select(
        Gen.Int[-4, 11],
        OneOf(Names),
        OneOf<string?>(null, "https://example.com/~g?a=1&b=\"2\""),
        OneOf(Pieces).Array[1, 4],
        Gen.Frequency((5, Gen.Const(Fate.Stays)), (2, Gen.Enum<Fate>())),
        (target, name, website, texts, fate) => new Planned(target, name, website, texts, fate)
    );

    private TestBlog _blog = null!;

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    /// <summary>What becomes of a comment after it was approved.</summary>
    public enum Fate
    {
        /// <summary>It stays approved.</summary>
        Stays,

        /// <summary>A moderator hides it before the replies to it are approved.</summary>
        HiddenAtOnce,

        /// <summary>A moderator hides it at the end.</summary>
        Hidden,

        /// <summary>Its writer withdraws it at the end.</summary>
        Withdrawn,

        /// <summary>Its writer erases it at the end.</summary>
        Erased,
    }

    /// <summary>A comment of the model.</summary>
    public sealed record Planned(int Target, string Name, string? Website, string[] Texts, Fate Fate);

    /// <summary>A comment as one form of the conversation shows it.</summary>
    private sealed record Told(string Address, string? Parent, string Author, string? Website, string Text);

    public async Task InitializeAsync() =>
        _blog = await TestBlog.StartAsync(new() { ["Blog:Comments:Depth"] = "3" }, options: TestBlog.IdleHostOptions);

    public async Task DisposeAsync() => await _blog.DisposeAsync();

    [Fact]
    public async Task Page_microformats_JSON_LD_and_feed_tell_the_same_conversation() =>
        await Comments.List[1, 12].Array[4].SampleAsync(CheckAsync, iter: 6, threads: 1);

    private async Task CheckAsync(List<Planned>[] conversations)
    {
        var paths = new List<string>();
        foreach (var conversation in conversations)
        {
            paths.Add(await StoreAsync(conversation));
        }

        var pages = await Task.WhenAll(paths.Select(_blog.ReadAsync));
        var feeds = await Task.WhenAll(paths.Select(path => _blog.ReadAsync(path + "/comments.xml")));
        var entries = await Microformats.ReadAsync([.. paths.Zip(pages, (path, page) => (Base + path, page))]);
        for (var at = 0; at < conversations.Length; at++)
        {
            using var page = new HtmlParser().ParseDocument(pages[at]);
            var shown = OfPage(page);
            var (model, data) = (OfModel(conversations[at]), DataOf(page));

            Assert.Equal(model, WithoutAddresses(shown));
            Assert.Equal(shown, OfMicroformats(entries[at].Single()));
            Assert.Equal(shown, OfFeed(XDocument.Parse(feeds[at]), Base + paths[at]));
            Assert.Equal(shown.Select(comment => comment with { Text = Cut(comment.Text) }), OfData(data));
            Assert.Equal(model.Count, (int)data["commentCount"]!);
        }
    }

    /// <summary>Stores a conversation below a post of its own; returns the path of the post.</summary>
    private async Task<string> StoreAsync(List<Planned> conversation)
    {
        var (table, moderation) = (_blog.Get<CommentTable>(), _blog.Get<CommentModeration>());
        var post = ContentBuilder.BuildPost($"tree-{Guid.NewGuid():N}");
        await ContentBuilder.AddPostWithTextAsync(_blog, post, "Text.");
        var (idKey, keys) = (await table.GetIdKeyAsync(Stop), new List<CommentKey>());
        foreach (var (number, planned) in conversation.Index())
        {
            var text = TextOf(number, planned);
            var comment = ContentBuilder.BuildComment(idKey, post.Id, text, number) with
            {
                Author = planned.Name,
                Website = planned.Website,
                ReplyTo = ParentOf(number, planned) is { } parent ? keys[parent].Comment : null,
            };
            keys.Add((await table.AddAsync(comment, Stop)).Key);
        }

        foreach (var (key, planned) in keys.Zip(conversation))
        {
            await moderation.DecideAsync(key, CommentState.Approved, "by a test", Stop);
            if (planned.Fate == Fate.HiddenAtOnce)
            {
                await moderation.DecideAsync(key, CommentState.Spam, "by a test", Stop);
            }
        }

        foreach (var (key, planned) in keys.Zip(conversation))
        {
            await (
                planned.Fate switch
                {
                    Fate.Hidden => moderation.DecideAsync(key, CommentState.Spam, "by a test", Stop),
                    Fate.Withdrawn => _blog.Get<WriterActions>().WithdrawAsync(key, Stop),
                    Fate.Erased => _blog.Get<WriterActions>().EraseAsync(key, Stop),
                    _ => Task.CompletedTask,
                }
            );
        }

        return post.Path.Link;
    }

    private static int? ParentOf(int number, Planned planned) =>
        number == 0 || planned.Target < 0 ? null : planned.Target % number;

    /// <summary>Begins with the number, so that no two comments are the same.</summary>
    private static string TextOf(int number, Planned planned) => $"No {number}: {string.Join(' ', planned.Texts)}";

    /// <summary>
    /// The comment that one is nested below: at most three levels deep, a deeper one becomes a sibling of its parent.
    /// </summary>
    private static int? AboveOf(List<Planned> conversation, int number)
    {
        return PathOf(number) is [.., var above, _] ? above : null;

        int[] PathOf(int at) => ParentOf(at, conversation[at]) is { } parent ? [.. PathOf(parent).Take(2), at] : [at];
    }

    /// <summary>What is to be shown, with texts in the place of addresses.</summary>
    private static List<Told> OfModel(List<Planned> conversation) =>
        Sort(
            conversation
                .Index()
                .Where(comment => comment.Item.Fate == Fate.Stays)
                .Select(comment =>
                {
                    int?[] parents = [ParentOf(comment.Index, comment.Item), AboveOf(conversation, comment.Index)];
                    var parent = parents.FirstOrDefault(at =>
                        at is not null && conversation[at.Value].Fate == Fate.Stays
                    );
                    return new Told(
                        "",
                        parent is { } shown ? TextOf(shown, conversation[shown]) : null,
                        comment.Item.Name,
                        comment.Item.Website,
                        TextOf(comment.Index, comment.Item)
                    );
                })
        );

    private static List<Told> WithoutAddresses(List<Told> told)
    {
        var texts = told.ToDictionary(comment => comment.Address, comment => comment.Text);
        return Sort(
            told.Select(comment =>
                comment with
                {
                    Address = "",
                    Parent = comment.Parent is null ? null : texts[comment.Parent],
                }
            )
        );
    }

    /// <summary>What a reader sees: a reply lies inside of the comment that it replies to, or names it.</summary>
    private static List<Told> OfPage(IHtmlDocument page) =>
        Sort(
            page.QuerySelectorAll("article.comment:has(.prose)")
                .Select(article =>
                {
                    var named = article.QuerySelector("header span:not(.number) > a[href^='#comment-']");
                    var above = article.ParentElement!.ParentElement!.ParentElement!.QuerySelector(":scope > article");
                    return new Told(
                        AddressOf(article),
                        named is not null ? AddressOf(page.QuerySelector(named.GetAttribute("href")!)!)
                            : above?.QuerySelector(".prose") is not null && above.ClassList.Contains("comment")
                                ? AddressOf(above)
                            : null,
                        article.QuerySelector(".author")!.TextContent,
                        article.QuerySelector("a.author")?.GetAttribute("href"),
                        Collapse(article.QuerySelector(".prose")!.TextContent)
                    );
                })
        );

    private static string AddressOf(IElement article) =>
        Base + article.QuerySelector("a.permalink")!.GetAttribute("href");

    private static List<Told> OfMicroformats(JsonNode entry) =>
        Sort(
            entry
                .Items("comment")
                .Select(comment =>
                {
                    var author = comment.Items("author").Single();
                    return new Told(
                        comment.First("url")!,
                        comment.First("in-reply-to"),
                        author.First("name")!,
                        author.First("url"),
                        Collapse(comment.First("content")!)
                    );
                })
        );

    private static List<Told> OfFeed(XDocument feed, string post)
    {
        var entries = feed.Root!.Elements(Atom + "entry").ToList();
        var addresses = entries.ToDictionary(entry => entry.Element(Atom + "id")!.Value, LinkOf);
        return Sort(
            entries.Select(entry =>
            {
                var reference = entry.Element(Thread + "in-reply-to")!;
                var (id, address) = (reference.Attribute("ref")!.Value, reference.Attribute("href")!.Value);
                Assert.Equal(addresses.GetValueOrDefault(id, post), address);
                var author = entry.Element(Atom + "author")!;
                using var content = new HtmlParser().ParseDocument(entry.Element(Atom + "content")!.Value);
                return new Told(
                    LinkOf(entry),
                    address == post ? null : address,
                    author.Element(Atom + "name")!.Value,
                    author.Element(Atom + "uri")?.Value,
                    Collapse(content.Body!.TextContent)
                );
            })
        );

        static string LinkOf(XElement entry) => entry.Element(Atom + "link")!.Attribute("href")!.Value;
    }

    private static JsonNode DataOf(IHtmlDocument page) =>
        JsonNode.Parse(page.QuerySelector("script[type='application/ld+json']")!.TextContent)!["@graph"]![0]!;

    private static List<Told> OfData(JsonNode data) =>
        Sort(
            (data["comment"]?.AsArray() ?? []).Select(comment => new Told(
                (string)comment!["@id"]!,
                (string?)comment["parentItem"]?["@id"],
                (string)comment["author"]!["name"]!,
                (string?)comment["author"]!["url"],
                (string)comment["text"]!
            ))
        );

    private static List<Told> Sort(IEnumerable<Told> told) =>
        [.. told.OrderBy(comment => comment.Text.Split(':')[0], StringComparer.Ordinal)];

    private static string Collapse(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>JSON-LD has at most 500 characters of a text, and no half of a character.</summary>
    private static string Cut(string text) =>
        text.Length <= 500 ? text
        : char.IsHighSurrogate(text[498]) ? text[..498] + "…"
        : text[..499] + "…";
}
