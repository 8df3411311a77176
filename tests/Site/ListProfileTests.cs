using System.Text;
using ServerlessBlog.Site.Lists;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

/// <summary>What <c>theme/site.yml</c> says about lists of posts.</summary>
public sealed class ListProfileTests
{
    [Fact]
    public async Task The_owner_chooses_the_number_of_posts_on_a_page()
    {
        await using var blog = await TestBlog.StartAsync();
        await ContentBuilder.AddPostsAsync(blog, 5);
        await SetAsync(blog, "posts_per_page: 2");

        Assert.Equal(2, (await blog.OpenAsync("/")).Titles().Count());
        Assert.Single((await blog.OpenAsync("/page/3")).Titles());
        Assert.Equal(2, (await blog.OpenAsync("/tags/filler/page/2")).Titles().Count());
        Assert.Equal(404, await blog.StatusAsync("/posts/page/4"));
    }

    [Fact]
    public async Task The_home_page_shows_whole_posts_when_the_owner_wants_so()
    {
        await using var blog = await TestBlog.StartAsync();
        const string Text = "First.[^1]\n\n## Part\n\n[here](#part) and [file](b.pdf)\n\nLast.\n\n[^1]: Note.";
        await blog.WriteAsync("a", "date: 2026-03-01\nsummary: In short.\ntags: [x]", Text);
        await blog.WriteAsync("b", "date: 2026-03-02", Text);
        Assert.DoesNotContain("Last.", await blog.ReadAsync("/"), StringComparison.Ordinal);

        await SetAsync(blog, "list: whole");
        var (home, tag) = (await blog.OpenAsync("/"), await blog.OpenAsync("/tags/x"));

        Assert.Equal(2, home.Words(".summary .prose > p:not(:has(a))").Count(text => text == "Last."));
        Assert.Empty(home.Words(".summary > p:not(.byline)"));
        Assert.Empty(home.QuerySelectorAll(".prose [id]"));
        Assert.Contains("/posts/a#part", home.Links(".prose a"));
        Assert.Contains("/posts/b.pdf", home.Links(".prose a"));
        Assert.Equal(["In short."], tag.Words(".summary > p:not(.byline)"));
    }

    [Fact]
    public async Task Beyond_the_limit_of_a_page_posts_are_shown_as_excerpts()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("newest", "date: 2026-03-03\nsummary: Short c.", "Whole text.");
        await blog.WriteAsync("long", "date: 2026-03-02\nsummary: Short b.", new('x', WholePosts.MaxHtmlLength));
        await blog.WriteAsync("oldest", "date: 2026-03-01\nsummary: Short a.", "Whole text.");

        await SetAsync(blog, "list: whole");
        var home = await blog.OpenAsync("/");

        Assert.Equal(["Whole text."], home.Words(".prose"));
        Assert.Equal(["Short b.", "Short a."], home.Words(".summary > p:not(.byline)"));
    }

    private static Task SetAsync(TestBlog blog, string yaml) =>
        blog.UploadAsync("theme/site.yml", Encoding.UTF8.GetBytes(yaml));
}
