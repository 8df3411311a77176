using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

public sealed class StaticPageTests
{
    [Fact]
    public async Task A_static_page_has_no_date_neighbours_and_comments_and_is_in_no_list()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("older", "date: 2026-03-01\ntags: [shared]\nseries: Some");
        await blog.WriteAsync("newer", "date: 2026-03-03\ntags: [shared]\nseries: Some");
        await blog.WriteAsync(
            "about",
            "type: page\ndate: 2026-03-02\ntags: [shared, alone]\nseries: Some\npinned: true\nfeatured: true",
            "Who *we* are."
        );

        var page = await blog.OpenAsync("/about");

        Assert.Equal(["about"], page.Words("article h1"));
        Assert.Equal(["Who we are."], page.Words(".prose"));
        Assert.Empty(page.Words(".byline, .pager, .related, .series, .tags, #comments"));
        Assert.Equal(["newer", "older"], (await blog.OpenAsync("/")).Titles());
        Assert.Equal(["newer", "older"], (await blog.OpenAsync("/archive/2026/03")).Titles());
        Assert.Equal(["newer", "older"], (await blog.OpenAsync("/tags/shared")).Titles());
        Assert.Equal(["shared 2 posts"], (await blog.OpenAsync("/tags")).Words("ul.index li"));
        Assert.Equal(["/posts/older"], (await blog.OpenAsync("/posts/newer")).Links("nav.pager a"));
    }

    [Fact]
    public async Task A_static_page_that_is_open_for_comments_shows_them()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("guests", "type: page\ncomments: true");

        using var sent = await blog.CommentAsync(PostId.FromBlobName("guests.md"), "Hello from *here*.");
        var page = await blog.ReadUntilAsync("/guests", text =>
            text.Contains("Hello from <em>here</em>.", StringComparison.Ordinal)
            && text.Contains("1 comment<", StringComparison.Ordinal)
        );

        Assert.StartsWith("/guests?receipt=", sent.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Contains("1 comment<", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_lists_static_pages_by_weight_and_marks_the_current_one()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("any");
        await blog.WriteAsync("last", "type: page\ndate: 2026-01-01");
        await blog.WriteAsync("second", "type: page\nweight: 20");
        await blog.WriteAsync("first", "type: page\nweight: 3\nurl: /über/uns/");
        await blog.WriteAsync("hidden", "type: page\nweight: 1\nmenu: false");

        foreach (var path in new[] { "/", "/posts/any", "/tags", "/archive", "/hidden", "/no/such/page" })
        {
            var page = await blog.OpenAsync(path);

            Assert.Equal(["first", "second", "last"], page.Words("nav.menu a"));
            Assert.Equal(["/%C3%BCber/uns/", "/second", "/last"], page.Links("nav.menu a"));
            Assert.Empty(page.Words("nav.menu a[aria-current]"));
        }

        Assert.Equal(["first"], (await blog.OpenAsync("/%C3%BCber/uns/")).Words("nav.menu a[aria-current=page]"));

        await blog.DeleteAsync("second.md");
        Assert.Equal(["first", "last"], (await blog.OpenAsync("/posts/any")).Words("nav.menu a"));
    }

    [Fact]
    public async Task Many_pages_outside_of_the_menu_do_not_displace_those_in_it()
    {
        await using var blog = await TestBlog.StartAsync();
        await Task.WhenAll(
            Enumerable.Range(1, 60).Select(number => SaveAsync(blog, $"hidden-{number}", weight: 1, isInMenu: false))
        );
        await SaveAsync(blog, "shown", weight: 2, isInMenu: true);

        Assert.Equal(["Title of shown"], (await blog.OpenAsync("/")).Words("nav.menu a"));
    }

    private static async Task SaveAsync(TestBlog blog, string slug, int weight, bool isInMenu)
    {
        var post = ContentBuilder.BuildPost(slug);
        var metadata = post.Metadata with { IsPage = true, Weight = weight, InMenu = isInMenu };
        await blog.Get<PostTable>()
            .SaveAsync(
                null,
                post with
                {
                    Metadata = metadata,
                    Path = SitePath.Parse($"/{slug}"),
                },
                CancellationToken.None
            );
    }
}
