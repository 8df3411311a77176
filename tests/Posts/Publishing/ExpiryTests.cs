using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>Changes of a post at a set time: publication, out-of-date mark and expiry.</summary>
public sealed class ExpiryTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task An_expired_post_is_gone_from_its_address_and_from_lists()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock);
        await fixture.PublishAsync(
            "brief.md",
            PublishingFixture.Text("Brief", "expiryDate: 2026-05-03\ntags: [rare]\naliases: /old")
        );
        Assert.Contains("Brief", await fixture.Blog.ReadAsync("/"), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromHours(35));
        await fixture.DeliverDelayedAsync();
        Assert.Equal("200", await fixture.StatusAsync("/posts/brief"));

        _clock.Advance(TimeSpan.FromHours(1));
        await fixture.DeliverDelayedAsync();
        Assert.Equal("410", await fixture.StatusAsync("/posts/brief"));
        Assert.Equal("410", await fixture.StatusAsync("/old"));
        Assert.Equal("404", await fixture.StatusAsync("/tags/rare"));
        Assert.Empty(await fixture.ListAsync());
        Assert.Empty(await fixture.Lists.CountTagsAsync(CancellationToken.None));
        Assert.DoesNotContain("Brief", await fixture.Blog.ReadAsync("/"), StringComparison.Ordinal);
        var report = await fixture.ReportAsync("brief.md");
        Assert.Equal(
            (UploadOutcome.Expired, "Readers no longer see it since 2026-05-03 00:00 +00:00: its 'expiryDate'."),
            (report.Outcome, report.Lines[0])
        );
    }

    [Fact]
    public async Task An_expired_post_gives_up_its_address_and_returns_with_a_later_expiry()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock);
        var report = await fixture.PublishAsync(
            "over.md",
            PublishingFixture.Text("Over", "slug: wanted\nexpiryDate: 2026-04-01")
        );
        Assert.Equal(UploadOutcome.Expired, report.Outcome);
        Assert.Equal("404", await fixture.StatusAsync("/posts/wanted")); // it was never public

        await fixture.PublishAsync("over.md", PublishingFixture.Text("Over", "slug: wanted\nexpiryDate: 2026-05-02"));
        Assert.Equal("200", await fixture.StatusAsync("/posts/wanted"));

        _clock.Advance(TimeSpan.FromDays(1));
        await fixture.DeliverDelayedAsync();
        Assert.Equal(
            UploadOutcome.Published,
            (await fixture.PublishAsync("other.md", PublishingFixture.Text("Other", "slug: wanted"))).Outcome
        );
        Assert.Contains("Other", await fixture.Blog.ReadAsync("/posts/wanted"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task From_its_outdated_date_on_a_page_says_that_it_is_out_of_date()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock);
        await fixture.PublishAsync("aging.md", PublishingFixture.Text("Aging", "outdated: 2026-05-03"));
        await fixture.PublishAsync("aged.md", PublishingFixture.Text("Aged", "outdated: 2026-04-03"));
        Assert.DoesNotContain("Out of date.", await fixture.Blog.ReadAsync("/posts/aging"), StringComparison.Ordinal);
        Assert.Contains("Out of date.", await fixture.Blog.ReadAsync("/posts/aged"), StringComparison.Ordinal);

        _clock.Advance(TimeSpan.FromDays(2));
        await fixture.DeliverDelayedAsync();

        Assert.Contains("Out of date.", await fixture.Blog.ReadAsync("/posts/aging"), StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Published, (await fixture.ReportAsync("aging.md")).Outcome);
    }

    [Fact]
    public async Task A_post_appears_becomes_outdated_and_expires_each_at_its_time()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock);
        var report = await fixture.PublishAsync(
            "life.md",
            "---\ntitle: Life\ndate: 2026-05-04\noutdated: 2026-05-03\nexpiryDate: 2026-05-06\n"
                + "aliases: /early\n---\nText.\n"
        );
        Assert.Equal(
            (
                UploadOutcome.Scheduled,
                "Readers will see it from 2026-05-04 00:00 +00:00 at http://blog.test/posts/life"
            ),
            (report.Outcome, report.Lines[0])
        );

        var statuses = new List<string>();
        for (var day = 2; day <= 6; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
            await fixture.DeliverDelayedAsync();
            statuses.Add($"{day}: {await fixture.StatusAsync("/posts/life")}, {await fixture.StatusAsync("/early")}");
        }

        Assert.Equal(
            ["2: 404, 404", "3: 404, 404", "4: 200, 301 /posts/life", "5: 200, 301 /posts/life", "6: 410, 410"],
            statuses
        );
        Assert.Null((await fixture.PostAsync("life.md"))!.Due);
        Assert.Empty(await fixture.Blog.Get<PostTable>().FindDueAsync(DateTimeOffset.MaxValue, CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_version_does_not_delay_the_expiry()
    {
        await using var fixture = await PublishingFixture.StartAsync(_clock);
        await fixture.PublishAsync("ends.md", PublishingFixture.Text("Ends", "expiryDate: 2026-05-03"));
        await fixture.PublishAsync("ends.md", "no front matter");

        _clock.Advance(TimeSpan.FromDays(2));
        await fixture.DeliverDelayedAsync();

        Assert.Equal("410", await fixture.StatusAsync("/posts/ends"));
        Assert.Single((await fixture.ReportAsync("ends.md")).Lines);
    }
}
