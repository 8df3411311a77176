using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Storage;

/// <summary>The addresses of posts, and the redirects to them.</summary>
public sealed class AddressTests
{
    private static readonly string[] OwnUrls =
    [
        "/2009/old.php",
        "/About/Me.html",
        "/Ends/With/A/Slash/",
        "/日本/旅",
        "/Über uns",
        "/Ёж/",
        "/c++/a(b)!.html",
        "/100%",
        "/what?",
        "/comments/2",
    ];

    [Fact]
    public async Task The_permalink_pattern_uses_the_date_in_the_blogs_time_zone()
    {
        await using var fixture = await PublishingFixture.StartAsync(
            settings: new() { ["Blog:Permalink"] = "/{year}/{month}/{slug}", ["Blog:TimeZone"] = "Europe/Berlin" }
        );

        var report = await fixture.PublishAsync("dated.md", "---\ntitle: T\ndate: 2026-01-31T23:30:00Z\n---\nText.\n");

        Assert.Equal("http://blog.test/2026/02/dated", report.Lines[0]);
        Assert.Equal("200", await fixture.StatusAsync("/2026/02/dated"));
        Assert.Equal("301 /2026/02/dated", await fixture.StatusAsync("/2026/02/DATED/"));
        Assert.Equal("404", await fixture.StatusAsync("/posts/dated"));
    }

    [Fact]
    public async Task Under_a_pattern_with_a_date_a_changed_date_redirects_to_the_new_address()
    {
        await using var fixture = await PublishingFixture.StartAsync(
            settings: new() { ["Blog:Permalink"] = "/{year}/{slug}/" }
        );
        await fixture.PublishAsync("moved.md", "---\ntitle: T\ndate: 2019-01-01\n---\nText.\n");

        await fixture.PublishAsync("moved.md", "---\ntitle: T\ndate: 2020-01-01\n---\nText.\n");

        Assert.Equal("200", await fixture.StatusAsync("/2020/moved/"));
        Assert.Equal("301 /2020/moved/", await fixture.StatusAsync("/2019/moved/"));
        Assert.Equal("301 /2020/moved/", await fixture.StatusAsync("/2019/moved"));
        Assert.Equal("301 /2020/moved/", await fixture.StatusAsync("/2020/moved"));
    }

    [Fact]
    public async Task A_changed_pattern_applies_to_later_publications_and_old_addresses_redirect()
    {
        await using var before = await PublishingFixture.StartAsync();
        await before.PublishAsync("stays.md", PublishingFixture.Text("Stays"));
        await before.PublishAsync("moves.md", PublishingFixture.Text("Moves"));
        await using var after = await PublishingFixture.StartAsync(
            connection: before.Blog.Connection,
            settings: new() { ["Blog:Permalink"] = "/{slug}" }
        );

        await after.PublishAsync("moves.md", PublishingFixture.Text("Moves", body: "A correction."));

        Assert.Equal("200", await after.StatusAsync("/posts/stays"));
        Assert.Equal("301 /moves", await after.StatusAsync("/posts/moves"));
        Assert.Equal("200", await after.StatusAsync("/moves"));
    }

