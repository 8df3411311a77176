using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

public sealed class AuthorPageTests
{
    [Fact]
    public async Task Each_author_has_a_page_once_there_are_two_and_bylines_link_to_it()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("first", "date: 2026-03-01");

        Assert.Empty((await blog.OpenAsync("/posts/first")).Links("a.author"));
        Assert.Equal(404, await blog.StatusAsync("/authors/ada"));

        await blog.WriteAsync("second", "date: 2026-03-02\nauthor: 'Grace H. \u00c5/B'");
        await blog.WriteAsync("third", "date: 2026-03-03\nauthor: ADA");
        var (home, ada) = (await blog.OpenAsync("/"), await blog.OpenAsync("/authors/ada"));

        Assert.Equal(["/authors/ada", "/authors/grace%20h.%20%C3%A5-b", "/authors/ada"], home.Links("a.author"));
        Assert.Equal(["/authors/ada"], (await blog.OpenAsync("/posts/first")).Links("a.author"));
        Assert.Equal(["Posts by ADA"], ada.Words("h1"));
        Assert.Equal(["third", "first"], ada.Titles());
        Assert.Equal(["second"], (await blog.OpenAsync("/authors/grace%20h.%20%C3%A5-b")).Titles());
        Assert.Equal(404, await blog.StatusAsync("/authors/nobody"));
        Assert.Equal(404, await blog.StatusAsync("/authors/ada/page/2"));
    }

    [Fact]
    public async Task An_author_with_many_posts_has_several_pages()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("other", "date: 2026-03-20\nauthor: Grace");
        for (var day = 1; day <= 12; day++)
        {
            await blog.WriteAsync($"day-{day}", $"date: 2026-03-{day:00}{(day % 2 == 0 ? "\nauthor: Ada" : "")}");
        }

        var (first, second) = (await blog.OpenAsync("/authors/ada"), await blog.OpenAsync("/authors/ada/page/2"));

        Assert.Equal(Enumerable.Range(3, 10).Reverse().Select(day => $"day-{day}"), first.Titles());
        Assert.Equal(["day-2", "day-1"], second.Titles());
        Assert.Equal(["/authors/ada/page/2"], first.Links("nav.pager a"));
    }

    [Fact]
    public async Task The_page_authors_itself_is_free_for_a_page_of_the_blog()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("authors", "type: page");

        Assert.Equal(["authors"], (await blog.OpenAsync("/authors")).Words("main h1"));
    }
}
