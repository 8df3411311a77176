
namespace ServerlessBlog.Tests.Posts.Publishing;

public sealed class StaticPageTests
{
    [Fact]
    public async Task A_page_stands_at_its_name_and_in_no_list_of_posts()
    {
        await using var world = await PublishingWorld.StartAsync(settings: new() { ["Blog:Permalink"] = "/{year}/{slug}" });
        await world.PublishAsync("beside.md", PublishingWorld.Text("Beside", "tags: [other]"));

        var report = await world.PublishAsync("About Us.md", PublishingWorld.Text("About us", "type: page\ntags: [rare]\nseries: Odd\npinned: true\nfeatured: true"));

        Assert.Equal("http://blog.test/about-us", report.Lines[0]);
        Assert.Contains("About us", await world.Blog.ReadAsync("/about-us"), StringComparison.Ordinal);
        Assert.Equal(["Beside"], (await world.ListAsync()).Select(post => post.Title));
        Assert.Equal(["other"], (await world.Lists.TagsAsync(CancellationToken.None)).Select(tag => tag.Tag.Key));
        Assert.Empty(await world.Lists.OfSeriesAsync("Odd", 10, CancellationToken.None));
        Assert.Empty(await world.Lists.PinnedAsync(10, CancellationToken.None));
        Assert.Equal(1, Assert.Single(await world.Lists.MonthsAsync(TimeZoneInfo.Utc, CancellationToken.None)).Count);
        Assert.Equal(["About us"], (await world.Lists.PagesAsync(10, CancellationToken.None)).Select(page => page.Title));
    }

    [Fact]
    public async Task Pages_come_by_weight_then_by_date_and_those_outside_of_the_menu_say_so()
    {
        await using var world = await PublishingWorld.StartAsync();
        foreach (var (name, fields) in new[] { ("heavy", "weight: 10"), ("light", "weight: 2"), ("none", "title2: x"), ("zero", "weight: 0\nmenu: false"), ("most", "weight: 1000000") })
        {
            await world.PublishAsync($"{name}.md", PublishingWorld.Text(name, $"type: page\n{fields}"));
        }

        await world.PublishAsync("early.md", "---\ntitle: early\ndate: 2001-01-01\ntype: page\nweight: 10\n---\n");

        var pages = await world.Lists.PagesAsync(10, CancellationToken.None);

        Assert.Equal(["zero", "light", "early", "heavy", "most", "none"], pages.Select(page => page.Title));
        Assert.Equal(["zero"], pages.Where(page => !page.InMenu).Select(page => page.Title));
    }

    [Fact]
    public async Task A_post_that_becomes_a_page_leaves_the_lists_and_its_address_leads_to_the_new_one()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("becomes.md", PublishingWorld.Text("Becomes", "tags: [rare]"));

        await world.PublishAsync("becomes.md", PublishingWorld.Text("Becomes", "tags: [rare]\ntype: page"));
        Assert.Equal("301 /becomes", await world.StatusAsync("/posts/becomes"));
        Assert.Empty(await world.ListAsync());
        Assert.Empty(await world.Lists.TagsAsync(CancellationToken.None));
        Assert.Single(await world.Lists.PagesAsync(10, CancellationToken.None));

        await world.PublishAsync("becomes.md", PublishingWorld.Text("Becomes", "tags: [rare]"));
        Assert.Equal("301 /posts/becomes", await world.StatusAsync("/becomes"));
        Assert.Single(await world.ListAsync());
        Assert.Empty(await world.Lists.PagesAsync(10, CancellationToken.None));
    }
}