    [Fact]
    public async Task A_url_in_front_matter_is_served_in_one_spelling_and_every_other_redirects_to_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        foreach (var (number, url) in OwnUrls.Index())
        {
            var link = SitePath.Encode(url);
            var toggled = url.EndsWith('/') ? url.TrimEnd('/') : url + "/";

            var report = await fixture.PublishAsync(
                $"own-{number}.md",
                PublishingFixture.Text($"Own {number}", $"url: {link}")
            );

            Assert.Equal((UploadOutcome.Published, "http://blog.test" + link), (report.Outcome, report.Lines[0]));
            Assert.Contains($"Own {number}", await fixture.Blog.ReadAsync(link), StringComparison.Ordinal);
            Assert.Equal(
                $"301 {link}",
                await fixture.StatusAsync(
                    SitePath.Encode(url.ToUpperInvariant() + "/").Replace("//", "/", StringComparison.Ordinal)
                )
            );
            Assert.Equal($"301 {link}?a=b", await fixture.StatusAsync(SitePath.Encode(toggled) + "?a=b"));
            Assert.Equal("404", await fixture.StatusAsync($"/posts/own-{number}"));
        }
    }

    [Fact]
    public async Task After_many_changes_every_former_address_redirects_in_one_hop_to_the_current_one()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        string[] paths = ["/posts/one", "/posts/two", "/old/three.php", "/posts/four"];
        foreach (var path in paths)
        {
            await fixture.PublishAsync(
                "moving.md",
                PublishingFixture.Text(
                    "Moving",
                    path.StartsWith("/posts/", StringComparison.Ordinal) ? $"slug: {path[7..]}" : $"url: {path}"
                )
            );
        }

        Assert.Equal("200", await fixture.StatusAsync("/posts/four"));
        Assert.All(paths[..^1], path => Assert.Equal("301 /posts/four", fixture.StatusAsync(path).Result));
        Assert.Equal("301 /posts/four", await fixture.StatusAsync("/OLD/Three.php/"));

        await fixture.PublishAsync("moving.md", PublishingFixture.Text("Moving", "slug: two"));

        Assert.Equal("200", await fixture.StatusAsync("/posts/two"));
        Assert.All(["/posts/one", "/old/three.php", "/posts/four"], path =>
            Assert.Equal("301 /posts/two", fixture.StatusAsync(path).Result)
        );
    }

    [Fact]
    public async Task Aliases_redirect_in_one_hop_also_after_the_post_has_moved()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(
            "aliased.md",
            PublishingFixture.Text("T", "aliases: [/2009/Old.php, /日本/]\nredirect_from: /p/12")
        );
        Assert.Equal("301 /posts/aliased", await fixture.StatusAsync("/2009/Old.php"));

        await fixture.PublishAsync(
            "aliased.md",
            PublishingFixture.Text("T", "slug: renamed\naliases: [/2009/Old.php, /日本/]")
        );

        foreach (
            var old in new[]
            {
                "/2009/Old.php",
                "/2009/old.PHP/",
                SitePath.Encode("/日本/"),
                SitePath.Encode("/日本"),
                "/p/12",
                "/posts/aliased",
            }
        )
        {
            Assert.Equal("301 /posts/renamed", await fixture.StatusAsync(old));
        }

        Assert.Equal("301 /posts/renamed/comments/2?a=b", await fixture.StatusAsync("/2009/old.php/comments/2?a=b"));
    }

    [Fact]
    public async Task The_addresses_of_a_deleted_post_are_gone_and_return_with_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var text = PublishingFixture.Text("T", "slug: now\naliases: /alias");
        await fixture.PublishAsync("deleted.md", PublishingFixture.Text("T", "slug: before"));
        await fixture.PublishAsync("deleted.md", text);

        var report = await fixture.WithdrawAsync("deleted.md");

        Assert.Equal(UploadOutcome.Withdrawn, report.Outcome);
        Assert.All(["/posts/now", "/posts/before", "/alias", "/Alias/"], path =>
            Assert.Equal("410", fixture.StatusAsync(path).Result)
        );

        await fixture.PublishAsync("deleted.md", text);

        Assert.Equal("200", await fixture.StatusAsync("/posts/now"));
        Assert.All(["/posts/before", "/alias"], path =>
            Assert.Equal("301 /posts/now", fixture.StatusAsync(path).Result)
        );
    }

    [Fact]
    public async Task A_draft_that_was_never_public_claims_no_address()
    {
        await using var fixture = await PublishingFixture.StartAsync();

        await fixture.PublishAsync(
            "draft.md",
            PublishingFixture.Text("Draft", "slug: wanted\naliases: /old\ndraft: true")
        );
        Assert.All(["/posts/wanted", "/old"], path => Assert.Equal("404", fixture.StatusAsync(path).Result));
        var other = await fixture.PublishAsync(
            "other.md",
            PublishingFixture.Text("Other", "slug: wanted\naliases: /old")
        );

        Assert.Equal((UploadOutcome.Published, 1), (other.Outcome, other.Lines.Count));
        Assert.Equal("301 /posts/wanted", await fixture.StatusAsync("/old"));
    }
}
