using System.Net;
using System.Xml.Linq;
using AngleSharp.Html.Parser;
using Azure.Data.Tables;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Feeds;

/// <summary>The feeds of comments, of each post and of all posts.</summary>
public sealed class CommentFeedTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private static readonly CancellationToken Stop = CancellationToken.None;
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Thread = "http://purl.org/syndication/thread/1.0";
    private static readonly XNamespace Slash = "http://purl.org/rss/1.0/modules/slash/";
    private static readonly XNamespace WellFormedWeb = "http://wellformedweb.org/CommentAPI/";

    private readonly TestBlog _blog = open.Blog;

    [Fact]
    public async Task A_post_without_comments_has_an_empty_feed()
    {
        await _blog.PublishAsync("quiet", "Quiet & <calm>");

        using var response = await _blog.GetAsync("/posts/quiet/comments.xml");
        var feed = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;

        Assert.Equal("application/xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("http://blog.test/posts/quiet/comments.xml", feed.Element(Atom + "id")!.Value);
        Assert.Equal("Comments on Quiet & <calm> – Test blog", feed.Element(Atom + "title")!.Value);
        Assert.Equal("2026-01-02T00:00:00Z", feed.Element(Atom + "updated")!.Value);
        Assert.Equal(
            ["http://blog.test/posts/quiet", "http://blog.test/posts/quiet/comments.xml"],
            feed.Elements(Atom + "link").Select(link => link.Attribute("href")!.Value)
        );
        Assert.Empty(feed.Elements(Atom + "entry"));
    }

    [Fact]
    public async Task A_comment_is_an_entry_about_its_post_and_a_reply_one_about_its_comment()
    {
        var post = await _blog.PublishAsync("answered", "Answered");
        using var sent = await _blog.CommentAsync(
            post,
            "I *begin*, [here](/about).",
            website: "https://grace.example/"
        );
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
        await EntriesUntilAsync(_blog, "/posts/answered/comments.xml", 1);
        var first = (await _blog.Get<CommentTable>().FindByNumberAsync(post, 1, Stop))!;
        await AddReplyAsync(_blog, first, "I answer.", "Ada \"L\" <b>");

        var entries = await EntriesUntilAsync(_blog, "/posts/answered/comments.xml", 2);

        var (reply, begun) = (entries[0], entries[1]);
        var ofPost = XDocument
            .Parse(await _blog.ReadAsync("/atom.xml"))
            .Descendants(Atom + "entry")
            .Single(entry => entry.Element(Atom + "title")!.Value == "Answered");
        Assert.Equal("Grace on Answered", begun.Element(Atom + "title")!.Value);
        Assert.Equal("http://blog.test/posts/answered#comment-1", LinkOf(begun));
        Assert.Equal(
            ("Grace", "https://grace.example/"),
            (
                begun.Element(Atom + "author")!.Element(Atom + "name")!.Value,
                begun.Element(Atom + "author")!.Element(Atom + "uri")!.Value
            )
        );
        Assert.Equal(
            (ofPost.Element(Atom + "id")!.Value, "http://blog.test/posts/answered", "text/html"),
            ReferenceOf(begun)
        );
        Assert.Equal(
            "<p dir=\"auto\">I <em>begin</em>, <a href=\"http://blog.test/about\" rel=\"nofollow ugc noopener\">here</a>."
                + "</p>",
            begun.Element(Atom + "content")!.Value.Trim()
        );
        Assert.Equal("Ada \"L\" <b> on Answered", reply.Element(Atom + "title")!.Value);
        Assert.Equal((IdOf(begun), LinkOf(begun), "text/html"), ReferenceOf(reply));
        Assert.Null(reply.Element(Atom + "author")!.Element(Atom + "uri"));
        Assert.DoesNotContain("@", await _blog.ReadAsync("/posts/answered/comments.xml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_comment_vanishes_and_replies_to_it_are_about_the_post()
    {
        var post = await _blog.PublishAsync("cleaned");
        await ContentBuilder.AddCommentsAsync(_blog, post, 1);
        var first = (await _blog.Get<CommentTable>().FindByNumberAsync(post, 1, Stop))!;
        await AddReplyAsync(_blog, first, "I answer.");
        await EntriesUntilAsync(_blog, "/posts/cleaned/comments.xml", 2);

        await _blog.Get<CommentModeration>().DecideAsync(first.Key, CommentState.Spam, "by a test", Stop);

        var entry = Assert.Single(await EntriesUntilAsync(_blog, "/posts/cleaned/comments.xml", 1));
        Assert.Equal("http://blog.test/posts/cleaned", ReferenceOf(entry).Href);
        await _blog
            .Get<WriterActions>()
            .EraseAsync((await _blog.Get<CommentTable>().FindByNumberAsync(post, 2, Stop))!.Key, Stop);
        await EntriesUntilAsync(_blog, "/posts/cleaned/comments.xml", 0);
    }

    [Fact]
    public async Task A_corrected_comment_keeps_its_id_and_is_updated()
    {
        var post = await _blog.PublishAsync("corrected");
        var comment = await ContentBuilder.SubmitCommentAsync(_blog, post, "Mispelt.");
        var before = Assert.Single(await EntriesUntilAsync(_blog, "/posts/corrected/comments.xml", 1));

        await Task.Delay(TimeSpan.FromSeconds(1.1)); // times in feeds are whole seconds
        await _blog.Get<CommentModeration>().CorrectAsync(comment.Key, "Misspelt.", "by a test", comment.Version, Stop);
        var feed = await _blog.ReadUntilAsync("/posts/corrected/comments.xml", text =>
            text.Contains("Misspelt.", StringComparison.Ordinal)
        );
        var after = Assert.Single(EntriesOf(feed));

        Assert.Equal(IdOf(before), IdOf(after));
        Assert.Equal(before.Element(Atom + "published")!.Value, after.Element(Atom + "published")!.Value);
        Assert.True(TimeOf(after, "updated") > TimeOf(before, "updated"));
        Assert.Equal(TimeOf(after, "updated"), TimeOf(XDocument.Parse(feed).Root!, "updated"));
        Assert.True(TimeOf(before, "updated") >= TimeOf(before, "published"));
    }

    [Fact]
    public async Task The_fifty_latest_comments_are_in_it_each_at_the_page_that_has_it()
    {
        var post = await _blog.PublishAsync("long");
        await ContentBuilder.AddCommentsAsync(_blog, post, 55);

        var entries = await EntriesUntilAsync(_blog, "/posts/long/comments.xml", 50);

        Assert.Equal(
            Enumerable
                .Range(6, 50)
                .Reverse()
                .Select(number => $"http://blog.test/posts/long{(number > 50 ? "/comments/2" : "")}#comment-{number}"),
            entries.Select(LinkOf)
        );
        Assert.Equal(50, entries.Select(IdOf).Distinct().Count());
    }

    [Fact]
    public async Task Comments_of_versions_without_rows_for_numbers_are_in_it()
    {
        var post = await _blog.PublishAsync("of-old");
        await ContentBuilder.AddCommentsAsync(_blog, post, 3);
        var rows = new TableClient(_blog.Connection, StorageNames.CommentTable);
        await rows.DeleteEntityAsync($"{post}", "number:00000001");
        await rows.DeleteEntityAsync($"{post}", "number:00000002");

        var entries = await EntriesUntilAsync(_blog, "/posts/of-old/comments.xml", 3);

        Assert.Equal(["comment-3", "comment-2", "comment-1"], entries.Select(entry => LinkOf(entry).Split('#')[1]));
    }

    [Fact]
    public async Task It_moves_and_goes_with_its_post()
    {
        await _blog.WriteAsync("wandering", "date: 2026-02-01\nslug: here");
        await _blog.WriteAsync("wandering", "date: 2026-02-01\nslug: there");
        await _blog.WriteAsync("leaving", "date: 2026-02-02");
        await _blog.DeleteAsync("leaving.md");
        await _blog.WriteAsync("alone", "type: page");
        using var moved = await _blog.GetAsync("/posts/here/comments.xml");
        using var spelling = await _blog.GetAsync("/posts/THERE/Comments.xml/");

        Assert.Equal(HttpStatusCode.MovedPermanently, moved.StatusCode);
        Assert.Equal("/posts/there/comments.xml", moved.Headers.Location!.ToString());
        Assert.Equal("/posts/there/comments.xml", spelling.Headers.Location!.ToString());
        Assert.Equal(200, await _blog.StatusAsync("/posts/there/comments.xml"));
        Assert.Equal(200, await _blog.StatusAsync("/alone/comments.xml"));
        Assert.Equal(410, await _blog.StatusAsync("/posts/leaving/comments.xml"));
        Assert.Equal(404, await _blog.StatusAsync("/posts/nobody/comments.xml"));
    }

    [Theory]
    [InlineData("/comments.xml")]
    [InlineData("/posts/kept/comments.xml")]
    public async Task A_reader_that_has_it_gets_304(string path)
    {
        await _blog.PublishAsync("kept");
        using var first = await _blog.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await _blog.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task Pages_name_the_feed_of_all_comments_and_that_of_their_post()
    {
        await _blog.PublishAsync("named", "A \"name\"");
        await _blog.WriteAsync("named-page", "type: page");
        const string selector = "link[rel=alternate][type='application/atom+xml'][href$='comments.xml']";

        var page = await _blog.OpenAsync("/posts/named");

        Assert.Equal(["/posts/named/comments.xml", "/comments.xml"], page.Links(selector));
        Assert.Equal(
            ["Comments on A \"name\" – Test blog", "Comments – Test blog"],
            page.QuerySelectorAll(selector).Select(link => link.GetAttribute("title"))
        );
        Assert.Equal(["/comments.xml"], (await _blog.OpenAsync("/")).Links(selector));
        Assert.Equal(["/comments.xml"], (await _blog.OpenAsync("/named-page")).Links(selector));
    }

    [Fact]
    public async Task The_feed_of_all_comments_has_those_of_public_posts_and_no_others()
    {
        await using var blog = await TestBlog.StartAsync();
        var (one, other) = (await blog.PublishAsync("one", "One"), await blog.PublishAsync("other", "Other"));
        var first = await ContentBuilder.SubmitCommentAsync(blog, one, "First.");
        await ContentBuilder.SubmitCommentAsync(blog, other, "Second.");
        await ContentBuilder.SubmitCommentAsync(blog, one, "Third.");
        await blog.RaiseSiteAsync();

        var entries = await EntriesUntilAsync(blog, "/comments.xml", 3);

        Assert.Equal(
            ["Grace on One", "Grace on Other", "Grace on One"],
            entries.Select(entry => entry.Element(Atom + "title")!.Value)
        );
        Assert.Equal(
            EntriesOf(await blog.ReadAsync("/posts/one/comments.xml")).Select(entry => entry.ToString()),
            entries
                .Where(entry => LinkOf(entry).Contains("/one#", StringComparison.Ordinal))
                .Select(entry => entry.ToString())
        );

        await blog.DeleteAsync("other.md");
        await EntriesUntilAsync(blog, "/comments.xml", 2);
        await blog.Get<CommentModeration>().DecideAsync(first.Key, CommentState.Trash, "by a test", Stop);
        var left = await EntriesUntilAsync(blog, "/comments.xml", 1);
        Assert.Contains("Third.", left[0].Element(Atom + "content")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feeds_of_posts_say_how_many_comments_there_are_and_where()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("counted");
        await ContentBuilder.AddCommentsAsync(blog, post, 2);
        await blog.RaiseSiteAsync();

        var entry = EntriesOf(await blog.ReadAsync("/atom.xml")).Single();
        var item = XDocument.Parse(await blog.ReadAsync("/feed.xml")).Descendants("item").Single();

        var replies = entry.Elements(Atom + "link").Single(link => link.Attribute("rel")!.Value == "replies");
        Assert.Equal(
            ("http://blog.test/posts/counted/comments.xml", "application/atom+xml", "2"),
            (
                replies.Attribute("href")!.Value,
                replies.Attribute("type")!.Value,
                replies.Attribute(Thread + "count")!.Value
            )
        );
        Assert.Equal("2", entry.Element(Thread + "total")!.Value);
        Assert.Equal(
            ("http://blog.test/posts/counted#comments", "2", "http://blog.test/posts/counted/comments.xml"),
            (
                item.Element("comments")!.Value,
                item.Element(Slash + "comments")!.Value,
                item.Element(WellFormedWeb + "commentRss")!.Value
            )
        );
        await ContentBuilder.SubmitCommentAsync(blog, post, "The third.");
        await blog.ReadUntilAsync("/atom.xml", feed => feed.Contains("thr:count=\"3\"", StringComparison.Ordinal));
        await blog.ReadUntilAsync("/feed.xml", feed => feed.Contains("<slash:comments>3<", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Characters_that_XML_cannot_hold_are_left_out()
    {
        var post = await _blog.PublishAsync("odd");
        await ContentBuilder.AddCommentsAsync(_blog, post, 1);
        var first = (await _blog.Get<CommentTable>().FindByNumberAsync(post, 1, Stop))!;
        await AddReplyAsync(_blog, first, "a\u0001b\uFFFEc 🦊 ]]> &amp;", "G\u0001race");

        var entry = (await EntriesUntilAsync(_blog, "/posts/odd/comments.xml", 2))[0];

        Assert.Equal("Grace", entry.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        using var content = new HtmlParser().ParseDocument(entry.Element(Atom + "content")!.Value);
        Assert.Contains("🦊 ]]> &", content.Body!.TextContent, StringComparison.Ordinal);
    }

    /// <summary>Stores an approved reply and raises the revision of its post.</summary>
    private static async Task AddReplyAsync(TestBlog blog, Comment parent, string text, string name = "Ada")
    {
        var table = blog.Get<CommentTable>();
        var reply = ContentBuilder.BuildComment(await table.GetIdKeyAsync(Stop), parent.Key.Post, text, 60) with
        {
            Author = name,
            ReplyTo = parent.Key.Comment,
        };
        await table.AddAsync(reply, Stop);
        await blog.Get<CommentModeration>().DecideAsync(reply.Key, CommentState.Approved, "by a test", Stop);
    }

    private static async Task<IReadOnlyList<XElement>> EntriesUntilAsync(TestBlog blog, string path, int count) =>
        EntriesOf(await blog.ReadUntilAsync(path, feed => EntriesOf(feed).Count == count));

    private static IReadOnlyList<XElement> EntriesOf(string feed) =>
        [.. XDocument.Parse(feed).Root!.Elements(Atom + "entry")];

    private static string IdOf(XElement entry) => entry.Element(Atom + "id")!.Value;

    private static string LinkOf(XElement entry) => entry.Element(Atom + "link")!.Attribute("href")!.Value;

    private static (string Ref, string Href, string Type) ReferenceOf(XElement entry)
    {
        var reference = entry.Element(Thread + "in-reply-to")!;
        return (
            reference.Attribute("ref")!.Value,
            reference.Attribute("href")!.Value,
            reference.Attribute("type")!.Value
        );
    }

    private static DateTimeOffset TimeOf(XElement element, string name) =>
        DateTimeOffset.Parse(element.Element(Atom + name)!.Value, System.Globalization.CultureInfo.InvariantCulture);
}
