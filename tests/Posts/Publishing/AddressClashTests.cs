using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>
/// When two posts claim one address, the first keeps it until it gives it up, and the report says so.
/// </summary>
[Trait("Category", "Slow")]
public sealed class AddressClashTests
{
    [Theory]
    [InlineData(
        "slug: x",
        "slug: x",
        "the address /posts/x belongs to first.md: give this post another one with 'slug: ...'."
    )]
    [InlineData(
        "slug: x",
        "url: /POSTS/X/",
        "the address /POSTS/X/ belongs to first.md: give this post another one with 'url: ...'."
    )]
    [InlineData(
        "url: /about",
        "type: page\nslug: about",
        "the address /about belongs to first.md: give this page another one with 'slug: ...'."
    )]
    [InlineData(
        "aliases: /About",
        "type: page\nslug: about",
        "the address /about belongs to first.md: give this page another one with 'slug: ...'."
    )]
    [InlineData(
        "redirect_from: /Old/",
        "url: /old",
        "the address /old belongs to first.md: give this post another one with 'url: ...'."
    )]
    public async Task An_address_that_belongs_to_another_post_is_refused_in_every_spelling(
        string first,
        string second,
        string expected
    )
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", first));

        var report = await fixture.PublishAsync("second.md", PublishingFixture.Text("Second", second));

        Assert.Equal(
            (UploadOutcome.Refused, $"line 1, column 1: {expected}"),
            (report.Outcome, Assert.Single(report.Lines))
        );
        Assert.Null(await fixture.PostAsync("second.md"));
        Assert.Equal("First", Assert.Single(await fixture.ListAsync()).Title);
    }

    [Theory]
    [InlineData("url: /wanted", "200")]
    [InlineData("aliases: /wanted", "301 /posts/first")]
    public async Task An_alias_that_belongs_to_another_post_stays_with_it_and_the_rest_is_published(
        string first,
        string status
    )
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", first));

        var report = await fixture.PublishAsync(
            "second.md",
            PublishingFixture.Text("Second", "aliases: [/Wanted/, /free]")
        );

        Assert.Equal(UploadOutcome.Published, report.Outcome);
        Assert.Contains("the old address /Wanted/ belongs to first.md and stays there.", report.Lines);
        Assert.Equal(status, await fixture.StatusAsync("/wanted"));
        Assert.Equal("301 /posts/second", await fixture.StatusAsync("/free"));
    }

    [Fact]
    public async Task A_removed_alias_keeps_redirecting_until_another_post_claims_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", "aliases: /shared"));
        await fixture.PublishAsync("second.md", PublishingFixture.Text("Second", "aliases: /shared"));

        await fixture.PublishAsync("first.md", PublishingFixture.Text("First"));
        Assert.Equal("301 /posts/first", await fixture.StatusAsync("/shared"));

        var second = await fixture.PublishAsync(
            "second.md",
            PublishingFixture.Text("Second again", "aliases: /shared")
        );
        Assert.Single(second.Lines);
        Assert.Equal("301 /posts/second", await fixture.StatusAsync("/shared"));

        var first = await fixture.PublishAsync(
            "first.md",
            PublishingFixture.Text("First again", "slug: moved\naliases: /shared")
        );
        Assert.Contains("the old address /shared belongs to second.md and stays there.", first.Lines);
        Assert.Equal("301 /posts/second", await fixture.StatusAsync("/shared"));
        Assert.Equal("301 /posts/moved", await fixture.StatusAsync("/posts/first"));
    }

    [Fact]
    public async Task A_former_address_can_become_an_alias_of_another_post_for_good()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", "slug: former"));
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", "slug: now"));

        await fixture.PublishAsync("second.md", PublishingFixture.Text("Second", "aliases: /posts/former"));
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", "slug: later"));

        Assert.Equal("301 /posts/second", await fixture.StatusAsync("/posts/former"));
        Assert.Equal("301 /posts/later", await fixture.StatusAsync("/posts/now"));
    }

    [Fact]
    public async Task A_deleted_post_gives_up_all_its_addresses()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("first.md", PublishingFixture.Text("First", "slug: wanted\naliases: /old"));
        await fixture.WithdrawAsync("first.md");

        var second = await fixture.PublishAsync(
            "second.md",
            PublishingFixture.Text("Second", "slug: wanted\naliases: /old")
        );
        var returned = await fixture.PublishAsync(
            "first.md",
            PublishingFixture.Text("First", "slug: wanted\naliases: /old")
        );

        Assert.Equal((UploadOutcome.Published, 1), (second.Outcome, second.Lines.Count));
        Assert.Equal(UploadOutcome.Refused, returned.Outcome);
        Assert.Contains("Second", await fixture.Blog.ReadAsync("/posts/wanted"), StringComparison.Ordinal);
        Assert.Equal("301 /posts/wanted", await fixture.StatusAsync("/old"));
    }

    [Fact]
    public async Task Of_posts_that_claim_one_alias_concurrently_one_gets_it_and_all_are_published()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await using var otherInstance = await PublishingFixture.StartAsync(connection: fixture.Blog.Connection);
        for (var round = 0; round < 5; round++)
        {
            var names = Enumerable.Range(0, 4).Select(number => $"wants-{round}-{number}.md").ToList();
            foreach (var name in names)
            {
                await fixture.PutAsync(name, PublishingFixture.Text("T", $"aliases: /wanted-{round}"));
            }

            await Task.WhenAll(
                names.Select((name, number) => (number % 2 == 0 ? fixture : otherInstance).DeliverAsync(name))
            );

            var posts = await Task.WhenAll(names.Select(async name => (await fixture.PostAsync(name))!));
            var winner = Assert.Single(posts, post => post.Aliases.Count == 1);
            Assert.All(posts, post => Assert.Equal(PostState.Published, post.State));
            Assert.Equal($"301 {winner.Path.Link}", await otherInstance.StatusAsync($"/wanted-{round}"));
            foreach (var loser in posts.Where(post => post.Id != winner.Id))
            {
                Assert.Contains(
                    $"the old address /wanted-{round} belongs to {winner.Source} and stays there.",
                    (await fixture.ReportAsync(loser.Source)).Lines
                );
            }
        }
    }

    [Theory]
    [InlineData("/posts/{slug}", "type: page\nslug: tags", "this page", "/tags")]
    [InlineData("/{slug}", "slug: search", "this post", "/search")]
    [InlineData("/tag{slug}", "slug: s\ndraft: true", "this post", "/tags")]
    public async Task A_reserved_address_is_refused_even_for_a_draft(
        string pattern,
        string fields,
        string kind,
        string path
    )
    {
        await using var fixture = await PublishingFixture.StartAsync(settings: new() { ["Blog:Permalink"] = pattern });

        var report = await fixture.PublishAsync("reserved.md", PublishingFixture.Text("T", fields));

        Assert.Equal(UploadOutcome.Refused, report.Outcome);
        Assert.Equal(
            $"line 1, column 1: the address {path} is one that the blog needs for itself: give {kind} "
                + $"another one with 'slug: ...'.",
            report.Lines[0]
        );
    }
}
