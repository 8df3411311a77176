namespace ServerlessBlog.Tests.Posts.Publishing;

public sealed class StaticPageTests
{
    [Fact]
    public async Task A_static_page_has_its_name_as_path_and_is_in_no_list_of_posts()
    {
        await using var fixture = await PublishingFixture.StartAsync(
            settings: new() { ["Blog:Permalink"] = "/{year}/{slug}" }
        );
        await fixture.PublishAsync("beside.md", PublishingFixture.Text("Beside", "tags: [other]"));

        var report = await fixture.PublishAsync(
            "About Us.md",
            PublishingFixture.Text("About us", "type: page\ntags: [rare]\nseries: Odd\npinned: true\nfeatured: true")
        );

        Assert.Equal("http://blog.test/about-us", report.Lines[0]);
        Assert.Contains("About us", await fixture.Blog.ReadAsync("/about-us"), StringComparison.Ordinal);
        Assert.Equal(["Beside"], (await fixture.ListAsync()).Select(post => post.Title));
        Assert.Equal(
            ["other"],
            (await fixture.Lists.CountTagsAsync(CancellationToken.None)).Select(tag => tag.Tag.Key)
        );
        Assert.Empty(await fixture.Lists.ReadBySeriesAsync("Odd", 10, CancellationToken.None));
        Assert.Empty(await fixture.Lists.ReadPinnedAsync(10, CancellationToken.None));
        Assert.Equal(
            1,
            Assert.Single(await fixture.Lists.CountMonthsAsync(TimeZoneInfo.Utc, CancellationToken.None)).Count
        );
        Assert.Equal(
            ["About us"],
            (await fixture.Lists.ReadStaticPagesAsync(10, CancellationToken.None)).Select(page => page.Title)
        );
    }

    [Fact]
    public async Task Static_pages_are_ordered_by_weight_then_by_date_and_may_be_left_out_of_the_menu()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        foreach (
            var (name, fields) in new[]
            {
                ("heavy", "weight: 10"),
                ("light", "weight: 2"),
                ("none", "title2: x"),
                ("zero", "weight: 0\nmenu: false"),
                ("most", "weight: 1000000"),
            }
        )
        {
            await fixture.PublishAsync($"{name}.md", PublishingFixture.Text(name, $"type: page\n{fields}"));
        }

        await fixture.PublishAsync("early.md", "---\ntitle: early\ndate: 2001-01-01\ntype: page\nweight: 10\n---\n");

        var pages = await fixture.Lists.ReadStaticPagesAsync(10, CancellationToken.None);

        Assert.Equal(["zero", "light", "early", "heavy", "most", "none"], pages.Select(page => page.Title));
        Assert.Equal(["zero"], pages.Where(page => !page.InMenu).Select(page => page.Title));
    }

    [Fact]
    public async Task A_post_that_becomes_a_static_page_leaves_the_lists_and_redirects()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("becomes.md", PublishingFixture.Text("Becomes", "tags: [rare]"));

        await fixture.PublishAsync("becomes.md", PublishingFixture.Text("Becomes", "tags: [rare]\ntype: page"));
        Assert.Equal("301 /becomes", await fixture.StatusAsync("/posts/becomes"));
        Assert.Empty(await fixture.ListAsync());
        Assert.Empty(await fixture.Lists.CountTagsAsync(CancellationToken.None));
        Assert.Single(await fixture.Lists.ReadStaticPagesAsync(10, CancellationToken.None));

        await fixture.PublishAsync("becomes.md", PublishingFixture.Text("Becomes", "tags: [rare]"));
        Assert.Equal("301 /posts/becomes", await fixture.StatusAsync("/becomes"));
        Assert.Single(await fixture.ListAsync());
        Assert.Empty(await fixture.Lists.ReadStaticPagesAsync(10, CancellationToken.None));
    }
}
