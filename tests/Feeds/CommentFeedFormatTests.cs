using System.ServiceModel.Syndication;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>
/// The feeds of comments, read back by two libraries and held to the RFCs; and the storage calls that they take.
/// </summary>
[Trait("Category", "Slow")]
public sealed class CommentFeedFormatTests : IAsyncLifetime
{
    private const string OfPost = "/posts/talk/comments.xml";
    private const string OfAll = "/comments.xml";

    private static readonly CancellationToken Stop = CancellationToken.None;

    private TestBlog _blog = null!;
    private PostId _post;

    public async Task InitializeAsync()
    {
        _blog = await TestBlog.StartAsync(
            new() { ["Blog:Title"] = "Bits & <pieces>" },
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow)
        );
        _post = await _blog.PublishAsync("talk", "A <b> & c");
        await _blog.PublishAsync("quiet");
        await AddAsync("One & <two> </script> ]]> 🦊 \"three\"", "Grace \"G\" <b>", null, 1);
        await AddAsync("שלום [here](/about)\n\n> quoted\n\n```\n<code>\n```", "נועה", 1, 2);
        await _blog.RaiseSiteAsync();
    }

    public Task DisposeAsync() => _blog.DisposeAsync().AsTask();

    [Theory]
    [InlineData(OfPost, 2)]
    [InlineData(OfAll, 2)]
    [InlineData("/posts/quiet/comments.xml", 0)]
    [InlineData("/atom.xml", 2)]
    public async Task It_obeys_the_RFCs(string path, int entries)
    {
        var feed = XDocument.Parse(await _blog.ReadAsync(path));

        AtomRules.AssertObeyed(feed);
        Assert.Equal(entries, feed.Root!.Elements("{http://www.w3.org/2005/Atom}entry").Count());
    }

    [Theory]
    [InlineData(OfPost, "Comments on A <b> & c – Bits & <pieces>", "http://blog.test/posts/talk")]
    [InlineData(OfAll, "Comments – Bits & <pieces>", "http://blog.test/")]
    public async Task It_is_read_by_the_library_of_NET(string path, string title, string page)
    {
        using var xml = XmlReader.Create(new StringReader(await _blog.ReadAsync(path)));
        var feed = SyndicationFeed.Load(xml);

        Assert.Equal(("http://blog.test" + path, title), (feed.Id, feed.Title.Text));
        Assert.Equal(page, LinkOf(feed.Links, "alternate"));
        Assert.Equal("http://blog.test" + path, LinkOf(feed.Links, "self"));
        Assert.Equal(feed.Items.Max(item => item.LastUpdatedTime), feed.LastUpdatedTime);
        var (reply, first) = (feed.Items.First(), feed.Items.Last());
        Assert.Equal("Grace \"G\" <b> on A <b> & c", first.Title.Text);
        Assert.Equal("Grace \"G\" <b>", first.Authors.Single().Name);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 0, 0, 1, TimeSpan.Zero), first.PublishDate);
        Assert.Equal("http://blog.test/posts/talk#comment-2", LinkOf(reply.Links, "alternate"));
        var content = Assert.IsType<TextSyndicationContent>(reply.Content);
        Assert.Equal("html", content.Type);
        Assert.Contains("<a href=\"http://blog.test/about\"", content.Text, StringComparison.Ordinal);
        var reference = reply
            .ElementExtensions.Single(extension => extension.OuterName == "in-reply-to")
            .GetObject<XElement>();
        Assert.Equal(first.Id, reference.Attribute("ref")!.Value);

        static string LinkOf(IEnumerable<SyndicationLink> links, string relation) =>
            links.Single(link => link.RelationshipType == relation).Uri.AbsoluteUri;
    }

    [Fact]
    public async Task A_feed_reader_finds_comments_from_posts_and_what_they_reply_to()
    {
        var read = await Feedsmith.ReadAsync(
            await _blog.ReadAsync(OfPost),
            await _blog.ReadAsync("/atom.xml"),
            await _blog.ReadAsync("/feed.xml")
        );

        var (comments, posts) = (read[0]["entries"]!.AsArray(), read[1]["entries"]!.AsArray());
        var (reply, first) = (comments[0]!, comments[1]!);
        var talk = posts.Single(post => (string)post!["title"]!["value"]! == "A <b> & c")!;
        Assert.Equal((string)first["id"]!, (string)InReplyTo(reply)["ref"]!);
        Assert.Equal((string)talk["id"]!, (string)InReplyTo(first)["ref"]!);
        var replies = talk["links"]!.AsArray().Single(link => (string)link!["rel"]! == "replies")!;
        Assert.Equal(("http://blog.test" + OfPost, 2), ((string)replies["href"]!, (int)replies["thr"]!["count"]!));
        Assert.Equal(2, (int)talk["thr"]!["total"]!);
        var item = read[2]["items"]!.AsArray().Single(post => (string)post!["title"]! == "A <b> & c")!;
        Assert.Equal(
            ("http://blog.test" + OfPost, 2, "http://blog.test/posts/talk#comments"),
            ((string)item["wfw"]!["commentRss"]!, (int)item["slash"]!["comments"]!, (string)item["comments"]!)
        );

        static JsonNode InReplyTo(JsonNode entry) => entry["thr"]!["inReplyTos"]!.AsArray().Single()!;
    }

    [Theory]
    [InlineData(OfPost, "52 GET /comments, 1 GET /posts, 1 GET /pages")]
    [InlineData(OfAll, "51 GET /comments, 1 GET /posts, 1 GET /pages")]
    public async Task It_takes_the_same_storage_calls_for_any_number_of_comments(string path, string calls)
    {
        await AddManyAsync(1, 50);
        Assert.Equal(calls, await CallsAsync(path));
        await AddManyAsync(51, 110);
        Assert.Equal(calls, await CallsAsync(path));
    }

    /// <summary>The reads of a new instance that renders the feed, without those that all pages share.</summary>
    private async Task<string> CallsAsync(string path)
    {
        await _blog.RaiseSiteAsync();
        await using var reader = await TestBlog.StartAsync(
            connection: _blog.Connection,
            options: TestBlog.IdleHostOptions,
            clock: new FakeTimeProvider(DateTimeOffset.UtcNow)
        );
        await reader.ReadAsync("/atom.xml");
        reader.Calls.Clear();
        await reader.ReadAsync(path);
        return string.Join(
            ", ",
            reader
                .Calls.Recorded.Where(call =>
                    call.StartsWith("GET ", StringComparison.Ordinal)
                    && !StorageCalls.IsFromLocalHost(call)
                    && !call.Contains("'site'", StringComparison.Ordinal)
                    && !call.StartsWith("GET /addresses(", StringComparison.Ordinal)
                )
                .CountBy(call => string.Join('/', call.Split('/', '(')[..2]))
                .OrderByDescending(kind => kind.Value)
                .ThenByDescending(kind => kind.Key, StringComparer.Ordinal)
                .Select(kind => $"{kind.Value} {kind.Key}")
        );
    }

    private async Task AddManyAsync(int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            await AddAsync($"Another, {number}.", "Ada", null, 100 + number);
        }
    }

    private async Task AddAsync(string text, string name, int? parent, int second)
    {
        var table = _blog.Get<CommentTable>();
        var comment = ContentBuilder.BuildComment(await table.GetIdKeyAsync(Stop), _post, text, second) with
        {
            Author = name,
            ReplyTo = parent is { } number ? (await table.FindByNumberAsync(_post, number, Stop))!.Key.Comment : null,
        };
        await table.AddAsync(comment, Stop);
        await _blog.Get<CommentModeration>().DecideAsync(comment.Key, CommentState.Approved, "by a test", Stop);
    }
}
