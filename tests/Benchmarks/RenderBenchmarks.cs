using BenchmarkDotNet.Attributes;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Comments;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Posts.Markdown.Html;
using ServerlessBlog.Site.Comments;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Site.Posts;
using ServerlessBlog.Web.Caching;
using ServerlessBlog.Web.Layout;

namespace ServerlessBlog.Benchmarks;

/// <summary>The steps from the Markdown in storage to the encoded page of a response.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private const int Comments = 20;
    private const int BodySize = 10 * 1024;

    private readonly string _body = string.Join(
        "\n\n",
        Enumerable.Repeat(ConversationBuilder.Body, (BodySize / ConversationBuilder.Body.Length) + 1)
    )[..BodySize];
    private readonly string _comment = ConversationBuilder.TextOf(2);
    private PostView _view = null!;
    private RenderedPage _page = null!;

    /// <summary>Builds the view and the page that the later steps take as input.</summary>
    [GlobalSetup]
    public async Task SetUpAsync()
    {
        var date = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var comments = Enumerable
            .Range(1, Comments)
            .Select(number => new CommentView
            {
                Number = number,
                Comment = new PublicComment
                {
                    Key = default,
                    Number = number,
                    Link = $"/posts/measured#comment-{number}",
                    Address = $"http://blog.test/posts/measured#comment-{number}",
                    Parent = null,
                    Author = "Grace",
                    Website = null,
                    IsByAuthor = false,
                    Created = date,
                    Updated = date,
                    Html = CommentMarkdown.ToHtml(ConversationBuilder.TextOf(number)),
                    PlainText = ConversationBuilder.TextOf(number),
                },
                Avatar = new AvatarView("G", 200),
                Date = date,
                Replies = [],
            });
        var site = new SiteLayout(
            "Test blog",
            "http://blog.test",
            "/style.css?v=a",
            "/blog.js?v=a",
            [],
            null,
            new ContentPolicy([]).ToHeader([])
        );
        _view = new PostView
        {
            Site = site,
            PostId = PostId.FromBlobName("measured.md").ToString(),
            Path = "/posts/measured",
            IsPage = false,
            Title = "A page is made once",
            Byline = new BylineView(site.Texts)
            {
                Date = date,
                Author = new LinkView("Ada", ""),
                Minutes = 1,
                Comments = new LinkView($"{Comments} comments", "#comments"),
            },
            Language = null,
            Direction = null,
            Outdated = null,
            Tags = PostSummaryBuilder.TagLinks(["web"]),
            Image = null,
            Contents = [],
            BodyHtml = PostBody(),
            Series = null,
            Translations = [],
            Older = null,
            Newer = null,
            Related = [],
            Conversation = new ConversationView
            {
                Threads = [.. comments],
                Total = Comments,
                Page = 1,
                Pages = 1,
                Range = null,
                Address = "/posts/measured",
                EarlierAddress = null,
                LaterAddress = null,
                HasReplies = true,
                HoldsFirstComments = true,
                HoldsAllComments = false,
                SendsReplies = false,
            },
            Form = CommentFormView.Empty,
            Receipt = null,
            Layout = new LayoutView(site, "A page is made once", "/posts/measured"),
        };
        _page = await PageAsync();
    }

    /// <summary>Renders the Markdown of a post of 10 KiB.</summary>
    [Benchmark(Description = "Post's Markdown, 10 KB")]
    public string PostBody() =>
        new PostDocument(_body).ToHtml(LinkResolver.ForPage("measured.md"), new Dictionary<string, ResponsiveImage>());

    /// <summary>Renders and sanitises a comment of two sentences.</summary>
    [Benchmark(Description = "Comment's Markdown, two sentences")]
    public string Comment() => CommentMarkdown.ToHtml(_comment);

    /// <summary>Renders the page of that post with 20 comments.</summary>
    [Benchmark(Description = "Post's page from finished parts")]
    public Task<RenderedPage> PageAsync() =>
        PageRenderer.RenderAsync(PostPage.Create(_view), _view.Site, CancellationToken.None);

    /// <summary>Compresses that page with Brotli and gzip.</summary>
    [Benchmark(Description = "Page encoded: Brotli and gzip")]
    public object Encoded() => EncodedPage.Encode(_page, DateTimeOffset.UnixEpoch);
}
