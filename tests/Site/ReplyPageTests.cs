using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>The page of a post whose form replies to a comment, as a link without a script opens it.</summary>
public sealed class ReplyPageTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private const string Hostile = "See <script>alert(1)</script> & **more**\n\n> \"quoted\"\n\n";

    private readonly TestBlog _blog = open.Blog;

    [Fact]
    public async Task Each_comment_has_a_link_whose_page_replies_to_it_and_quotes_its_beginning()
    {
        await CommentAsync("replies", Hostile + string.Concat(Enumerable.Repeat("and so on ", 50)), "Ada <b>");

        var link = Assert.Single((await _blog.OpenAsync("/posts/replies")).QuerySelectorAll("a.reply"));
        Assert.Equal(
            ("/posts/replies?reply=1#leave-a-comment", "nofollow", "Reply to comment 1"),
            (link.GetAttribute("href"), link.GetAttribute("rel"), link.GetAttribute("aria-label"))
        );
        var page = await _blog.OpenAsync("/posts/replies?reply=1");

        Assert.Equal(["Replying to Ada <b>"], page.Words(".replying p:first-child"));
        var quote = Assert.Single(page.Words(".replying blockquote"));
        Assert.StartsWith("See <script>alert(1)</script> & more \"quoted\" and so on", quote, StringComparison.Ordinal);
        Assert.Equal((160, '…'), (quote.Length, quote[^1]));
        Assert.Equal(("1", false), (AnswersIn(page), page.QuerySelector(".replying")!.HasAttribute("hidden")));
        Assert.Equal(["/posts/replies#leave-a-comment"], page.Links(".replying a"));
    }

    [Fact]
    public async Task The_page_is_private_and_leaves_the_public_one_as_it_is()
    {
        await CommentAsync("private-reply", "Reply to me.");
        var before = await _blog.ReadAsync("/posts/private-reply");

        using var response = await _blog.GetAsync("/posts/private-reply?reply=1");

        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.Contains(
            "<meta name=\"robots\" content=\"noindex\">",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
        Assert.Equal(before, await _blog.ReadAsync("/posts/private-reply"));
        Assert.Equal("", AnswersIn(await _blog.OpenAsync("/posts/private-reply")));
    }

    [Theory]
    [InlineData("2")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("one")]
    [InlineData("99999999999")]
    [InlineData("")]
    [InlineData("1&reply=1")]
    public async Task A_number_of_no_comment_shows_the_public_page(string number)
    {
        var slug = $"no-reply-{Guid.NewGuid():N}";
        await CommentAsync(slug, "The only one.");

        Assert.Equal(await _blog.ReadAsync($"/posts/{slug}"), await _blog.ReadAsync($"/posts/{slug}?reply={number}"));
    }

    [Theory]
    [InlineData("preview", "Better so.")]
    [InlineData("send", "")] // refused: there is no text
    public async Task A_form_that_comes_back_still_quotes_the_comment(string act, string text)
    {
        var post = await CommentAsync($"back-{act}", "What I said.", "Ada");

        using var response = await _blog.Http.PostAsync(
            $"/posts/{post}/comments",
            new FormUrlEncodedContent([
                new("act", act),
                new("answers", "1"),
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("comment", text),
            ])
        );

        var page = new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());
        Assert.Equal(["What I said."], page.Words(".replying blockquote"));
        Assert.Equal("1", AnswersIn(page));
    }

    [Fact]
    public async Task Closed_comments_have_no_links_to_reply()
    {
        await CommentAsync("closes", "In time.");
        await _blog.WriteAsync("closes", "date: 2026-01-02\ncomments: false");

        var page = await _blog.ReadUntilAsync("/posts/closes", html =>
            html.Contains("Comments are closed.", StringComparison.Ordinal)
        );

        Assert.Contains("In time.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("?reply=", page, StringComparison.Ordinal);
    }

    private async Task<PostId> CommentAsync(string slug, string text, string name = "Grace")
    {
        var post = await _blog.PublishAsync(slug);
        await ContentBuilder.SubmitCommentAsync(_blog, post, text, name);
        await _blog.ReadUntilAsync($"/posts/{slug}", html =>
            html.Contains("id=\"comment-1\"", StringComparison.Ordinal)
        );
        return post;
    }

    private static string? AnswersIn(IHtmlDocument page) => page.QuerySelector("[name=answers]")!.GetAttribute("value");
}
