using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Publishing;

[Trait("Category", "Slow")]
public sealed class PublishTests
{
    [Fact]
    public async Task Five_deliveries_two_at_a_time_result_in_one_post_and_one_report()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var version = await fixture.PutAsync("five.md", PublishingFixture.Text("Five times"));

        await Parallel.ForEachAsync(
            Enumerable.Range(0, 5),
            new ParallelOptions { MaxDegreeOfParallelism = 2 },
            async (_, _) => await fixture.DeliverAsync("five.md")
        );

        var listed = Assert.Single(await fixture.ListAsync());
        Assert.Equal(PostId.FromBlobName("five.md"), listed.Id);
        Assert.Equal(AddressKind.Post, (await fixture.AddressAsync("five"))?.Kind);
        var report = await fixture.ReportAsync("five.md");
        Assert.Equal((version, UploadOutcome.Published), (report.SourceVersion, report.Outcome));
        Assert.Equal("200", await fixture.StatusAsync("/posts/five"));
    }

    [Fact]
    public async Task A_late_message_about_an_older_version_publishes_the_newest_one()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PutAsync("late.md", PublishingFixture.Text("First"));
        await fixture.PublishAsync("late.md", PublishingFixture.Text("Second"));

        await fixture.DeliverAsync("late.md");

        Assert.Contains("Second", await fixture.Blog.ReadAsync("/posts/late"), StringComparison.Ordinal);
        Assert.Equal("Second", Assert.Single(await fixture.ListAsync()).Title);
    }

    [Fact]
    public async Task A_message_about_a_file_that_was_deleted_meanwhile_publishes_nothing()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PutAsync("brief.md", PublishingFixture.Text("Brief"));
        await fixture.DeleteFileAsync("brief.md");

        await fixture.DeliverAsync("brief.md");

        Assert.Empty(await fixture.ListAsync());
        Assert.Equal("404", await fixture.StatusAsync("/posts/brief"));
        var report = await fixture.ReportAsync("brief.md");
        Assert.Equal((UploadReport.NoSource, UploadOutcome.Withdrawn), (report.SourceVersion, report.Outcome));
    }

    [Fact]
    public async Task Of_two_files_with_one_slug_published_concurrently_one_wins_and_the_report_of_the_other_names_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await using var otherInstance = await PublishingFixture.StartAsync(connection: fixture.Blog.Connection);
        for (var round = 0; round < 10; round++)
        {
            var (slug, one, two) = ($"same-{round}", $"one-{round}.md", $"two-{round}.md");
            await fixture.PutAsync(one, PublishingFixture.Text("One", $"slug: {slug}"));
            await fixture.PutAsync(two, PublishingFixture.Text("Two", $"slug: {slug}"));

            await Task.WhenAll(
                fixture.DeliverAsync(one),
                otherInstance.DeliverAsync(two),
                fixture.DeliverAsync(two),
                otherInstance.DeliverAsync(one)
            );

            var winner = Assert.Single(await fixture.ListAsync(), post => post.Path.Link == $"/posts/{slug}");
            var (won, lost) = winner.Id == PostId.FromBlobName(one) ? (one, two) : (two, one);
            Assert.Equal(winner.Id, (await fixture.AddressAsync(slug))?.Post);
            Assert.Equal(UploadOutcome.Published, (await fixture.ReportAsync(won)).Outcome);
            Assert.Equal(UploadOutcome.Refused, (await fixture.ReportAsync(lost)).Outcome);
            Assert.Contains(
                $"/posts/{slug} belongs to {won}",
                (await fixture.ReportAsync(lost)).Lines[0],
                StringComparison.Ordinal
            );
            Assert.Null(await fixture.PostAsync(lost));
        }
    }

    [Fact]
    public async Task After_random_concurrent_changes_rows_lists_and_addresses_agree_with_the_files()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await using var otherInstance = await PublishingFixture.StartAsync(connection: fixture.Blog.Connection);
        string[] names = ["racer-1.md", "racer-2.md", "racer-3.md"];
        string[] slugs = ["red", "green", "blue"];
        var random = new Random(20260522);
        var deliveries = new List<Task>();
        using var slots = new SemaphoreSlim(8);
        async Task DeliverAsync(PublishingFixture to, string name)
        {
            await slots.WaitAsync();
            try
            {
                await to.DeliverAsync(name);
            }
            finally
            {
                slots.Release();
            }
        }

        for (var round = 0; round < 60; round++)
        {
            var name = names[random.Next(names.Length)];
            await (
                random.Next(10) switch
                {
                    < 3 => fixture.DeleteFileAsync(name),
                    3 => fixture.PutAsync(name, "no front matter"),
                    4 => fixture.PutAsync(
                        name,
                        PublishingFixture.Text(
                            $"Draft {round}",
                            $"draft: true\nslug: {slugs[random.Next(slugs.Length)]}"
                        )
                    ),
                    _ => fixture.PutAsync(
                        name,
                        PublishingFixture.Text(
                            $"Round {round}",
                            $"slug: {slugs[random.Next(slugs.Length)]}\n"
                                + $"aliases: [/posts/{slugs[random.Next(slugs.Length)]}, /old/{random.Next(3)}]\n"
                                + $"tags: [t{random.Next(3)}]"
                        )
                    ),
                }
            );
            deliveries.Add(DeliverAsync(fixture, name));
            deliveries.Add(DeliverAsync(otherInstance, name));
        }

        await Task.WhenAll(deliveries);

        var published = new List<Post>();
        foreach (var name in names)
        {
            var (post, report) = (await fixture.PostAsync(name), await fixture.ReportAsync(name));
            var isPublic = post is { State: PostState.Published };
            Assert.True(isPublic || report.Outcome != UploadOutcome.Published, report.ToText());
            Assert.True(
                !isPublic || report.Outcome is UploadOutcome.Published or UploadOutcome.Refused,
                report.ToText()
            );
            if (isPublic)
            {
                published.Add(post!);
                Assert.Equal(
                    (AddressKind.Post, post!.Id),
                    ((await fixture.AddressAsync(post.Path))!.Kind, (await fixture.AddressAsync(post.Path))!.Post)
                );
                foreach (var alias in post.Aliases)
                {
                    Assert.Equal(
                        new Address(AddressKind.Moved, post.Id, "", post.Path),
                        (await fixture.AddressAsync(alias))! with
                        {
                            RevisionText = "",
                        }
                    );
                }
            }
        }

        var listed = await fixture.ListAsync();
        Assert.Equal(
            published.Select(post => (post.Id, post.Metadata.Title)).Order(),
            listed.Select(post => (post.Id, post.Title)).Order()
        );
        Assert.Equal(
            published.SelectMany(post => post.Metadata.Tags).Order(StringComparer.Ordinal),
            (await fixture.Lists.CountTagsAsync(CancellationToken.None))
                .SelectMany(tag => Enumerable.Repeat(tag.Tag.Key, tag.Count))
                .Order(StringComparer.Ordinal)
        );
        foreach (var slug in slugs.Where(slug => published.TrueForAll(post => post.Metadata.Slug.ToString() != slug)))
        {
            Assert.NotEqual(AddressKind.Post, (await fixture.AddressAsync(slug))?.Kind);
        }
    }

    [Fact]
    public async Task A_scheduled_post_appears_when_its_message_comes_at_its_date()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var fixture = await PublishingFixture.StartAsync(clock);
        var report = await fixture.PublishAsync("soon.md", "---\ntitle: Soon\ndate: 2026-05-03\n---\nText.\n");
        Assert.Equal(UploadOutcome.Scheduled, report.Outcome);
        Assert.Contains(
            "2026-05-03 00:00 +00:00 at http://blog.test/posts/soon",
            report.Lines[0],
            StringComparison.Ordinal
        );

        clock.Advance(TimeSpan.FromHours(35));
        await fixture.DeliverDelayedAsync();
        Assert.Equal("404", await fixture.StatusAsync("/posts/soon"));
        Assert.DoesNotContain("Soon", await fixture.Blog.ReadAsync("/"), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromHours(1));
        await fixture.DeliverDelayedAsync();
        Assert.Equal("200", await fixture.StatusAsync("/posts/soon"));
        Assert.Contains("Soon", await fixture.Blog.ReadAsync("/"), StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Published, (await fixture.ReportAsync("soon.md")).Outcome);
    }

    [Fact]
    public async Task A_scheduled_post_keeps_its_address_and_appears_despite_a_later_refused_version()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero));
        await using var fixture = await PublishingFixture.StartAsync(clock);
        await fixture.PublishAsync("mine.md", "---\ntitle: Mine\ndate: 2026-05-03\nslug: wanted\n---\nText.\n");

        var late = await fixture.PublishAsync("yours.md", PublishingFixture.Text("Yours", "slug: wanted"));
        var broken = await fixture.PublishAsync("mine.md", "---\ndate: 2026-05-03\n---\nNo title.\n");
        clock.Advance(TimeSpan.FromDays(2));
        await fixture.DeliverDelayedAsync();

        Assert.Contains("belongs to mine.md", late.Lines[0], StringComparison.Ordinal);
        Assert.Contains(
            "The last good version stays: Readers will see it from 2026-05-03",
            broken.Lines[1],
            StringComparison.Ordinal
        );
        Assert.Contains("Mine", await fixture.Blog.ReadAsync("/posts/wanted"), StringComparison.Ordinal);
        Assert.Equal(UploadOutcome.Refused, (await fixture.ReportAsync("mine.md")).Outcome);
        Assert.Contains(
            "The last good version stays at http://blog.test/posts/wanted",
            (await fixture.ReportAsync("mine.md")).Lines
        );
    }

    [Fact]
    public async Task A_post_without_a_date_gets_the_date_of_its_publication_and_keeps_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("undated.md", "---\ntitle: T\ndate: 2199-01-01\n---\nText.\n");

        await fixture.PublishAsync("undated.md", "---\ntitle: T\n---\nText.\n");
        var first = (await fixture.PostAsync("undated.md"))!.Date;
        await fixture.PublishAsync("undated.md", "---\ntitle: T\n---\nOther text.\n");

        Assert.InRange(first, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.Equal(first, (await fixture.PostAsync("undated.md"))!.Date);
    }

    [Fact]
    public async Task A_draft_with_the_slug_of_another_post_does_not_redirect_to_it()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("other.md", PublishingFixture.Text("Other", "slug: theirs"));
        await fixture.PublishAsync("moving.md", PublishingFixture.Text("Moving", "slug: mine"));

        var report = await fixture.PublishAsync(
            "moving.md",
            PublishingFixture.Text("Moving", "slug: theirs\ndraft: true")
        );

        Assert.Equal(UploadOutcome.Draft, report.Outcome);
        Assert.Equal("410", await fixture.StatusAsync("/posts/mine"));
        Assert.Contains("Other", await fixture.Blog.ReadAsync("/posts/theirs"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_former_address_can_be_claimed_by_another_post_for_good()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync("a.md", PublishingFixture.Text("A", "slug: first"));
        await fixture.PublishAsync("a.md", PublishingFixture.Text("A", "slug: second"));
        Assert.Equal("301 /posts/second", await fixture.StatusAsync("/posts/first"));

        await fixture.PublishAsync("b.md", PublishingFixture.Text("B", "slug: first"));
        var back = await fixture.PublishAsync("a.md", PublishingFixture.Text("A", "slug: first"));

        Assert.Contains("/posts/first belongs to b.md", back.Lines[0], StringComparison.Ordinal);
        Assert.Equal("The last good version stays at http://blog.test/posts/second", back.Lines[1]);
        Assert.Equal("200", await fixture.StatusAsync("/posts/first"));
        Assert.Equal("200", await fixture.StatusAsync("/posts/second"));
    }
}
