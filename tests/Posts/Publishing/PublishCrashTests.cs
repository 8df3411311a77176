using System.Globalization;
using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Publishing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Posts.Publishing;

/// <summary>The function dies at its first call to storage, at its second, and so on; then the message comes again.</summary>
public sealed class PublishCrashTests
{
    [Fact]
    public Task A_first_publish_that_dies_anywhere_is_finished_by_the_next_delivery() =>
        DieEverywhereAsync(
            before: null,
            after: (slug, date) => Everywhere("New", slug, slug, date),
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
                ); // changed so often, it is not waited for
            }
        );

    [Fact]
    public Task A_change_of_text_and_all_places_that_dies_anywhere_is_finished_by_the_next_delivery() =>
        DieEverywhereAsync(
            before: (slug, date) => Everywhere("Old", slug, slug, date),
            after: (slug, date) => Everywhere("New", slug, $"{slug}-new", date),
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
                Assert.Empty(await fixture.Lists.OfSeriesAsync($"Old series of {slug}", 10, CancellationToken.None));
                var home = await fixture.Blog.ReadUntilAsync("/", page =>
                    page.Contains($"/posts/{slug}-new\">New of {slug}</a>", StringComparison.Ordinal)
                ); // changed so often, it is not waited for
                Assert.DoesNotContain($"Old of {slug}<", home, StringComparison.Ordinal);
            }
        );

    [Fact]
    public Task A_deletion_that_dies_anywhere_is_finished_by_the_next_delivery() =>
        DieEverywhereAsync(
            before: (slug, date) => Everywhere("Old", slug, slug, date),
            after: null,
            async (fixture, slug) =>
            {
                foreach (var path in new[] { $"/posts/{slug}", $"/old/{slug}", $"/kept/{slug}" })
                {
                    Assert.Equal($"{path} 410", $"{path} {await fixture.StatusAsync(path)}");
                }

                Assert.Empty(await fixture.ListAsync());
                Assert.Empty(await fixture.Lists.TagsAsync(CancellationToken.None));
                Assert.Empty(await fixture.Lists.PinnedAsync(10, CancellationToken.None));
                Assert.Empty(await fixture.Lists.OfSeriesAsync($"Old series of {slug}", 10, CancellationToken.None));
                await fixture.Blog.ReadUntilAsync("/", page =>
                    !page.Contains($"Old of {slug}<", StringComparison.Ordinal)
                );
            }
        );

    [Fact]
    public Task A_broken_upload_that_dies_anywhere_leaves_the_last_good_version() =>
        DieEverywhereAsync(
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
    public async Task A_good_version_whose_publishing_died_still_appears_when_a_broken_one_has_come_since()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        for (var call = 1; ; call++)
        {
            var name = $"good-{call}.md";
            await fixture.PutAsync(name, PublishingFixture.Text("Good"));
            var died = await DiesAsync(fixture, name, call);
            await fixture.PutAsync(name, "broken");

            await fixture.DeliverAsync(name);

            Assert.Equal(UploadOutcome.Refused, (await fixture.ReportAsync(name)).Outcome);
            Assert.Equal(
                await fixture.PostAsync(name) is null ? "404" : "200",
                await fixture.StatusAsync($"/posts/good-{call}")
            );
            if (!died)
            {
                return;
            }
        }
    }

    /// <summary>A post that stands in every list, with an old address of its kind and one of both kinds.</summary>
    private static string Everywhere(string kind, string name, string slug, string date) =>
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
        var id = PostId.OfFile($"{name}.md");
        foreach (var old in new[] { $"/{kind}/{name}", $"/kept/{name}" })
        {
            Assert.Equal($"301 {path}", await fixture.StatusAsync(old));
        }

        Assert.Equal(path, Assert.Single(await fixture.ListAsync(), post => post.Id == id).Path.Text);
        Assert.Equal(
            path,
            Assert
                .Single(await fixture.Lists.PinnedAsync(1000, CancellationToken.None), post => post.Id == id)
                .Path.Text
        );
        Assert.Equal(
            path,
            Assert
                .Single(await fixture.Lists.OfSeriesAsync($"{kind} series of {name}", 10, CancellationToken.None))
                .Path.Text
        );
        Assert.Equal(
            new[] { Tag.Parse($"{kind} tag of {name}"), Tag.Parse($"kept tag of {name}") }.ToHashSet(),
            (await fixture.Lists.TagsAsync(CancellationToken.None))
                .Select(tag => tag.Tag)
                .Where(tag => tag.Key.EndsWith($" {name}", StringComparison.Ordinal))
                .ToHashSet()
        );
    }

    private static async Task DieEverywhereAsync(
        Func<string, string, string>? before,
        Func<string, string, string>? after,
        Func<PublishingFixture, string, Task> assertAsync
    )
    {
        await using var fixture = await PublishingFixture.StartAsync();
        for (var call = 1; ; call++)
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
                await fixture.TakeAsync(name);
            }

            var died = await DiesAsync(fixture, name, call);
            Assert.DoesNotContain("50", await fixture.StatusAsync($"/posts/{slug}"), StringComparison.Ordinal);
            await fixture.DeliverAsync(name);

            await assertAsync(fixture, slug);
            Assert.Equal(version, (await fixture.ReportAsync(name)).SourceVersion);
            if (!died)
            {
                Assert.True(call > 4, "Nothing was made to die.");
                return;
            }
        }
    }

    /// <summary>Delivers; the call with this number, and all after it, find no storage. False when the delivery needed fewer calls.</summary>
    private static async Task<bool> DiesAsync(PublishingFixture fixture, string name, int call)
    {
        var made = 0;
        StorageCalls calls = fixture.Blog.Calls;

        // Thrown, not answered with true, so that the SDK does not try again.
        calls.Fail = path =>
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
            calls.Fail = _ => false;
        }
    }
}
