using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Two posts want one address: the first keeps it, until it gives it up, and the report says so.</summary>
public sealed class AddressClashTests
{
    [Theory]
    [InlineData("slug: x", "slug: x", "the address /posts/x belongs to first.md: give this post another one with 'slug: ...'.")]
    [InlineData("slug: x", "url: /POSTS/X/", "the address /POSTS/X/ belongs to first.md: give this post another one with 'url: ...'.")]
    [InlineData("url: /about", "type: page\nslug: about", "the address /about belongs to first.md: give this page another one with 'slug: ...'.")]
    [InlineData("aliases: /About", "type: page\nslug: about", "the address /about belongs to first.md: give this page another one with 'slug: ...'.")]
    [InlineData("redirect_from: /Old/", "url: /old", "the address /old belongs to first.md: give this post another one with 'url: ...'.")]
    public async Task An_address_that_another_post_has_in_any_way_and_spelling_is_refused(string first, string second, string sentence)
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("first.md", PublishingWorld.Text("First", first));

        var report = await world.PublishAsync("second.md", PublishingWorld.Text("Second", second));

        Assert.Equal((UploadOutcome.Refused, $"line 1, column 1: {sentence}"), (report.Outcome, Assert.Single(report.Lines)));
        Assert.Null(await world.PostAsync("second.md"));
        Assert.Equal("First", Assert.Single(await world.ListAsync()).Title);
    }

    [Theory]
    [InlineData("url: /wanted", "200")]
    [InlineData("aliases: /wanted", "301 /posts/first")]
    public async Task An_old_address_that_another_post_has_stays_there_and_the_rest_is_published(string first, string status)
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("first.md", PublishingWorld.Text("First", first));

        var report = await world.PublishAsync("second.md", PublishingWorld.Text("Second", "aliases: [/Wanted/, /free]"));

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Contains("the old address /Wanted/ belongs to first.md and stays there.", report.Lines);
        Assert.Equal(status, await world.StatusAsync("/wanted"));
        Assert.Equal("301 /posts/second", await world.StatusAsync("/free"));
    }

    [Fact]
    public async Task An_old_address_that_is_given_up_goes_on_leading_there_until_another_post_takes_it_for_good()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("first.md", PublishingWorld.Text("First", "aliases: /shared"));
        await world.PublishAsync("second.md", PublishingWorld.Text("Second", "aliases: /shared"));

        await world.PublishAsync("first.md", PublishingWorld.Text("First"));
        Assert.Equal("301 /posts/first", await world.StatusAsync("/shared"));

        var second = await world.PublishAsync("second.md", PublishingWorld.Text("Second again", "aliases: /shared"));
        Assert.Single(second.Lines);
        Assert.Equal("301 /posts/second", await world.StatusAsync("/shared"));

        var first = await world.PublishAsync("first.md", PublishingWorld.Text("First again", "slug: moved\naliases: /shared"));
        Assert.Contains("the old address /shared belongs to second.md and stays there.", first.Lines);
        Assert.Equal("301 /posts/second", await world.StatusAsync("/shared"));
        Assert.Equal("301 /posts/moved", await world.StatusAsync("/posts/first"));
    }

    [Fact]
    public async Task A_former_address_can_become_another_posts_old_one_and_its_first_post_stays_away()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("first.md", PublishingWorld.Text("First", "slug: former"));
        await world.PublishAsync("first.md", PublishingWorld.Text("First", "slug: now"));

        await world.PublishAsync("second.md", PublishingWorld.Text("Second", "aliases: /posts/former"));
        await world.PublishAsync("first.md", PublishingWorld.Text("First", "slug: later"));

        Assert.Equal("301 /posts/second", await world.StatusAsync("/posts/former"));
        Assert.Equal("301 /posts/later", await world.StatusAsync("/posts/now"));
    }

    [Fact]
    public async Task A_deleted_post_gives_up_all_it_had()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("first.md", PublishingWorld.Text("First", "slug: wanted\naliases: /old"));
        await world.WithdrawAsync("first.md");

        var second = await world.PublishAsync("second.md", PublishingWorld.Text("Second", "slug: wanted\naliases: /old"));
        var back = await world.PublishAsync("first.md", PublishingWorld.Text("First", "slug: wanted\naliases: /old"));

        Assert.Equal((UploadOutcome.Published, 1), (second.Outcome, second.Lines.Count));
        Assert.Equal(UploadOutcome.Refused, back.Outcome);
        Assert.Contains("Second", await world.Blog.ReadAsync("/posts/wanted"), StringComparison.Ordinal);
        Assert.Equal("301 /posts/wanted", await world.StatusAsync("/old"));
    }

    [Fact]
    public async Task Of_posts_that_want_one_old_address_at_once_one_gets_it_and_all_are_published()
    {
        await using var world = await PublishingWorld.StartAsync();
        await using var elsewhere = await PublishingWorld.StartAsync(connection: world.Blog.Connection);
        for (var round = 0; round < 5; round++)
        {
            var names = Enumerable.Range(0, 4).Select(number => $"wants-{round}-{number}.md").ToList();
            foreach (var name in names)
            {
                await world.PutAsync(name, PublishingWorld.Text("T", $"aliases: /wanted-{round}"));
            }

            await Task.WhenAll(names.Select((name, number) => (number % 2 == 0 ? world : elsewhere).DeliverAsync(name)));

            var posts = await Task.WhenAll(names.Select(async name => (await world.PostAsync(name))!));
            var winner = Assert.Single(posts, post => post.Aliases.Count == 1);
            Assert.All(posts, post => Assert.Equal(PostState.Published, post.State));
            Assert.Equal($"301 {winner.Path.Link}", await elsewhere.StatusAsync($"/wanted-{round}"));
            foreach (var loser in posts.Where(post => post.Id != winner.Id))
            {
                Assert.Contains($"the old address /wanted-{round} belongs to {winner.Source} and stays there.", (await world.ReportAsync(loser.Source)).Lines);
            }
        }
    }

    [Theory]
    [InlineData("/posts/{slug}", "type: page\nslug: tags", "this page", "/tags")]
    [InlineData("/{slug}", "slug: search", "this post", "/search")]
    [InlineData("/tag{slug}", "slug: s\ndraft: true", "this post", "/tags")]
    public async Task What_the_blog_needs_for_itself_is_refused_even_to_a_draft(string pattern, string fields, string what, string path)
    {
        await using var world = await PublishingWorld.StartAsync(settings: new() { ["Blog:Permalink"] = pattern });

        var report = await world.PublishAsync("reserved.md", PublishingWorld.Text("T", fields));

        Assert.Equal(UploadOutcome.Refused, report.Outcome);
        Assert.Equal($"line 1, column 1: the address {path} is one that the blog needs for itself: give {what} another one with 'slug: ...'.", report.Lines[0]);
    }
}
