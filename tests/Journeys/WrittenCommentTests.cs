using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ServerlessBlog.Comments;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Journeys;

/// <summary>
/// What commenters write is shown as written: the cases C01 to C09 of tests/data/text-cases.jsonl, from the form to the
/// page.
/// </summary>
public sealed class WrittenCommentTests(OpenBlog open) : IClassFixture<OpenBlog>
{
    private readonly TestBlog _blog = open.Blog;

    [Theory]
    [InlineData("C01", "ol", "5", "I agree with point five")]
    [InlineData("C02", "ol", "1986", "A great year.")]
    public async Task A_number_at_the_start_stays(string id, string list, string start, string text)
    {
        var comment = await CommentAsync(id);

        Assert.Equal(start, comment.QuerySelector(list)!.GetAttribute("start"));
        Assert.Equal(text, comment.QuerySelector("li")!.TextContent);
    }

    [Fact]
    public async Task Three_hyphens_are_a_rule()
    {
        var comment = await CommentAsync("C03");

        Assert.Equal(["P", "HR", "P"], comment.Children.Select(element => element.TagName));
    }

    [Fact]
    public async Task The_first_line_keeps_its_indentation()
    {
        var comment = await CommentAsync("C04");

        Assert.Equal("int a;\nint b;\n", comment.QuerySelector("pre code")!.TextContent);
        Assert.Equal("what is wrong?", comment.QuerySelector("p")!.TextContent);
    }

    [Theory]
    [InlineData("C05")]
    [InlineData("C06")]
    [InlineData("C07")]
    public async Task Every_character_that_can_be_seen_is_kept_and_the_direction_is_that_of_the_text(string id)
    {
        var comment = await CommentAsync(id);

        var paragraph = Assert.Single(comment.Children);
        Assert.Equal(TextCase.Find(id), paragraph.TextContent);
        Assert.Equal("auto", paragraph.GetAttribute("dir"));
    }

    [Fact]
    public async Task Links_without_words_show_their_address_and_are_counted()
    {
        var post = await _blog.PublishAsync("c08");
        using var response = await _blog.CommentAsync(post, TextCase.Find("C08"));
        var receipt = await _blog.ReadAsync(response.Headers.Location!.ToString());
        var comment = (await new HtmlParser().ParseDocumentAsync(receipt)).QuerySelector("#receipt .prose")!;

        Assert.Equal("hi https://example.org/cat.jpg and https://spam.example/", comment.TextContent.Trim());
        Assert.Equal(2, comment.QuerySelectorAll("a[rel~=ugc]").Length);
        Assert.Equal(2, CommentMarkdown.CountLinks(TextCase.Find("C08")));
    }

    [Fact]
    public async Task A_note_is_text()
    {
        var comment = await CommentAsync("C09");

        Assert.Equal(
            ["see[^1]", "[^1]: note"],
            comment.QuerySelectorAll("p").Select(paragraph => paragraph.TextContent)
        );
        Assert.Empty(comment.QuerySelectorAll("a"));
    }

    [Fact]
    public async Task The_fields_of_the_form_have_the_direction_of_what_is_typed()
    {
        await _blog.PublishAsync("directions");

        var page = await new HtmlParser().ParseDocumentAsync(await _blog.ReadAsync("/posts/directions"));

        Assert.All(page.QuerySelectorAll(".field textarea, .field input:not([type=hidden]):not([tabindex])"), field =>
            Assert.Equal("auto", field.GetAttribute("dir"))
        );
    }

    private async Task<IElement> CommentAsync(string id)
    {
        var slug = id.ToLowerInvariant();
        var post = await _blog.PublishAsync(slug);
        using var response = await _blog.CommentAsync(post, TextCase.Find(id));
        var html = await _blog.ReadUntilAsync($"/posts/{slug}", page =>
            page.Contains("id=\"comment-1\"", StringComparison.Ordinal)
        );
        return (await new HtmlParser().ParseDocumentAsync(html)).QuerySelector("#comment-1 .prose")!;
    }
}
