using System.Text.RegularExpressions;
using ServerlessBlog.Posts.Markdown;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Markdown;

public sealed partial class HeadingTests
{
    [Fact]
    public void A_heading_has_plain_text_and_links_to_itself()
    {
        var document = new PostDocument("# One *two* `three`\n\n### Four {#own}\n\n##\n\n## [Linked](https://e.org)\n");

        var html = document.ToHtml(LinkResolver.ForPage("f.md"), new Dictionary<string, ResponsiveImage>());

        Assert.Equal(
            [new(1, "One two three", "one-two-three"), new(3, "Four", "own"), new PostHeading(2, "Linked", "linked")],
            document.Headings
        );
        Assert.Contains(
            "<h1 id=\"one-two-three\"><a href=\"#one-two-three\">One <em>two</em> <code>three</code></a></h1>",
            html,
            StringComparison.Ordinal
        );
        Assert.Contains("<h3 id=\"own\"><a href=\"#own\">Four</a></h3>", html, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"linked\"><a href=\"https://e.org\">Linked</a></h2>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Top", "section-top")]
    [InlineData("Main content", "section-main-content")]
    [InlineData("Comments", "section-comments")]
    [InlineData("Comment 1", "section-comment-1")]
    [InlineData("Leave a comment", "section-leave-a-comment")]
    [InlineData("Receipt", "section-receipt")]
    [InlineData("Related heading", "section-related-heading")]
    [InlineData("Your name", "section-your-name")]
    public void A_heading_whose_id_the_page_layout_uses_gets_a_prefix(string text, string id) =>
        Assert.Equal(id, Assert.Single(new PostDocument($"# {text}").Headings).Anchor);

    [Fact]
    public void Headings_with_the_same_text_have_different_ids() =>
        Assert.Equal(
            3,
            new PostDocument("# Same\n\n# Same\n\n# 日本\n")
                .Headings.Select(heading => heading.Anchor)
                .Distinct()
                .Count()
        );

    [Fact]
    public async Task No_page_has_a_duplicate_id_whatever_its_headings()
    {
        string[] names =
        [
            "Top",
            "Main content",
            "Comments",
            "Comment 1",
            "Leave a comment",
            "Receipt",
            "Related heading",
            "Your name",
            "Your comment hint",
        ];
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync("ids", body: string.Concat(names.Select(name => $"## {name}\n\nText.\n\n")));
        await ContentBuilder.AddCommentsAsync(blog, post, 1);

        var html = await blog.ReadUntilAsync("/posts/ids", page =>
            page.Contains("Comment <em>number</em> 1.", StringComparison.Ordinal)
        );
        var ids = Id().Matches(html).Select(match => match.Groups[1].Value).ToList();

        Assert.Contains("section-comments", ids);
        Assert.Contains("comment-1", ids);
        Assert.Empty(ids.GroupBy(id => id).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [GeneratedRegex("\\sid=\"([^\"]*)\"")]
    private static partial Regex Id();
}
