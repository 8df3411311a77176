using System.Globalization;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>
/// The function is killed at its first storage call, then at its second, and so on; afterwards the message is delivered
/// again.
/// </summary>
[Trait("Category", "Slow")]
public sealed class PublishCrashTests
{
    [Fact]
    public Task A_first_publication_that_is_killed_at_any_call_is_completed_by_the_next_delivery() =>
        KillAtEveryCallAsync(
            before: null,
            after: (slug, date) => PostInEveryList("New", slug, slug, date),
            async (fixture, slug) =>
            {
                Assert.Contains(
                    $"New body of {slug}.",
                    await fixture.Blog.ReadAsync($"/posts/{slug}"),
                    StringComparison.Ordinal
                );
                await AssertListedAsync(fixture, slug, "New", $"/posts/{slug}");
                await fixture.Blog.ReadUntilAsync("/", page =>
                    page.Contains($"New of {slug}", StringComparison.Ordinal)
                ); // the home page changes often here, so the first read may still be the previous version
            }
        );

    [Fact]
    public Task A_change_that_is_killed_at_any_call_is_completed_by_the_next_delivery() =>
        KillAtEveryCallAsync(
            before: (slug, date) => PostInEveryList("Old", slug, slug, date),
            after: (slug, date) => PostInEveryList("New", slug, $"{slug}-new", date),
            async (fixture, slug) =>
            {
                Assert.Equal($"301 /posts/{slug}-new", await fixture.StatusAsync($"/posts/{slug}"));
                Assert.Equal($"301 /posts/{slug}-new", await fixture.StatusAsync($"/old/{slug}"));
                Assert.Contains(
                    $"New body of {slug}.",
                    await fixture.Blog.ReadAsync($"/posts/{slug}-new"),
                    StringComparison.Ordinal
                );
                await AssertListedAsync(fixture, slug, "New", $"/posts/{slug}-new");
                Assert.Empty(
                    await fixture.Lists.ReadBySeriesAsync($"Old series of {slug}", 10, CancellationToken.None)
                );
                var home = await fixture.Blog.ReadUntilAsync("/", page =>
                    page.Contains($"/posts/{slug}-new\">New of {slug}</a>", StringComparison.Ordinal)
                ); // the home page changes often here, so the first read may still be the previous version
                Assert.DoesNotContain($"Old of {slug}<", home, StringComparison.Ordinal);
            }
        );

    [Fact]
    public Task A_deletion_that_is_killed_at_any_call_is_completed_by_the_next_delivery() =>
        KillAtEveryCallAsync(
            before: (slug, date) => PostInEveryList("Old", slug, slug, date),
            after: null,
            async (fixture, slug) =>
            {
                foreach (var path in new[] { $"/posts/{slug}", $"/old/{slug}", $"/kept/{slug}" })
                {
                    Assert.Equal($"{path} 410", $"{path} {await fixture.StatusAsync(path)}");
                }

                Assert.Empty(await fixture.ListAsync());
                Assert.Empty(await fixture.Lists.CountTagsAsync(CancellationToken.None));
                Assert.Empty(await fixture.Lists.ReadPinnedAsync(10, CancellationToken.None));
                Assert.Empty(
                    await fixture.Lists.ReadBySeriesAsync($"Old series of {slug}", 10, CancellationToken.None)
                );
                await fixture.Blog.ReadUntilAsync("/", page =>
                    !page.Contains($"Old of {slug}<", StringComparison.Ordinal)
                );
            }
        );

    [Fact]
    public Task A_refused_upload_that_is_killed_at_any_call_leaves_the_last_good_version() =>
        KillAtEveryCallAsync(
            before: (slug, date) => $"---\ntitle: Old of {slug}\ndate: {date}\n---\nOld body of {slug}.\n",
            after: (slug, date) => $"---\ndate: {date}\n---\nBroken.\n",
            async (fixture, slug) =>
                Assert.Contains(
                    $"Old body of {slug}.",
                    await fixture.Blog.ReadAsync($"/posts/{slug}"),
                    StringComparison.Ordinal
                )
        );

