using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

public sealed class TagTests(EveryPageKindBlog fixture) : IClassFixture<EveryPageKindBlog>
{
    [Fact]
    public async Task The_tag_index_merges_spellings_and_counts_posts()
    {
        var page = await fixture.Blog.OpenAsync("/tags");

        Assert.Equal(["C/C++ 1 post", "über uns 12 posts", "日本語 1 post"], page.Words("ul.index li"));
        Assert.Equal(
            ["/tags/c-c%2B%2B", "/tags/%C3%BCber%20uns", "/tags/%E6%97%A5%E6%9C%AC%E8%AA%9E"],
            page.Links("ul.index a")
        );
    }

    [Fact]
    public async Task A_tag_has_a_list_of_its_posts_under_its_newest_spelling()
    {
        var first = await fixture.Blog.OpenAsync("/tags/%C3%BCber%20uns");
        var second = await fixture.Blog.OpenAsync("/tags/%C3%BCber%20uns/page/2");

        Assert.Equal(["Tag: über uns"], first.Words("main h1"));
        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(day => $"day-{day}"), first.Titles());
        Assert.Equal(["/tags/%C3%BCber%20uns/page/2"], first.Links("nav.pager a"));
        Assert.Equal(["day-2", "day-1"], second.Titles());
        Assert.Equal(["/tags/%C3%BCber%20uns"], second.Links("nav.pager a"));
        Assert.Equal("Tag: über uns, page 2 – Test blog", second.Title);
    }

    [Theory]
    [InlineData("C/C++")]
    [InlineData("日本語")]
    public async Task Every_tag_that_a_page_links_to_has_its_list(string tag)
    {
        var post = await fixture.Blog.OpenAsync("/posts/day-3");
        var link = post.QuerySelectorAll("ul.tags a").Single(link => link.TextContent == tag).GetAttribute("href")!;

        var list = await fixture.Blog.OpenAsync(link);

        Assert.Equal([$"Tag: {tag}"], list.Words("main h1"));
        Assert.Equal(["day-3"], list.Titles());
    }

    [Theory]
    [InlineData("/tags/never")]
    [InlineData("/tags/%C3%BCber%20uns/page/3")]
    [InlineData("/tags/%C3%BCber%20uns/page/x")]
    [InlineData("/tags/%C3%BCber%20uns/more")]
    [InlineData("/tags/page/2")]
    [InlineData("/tags//")]
    [InlineData("/tags/%20")]
    [InlineData("/tags/this-tag-has-more-characters-than-any-tag-could-have")]
    public async Task A_tag_without_posts_and_an_invalid_path_are_404(string address) =>
        Assert.Equal(404, await fixture.Blog.StatusAsync(address));
}
