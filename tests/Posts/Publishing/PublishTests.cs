using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Publishing;

public sealed class PublishTests
{
    [Fact]
    public async Task The_same_message_five_times_two_at_a_time_is_one_post_and_one_report()
    {
        await using var world = await PublishingWorld.StartAsync();
        var version = await world.PutAsync("five.md", PublishingWorld.Text("Five times"));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5), new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (_, _) => await world.DeliverAsync("five.md"));

        var listed = Assert.Single(await world.ListAsync());
        Assert.Equal(PostId.OfFile("five.md"), listed.Id);
        Assert.Equal(AddressKind.Post, (await world.AddressAsync("five"))?.Kind);
        var report = await world.ReportAsync("five.md");
        Assert.Equal((version, UploadOutcome.Published), (report.SourceVersion, report.Outcome));
        Assert.Equal("200", await world.StatusAsync("/posts/five"));
    }

    [Fact]
    public async Task A_late_message_about_an_older_version_finds_the_newest_one()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PutAsync("late.md", PublishingWorld.Text("First"));
        await world.PublishAsync("late.md", PublishingWorld.Text("Second"));

        await world.DeliverAsync("late.md");

        Assert.Contains("Second", await world.Blog.ReadAsync("/posts/late"), StringComparison.Ordinal);
        Assert.Equal("Second", Assert.Single(await world.ListAsync()).Title);
    }

    [Fact]
    public async Task A_message_about_a_file_that_is_deleted_by_now_publishes_nothing()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PutAsync("brief.md", PublishingWorld.Text("Brief"));
        await world.TakeAsync("brief.md");

        await world.DeliverAsync("brief.md");

        Assert.Empty(await world.ListAsync());
        Assert.Equal("404", await world.StatusAsync("/posts/brief"));
        var report = await world.ReportAsync("brief.md");
        Assert.Equal((UploadReport.NoSource, UploadOutcome.Withdrawn), (report.SourceVersion, report.Outcome));
    }

    [Fact]
    public async Task Of_two_files_with_one_slug_published_at_once_one_wins_and_the_other_is_told_who()
    {
        await using var world = await PublishingWorld.StartAsync();
        await using var elsewhere = await PublishingWorld.StartAsync(connection: world.Blog.Connection);
        for (var round = 0; round < 10; round++)
        {
            var (slug, one, two) = ($"same-{round}", $"one-{round}.md", $"two-{round}.md");
            await world.PutAsync(one, PublishingWorld.Text("One", $"slug: {slug}"));
            await world.PutAsync(two, PublishingWorld.Text("Two", $"slug: {slug}"));

            await Task.WhenAll(world.DeliverAsync(one), elsewhere.DeliverAsync(two), world.DeliverAsync(two), elsewhere.DeliverAsync(one));

            var winner = Assert.Single(await world.ListAsync(), post => post.Path.Link == $"/posts/{slug}");
            var (won, lost) = winner.Id == PostId.OfFile(one) ? (one, two) : (two, one);
            Assert.Equal(winner.Id, (await world.AddressAsync(slug))?.Post);
            Assert.Equal(UploadOutcome.Published, (await world.ReportAsync(won)).Outcome);
            Assert.Equal(UploadOutcome.Refused, (await world.ReportAsync(lost)).Outcome);
            Assert.Contains($"/posts/{slug} belongs to {won}", (await world.ReportAsync(lost)).Lines[0], StringComparison.Ordinal);
            Assert.Null(await world.PostAsync(lost));
        }
    }

    [Fact]
    public async Task Whatever_races_whatever_row_list_and_addresses_agree_with_the_files_in_the_end()
    {
        await using var world = await PublishingWorld.StartAsync();
        await using var elsewhere = await PublishingWorld.StartAsync(connection: world.Blog.Connection);
        string[] names = ["racer-1.md", "racer-2.md", "racer-3.md"];
        string[] slugs = ["red", "green", "blue"];
        var random = new Random(20260522);
        var deliveries = new List<Task>();
        using var free = new SemaphoreSlim(8);
        async Task DeliverAsync(PublishingWorld to, string name)
        {
            await free.WaitAsync();
            try
            {
                await to.DeliverAsync(name);
            }
            finally
            {
                free.Release();
            }
        }

        for (var round = 0; round < 60; round++)
        {
            var name = names[random.Next(names.Length)];
            await (random.Next(10) switch
            {
                < 3 => world.TakeAsync(name),
                3 => world.PutAsync(name, "no front matter"),
                4 => world.PutAsync(name, PublishingWorld.Text($"Draft {round}", $"draft: true\nslug: {slugs[random.Next(slugs.Length)]}")),
                _ => world.PutAsync(name, PublishingWorld.Text(
                    $"Round {round}", $"slug: {slugs[random.Next(slugs.Length)]}\naliases: [/posts/{slugs[random.Next(slugs.Length)]}, /old/{random.Next(3)}]\ntags: [t{random.Next(3)}]")),
            });
            deliveries.Add(DeliverAsync(world, name));
            deliveries.Add(DeliverAsync(elsewhere, name));
        }

        await Task.WhenAll(deliveries);

        var published = new List<Post>();
        foreach (var name in names)
        {
            var (post, report) = (await world.PostAsync(name), await world.ReportAsync(name));
            var isPublic = post is { State: PostState.Published };
            Assert.True(isPublic || report.Outcome != UploadOutcome.Published, report.ToText());
            Assert.True(!isPublic || report.Outcome is UploadOutcome.Published or UploadOutcome.Refused, report.ToText());
            if (isPublic)
            {
                published.Add(post!);
                Assert.Equal((AddressKind.Post, post!.Id), ((await world.AddressAsync(post.Path))!.Kind, (await world.AddressAsync(post.Path))!.Post));
                foreach (var alias in post.Aliases)
                {
                    Assert.Equal(new Address(AddressKind.Moved, post.Id, "", post.Path), (await world.AddressAsync(alias))! with { RevisionText = "" });
                }
            }
        }

        var listed = await world.ListAsync();
        Assert.Equal(published.Select(post => (post.Id, post.Head.Title)).Order(), listed.Select(post => (post.Id, post.Title)).Order());
        Assert.Equal(
            published.SelectMany(post => post.Head.Tags).Order(StringComparer.Ordinal),
            (await world.Lists.TagsAsync(CancellationToken.None)).SelectMany(tag => Enumerable.Repeat(tag.Tag.Key, tag.Count)).Order(StringComparer.Ordinal));
        foreach (var slug in slugs.Where(slug => published.TrueForAll(post => post.Head.Slug.ToString() != slug)))
        {
            Assert.NotEqual(AddressKind.Post, (await world.AddressAsync(slug))?.Kind);
        }
    }

    [Fact]
    public async Task A_future_date_waits_and_appears_once_the_timer_runs_after_it()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var world = await PublishingWorld.StartAsync(clock);
        var report = await world.PublishAsync("soon.md", "---\ntitle: Soon\ndate: 2026-05-03\n---\nText.\n");
        Assert.Equal(UploadOutcome.Scheduled, report.Outcome);
        Assert.Contains("2026-05-03 00:00 +00:00 at http://blog.test/posts/soon", report.Lines[0], StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromHours(35));
        await world.PublishDueAsync();
        Assert.Equal("404", await world.StatusAsync("/posts/soon"));
        Assert.DoesNotContain("Soon", await world.Blog.ReadAsync("/"), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromHours(1));
        await world.PublishDueAsync();
        Assert.Equal("200", await world.StatusAsync("/posts/soon"));
        Assert.Contains("Soon", await world.Blog.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Published, (await world.ReportAsync("soon.md")).Outcome);
    }

    [Fact]
    public async Task A_scheduled_post_keeps_its_address_and_appears_though_a_broken_file_came_after_it()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var world = await PublishingWorld.StartAsync(clock);
        await world.PublishAsync("mine.md", "---\ntitle: Mine\ndate: 2026-05-03\nslug: wanted\n---\nText.\n");

        var late = await world.PublishAsync("yours.md", PublishingWorld.Text("Yours", "slug: wanted"));
        var broken = await world.PublishAsync("mine.md", "---\ndate: 2026-05-03\n---\nNo title.\n");
        clock.Advance(TimeSpan.FromDays(2));
        await world.PublishDueAsync();

        Assert.Contains("belongs to mine.md", late.Lines[0], StringComparison.Ordinal);
        Assert.Contains("The last good version stays: Readers will see it from 2026-05-03", broken.Lines[1], StringComparison.Ordinal);
        Assert.Contains("Mine", await world.Blog.ReadAsync("/posts/wanted"), StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Refused, (await world.ReportAsync("mine.md")).Outcome);
        Assert.Contains("The last good version stays at http://blog.test/posts/wanted", (await world.ReportAsync("mine.md")).Lines);
    }

    [Fact]
    public async Task A_post_without_a_date_is_dated_when_it_is_published_and_keeps_that_date()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("undated.md", "---\ntitle: T\ndate: 2199-01-01\n---\nText.\n");

        await world.PublishAsync("undated.md", "---\ntitle: T\n---\nText.\n");
        var first = (await world.PostAsync("undated.md"))!.Date;
        await world.PublishAsync("undated.md", "---\ntitle: T\n---\nOther text.\n");

        Assert.InRange(first, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.Equal(first, (await world.PostAsync("undated.md"))!.Date);
    }

    [Fact]
    public async Task A_draft_that_takes_the_slug_of_another_post_leads_nobody_there()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("other.md", PublishingWorld.Text("Other", "slug: theirs"));
        await world.PublishAsync("moving.md", PublishingWorld.Text("Moving", "slug: mine"));

        var report = await world.PublishAsync("moving.md", PublishingWorld.Text("Moving", "slug: theirs\ndraft: true"));

        Assert.Equal(UploadOutcome.Draft, report.Outcome);
        Assert.Equal("410", await world.StatusAsync("/posts/mine"));
        Assert.Contains("Other", await world.Blog.ReadAsync("/posts/theirs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_was_left_can_be_taken_and_its_first_post_does_not_get_it_back()
    {
        await using var world = await PublishingWorld.StartAsync();
        await world.PublishAsync("a.md", PublishingWorld.Text("A", "slug: first"));
        await world.PublishAsync("a.md", PublishingWorld.Text("A", "slug: second"));
        Assert.Equal("301 /posts/second", await world.StatusAsync("/posts/first"));

        await world.PublishAsync("b.md", PublishingWorld.Text("B", "slug: first"));
        var back = await world.PublishAsync("a.md", PublishingWorld.Text("A", "slug: first"));

        Assert.Contains("/posts/first belongs to b.md", back.Lines[0], StringComparison.Ordinal);
        Assert.Equal("The last good version stays at http://blog.test/posts/second", back.Lines[1]);
        Assert.Equal("200", await world.StatusAsync("/posts/first"));
        Assert.Equal("200", await world.StatusAsync("/posts/second"));
    }
}