    [Fact]
    public async Task A_version_whose_publishing_was_killed_still_appears_after_a_refused_one()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        for (var call = 1; ; call += TestDepth.Step)
        {
            var name = $"good-{call}.md";
            await fixture.PutAsync(name, PublishingFixture.Text("Good"));
            var wasKilled = await DeliverAndKillAsync(fixture, name, call);
            await fixture.PutAsync(name, "broken");

            await fixture.DeliverAsync(name);

            Assert.Equal(UploadOutcome.Refused, (await fixture.ReportAsync(name)).Outcome);
            Assert.Equal(
                await fixture.PostAsync(name) is null ? "404" : "200",
                await fixture.StatusAsync($"/posts/good-{call}")
            );
            if (!wasKilled)
            {
                return;
            }
        }
    }

    /// <summary>A post that is in every list, with one alias that depends on the kind and one that does not.</summary>
    private static string PostInEveryList(string kind, string name, string slug, string date) =>
        $"""
            ---
            title: {kind} of {name}
            date: {date}
            slug: {slug}
            aliases: [/{kind}/{name}, /kept/{name}]
            tags: [{kind} tag of {name}, kept tag of {name}]
            series: {kind} series of {name}
            pinned: true
            ---
            {kind} body of {name}.
            """;

    private static async Task AssertListedAsync(PublishingFixture fixture, string name, string kind, string path)
    {
        var id = PostId.FromBlobName($"{name}.md");
        foreach (var old in new[] { $"/{kind}/{name}", $"/kept/{name}" })
        {
            Assert.Equal($"301 {path}", await fixture.StatusAsync(old));
        }

        Assert.Equal(path, Assert.Single(await fixture.ListAsync(), post => post.Id == id).Path.Text);
        Assert.Equal(
            path,
            Assert
                .Single(await fixture.Lists.ReadPinnedAsync(1000, CancellationToken.None), post => post.Id == id)
                .Path.Text
        );
        Assert.Equal(
            path,
            Assert
                .Single(await fixture.Lists.ReadBySeriesAsync($"{kind} series of {name}", 10, CancellationToken.None))
                .Path.Text
        );
        Assert.Equal(
            new[] { Tag.Parse($"{kind} tag of {name}"), Tag.Parse($"kept tag of {name}") }.ToHashSet(),
            (await fixture.Lists.CountTagsAsync(CancellationToken.None))
                .Select(tag => tag.Tag)
                .Where(tag => tag.Key.EndsWith($" {name}", StringComparison.Ordinal))
                .ToHashSet()
        );
    }

    private static async Task KillAtEveryCallAsync(
        Func<string, string, string>? before,
        Func<string, string, string>? after,
        Func<PublishingFixture, string, Task> assertAsync
    )
    {
        await using var fixture = await PublishingFixture.StartAsync();
        for (var call = 1; ; call += TestDepth.Step)
        {
            Assert.InRange(call, 1, 100);
            var (slug, date) = (
                $"dies-{call}",
                new DateOnly(2020, 1, 1).AddDays(call).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            );
            var name = $"{slug}.md";
            if (before is not null)
            {
                await fixture.PublishAsync(name, before(slug, date));
                await fixture.Blog.ReadAsync($"/posts/{slug}");
                await fixture.Blog.ReadAsync("/");
            }

            var version = after is null ? UploadReport.NoSource : await fixture.PutAsync(name, after(slug, date));
            if (after is null)
            {
                await fixture.DeleteFileAsync(name);
            }

            var wasKilled = await DeliverAndKillAsync(fixture, name, call);
            Assert.DoesNotContain("50", await fixture.StatusAsync($"/posts/{slug}"), StringComparison.Ordinal);
            await fixture.DeliverAsync(name);

            await assertAsync(fixture, slug);
            Assert.Equal(version, (await fixture.ReportAsync(name)).SourceVersion);
            if (!wasKilled)
            {
                Assert.True(call > 4, "Nothing was made to die.");
                return;
            }
        }
    }

    /// <summary>
    /// Delivers the message. The storage call with this number and all later ones throw. Returns false when the
    /// delivery needed fewer calls.
    /// </summary>
    private static async Task<bool> DeliverAndKillAsync(PublishingFixture fixture, string name, int call)
    {
        var made = 0;
        StorageCalls calls = fixture.Blog.Calls;

        // An exception instead of true (a simulated error response), so that the SDK does not retry.
        calls.ShouldFail = path =>
            !path.Contains("/messages", StringComparison.Ordinal) && Interlocked.Increment(ref made) >= call
                ? throw new InvalidOperationException("The function dies, as the test wants it.")
                : false;
        try
        {
            await fixture.DeliverAsync(name);
            return made >= call;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
        finally
        {
            calls.ShouldFail = _ => false;
        }
    }
}
