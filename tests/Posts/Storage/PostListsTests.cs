using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Storage;

public sealed class PostListsTests
{
    private static readonly DateTimeOffset FirstDate = new(2025, 12, 31, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Posts_are_listed_newest_first_by_page_and_by_period()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 25, (number, post) => post with { Date = FirstDate.AddHours(number) });

        Assert.Equal(SlugRange(24, 15), Slugs(await fixture.Lists.ReadNewestAsync(0, 10, default)));
        Assert.Equal(SlugRange(4, 0), Slugs(await fixture.Lists.ReadNewestAsync(20, 10, default)));
        Assert.Empty(await fixture.Lists.ReadNewestAsync(25, 10, default));
        Assert.Equal(
            SlugRange(9, 5),
            Slugs(await fixture.Lists.ReadPeriodAsync(FirstDate.AddHours(5), FirstDate.AddHours(10), 0, 100, default))
        );
        Assert.Equal(
            SlugRange(7, 6),
            Slugs(await fixture.Lists.ReadPeriodAsync(FirstDate.AddHours(5), FirstDate.AddHours(10), 2, 2, default))
        );
        Assert.Empty(
            await fixture.Lists.ReadPeriodAsync(
                FirstDate.AddHours(5).AddTicks(1),
                FirstDate.AddHours(6),
                0,
                100,
                default
            )
        );
        Assert.Equal(
            SlugRange(2, 0),
            Slugs(await fixture.Lists.ReadPeriodAsync(DateTimeOffset.MinValue, FirstDate.AddHours(3), 0, 100, default))
        );
        Assert.Equal(
            SlugRange(24, 22),
            Slugs(await fixture.Lists.ReadPeriodAsync(FirstDate.AddHours(22), DateTimeOffset.MaxValue, 0, 100, default))
        );
        Assert.Equal(
            SlugRange(5, 5),
            Slugs(
                await fixture.Lists.ReadPeriodAsync(
                    FirstDate.AddHours(5),
                    FirstDate.AddHours(5).AddTicks(1),
                    0,
                    100,
                    default
                )
            )
        );
    }

    [Fact]
    public async Task Months_are_counted_in_the_blogs_time_zone_newest_first()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 3, (number, post) => post with { Date = FirstDate.AddDays(number * 20) });

        var utc = await fixture.Lists.CountMonthsAsync(TimeZoneInfo.Utc, default);
        var berlin = await fixture.Lists.CountMonthsAsync(
            TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"),
            default
        );

        Assert.Equal(
            [(new DateOnly(2026, 2, 1), 1), (new DateOnly(2026, 1, 1), 1), (new DateOnly(2025, 12, 1), 1)],
            utc
        );
        Assert.Equal([(new DateOnly(2026, 2, 1), 1), (new DateOnly(2026, 1, 1), 2)], berlin);
    }

    [Fact]
    public async Task A_tag_lists_its_posts_newest_first_in_every_spelling_and_no_others()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        string[] tags = ["C#", "c#", "c", "C# ", "c#-more", "日本"];
        await AddAsync(fixture, tags.Length, (number, post) =>
            post with
            {
                Date = FirstDate.AddHours(number),
                Metadata = post.Metadata with { Tags = [tags[number], "all"] },
            }
        );

        Assert.Equal(
            ["p-03", "p-01", "p-00"],
            Slugs(await fixture.Lists.ReadByTagAsync(Tag.Parse("c#"), 0, 10, default))
        );
        Assert.Equal(["p-01"], Slugs(await fixture.Lists.ReadByTagAsync(Tag.Parse("C#"), 1, 1, default)));
        Assert.Equal(["p-05"], Slugs(await fixture.Lists.ReadByTagAsync(Tag.Parse("日本"), 0, 10, default)));
        Assert.Empty(await fixture.Lists.ReadByTagAsync(Tag.Parse("al"), 0, 10, default));
        Assert.Equal(
            ["all 6", "c 1", "c# 3", "c#-more 1", "日本 1"],
            (await fixture.Lists.CountTagsAsync(default))
                .OrderBy(tag => tag.Tag.Key, StringComparer.Ordinal)
                .Select(tag => $"{tag.Tag.Key} {tag.Count}")
        );
    }

    [Fact]
    public async Task A_series_lists_its_parts_oldest_first_and_pinned_posts_are_listed_newest_first()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 6, (number, post) => post with { Date = FirstDate.AddHours(number), Metadata =
                    post.Metadata with
                    {
                        Series =
                            number % 2 == 0 ? "Travels"
                            : number == 1 ? "Travels: more"
                            : "travels",
                        Pinned = number > 3,
                    } });

        Assert.Equal(
            ["p-00", "p-02", "p-03", "p-04", "p-05"],
            Slugs(await fixture.Lists.ReadBySeriesAsync("Travels", 10, default))
        );
        Assert.Equal(["p-00", "p-02"], Slugs(await fixture.Lists.ReadBySeriesAsync("TRAVELS", 2, default)));
        Assert.Equal(["p-01"], Slugs(await fixture.Lists.ReadBySeriesAsync("Travels: more", 10, default)));
        Assert.Equal(["p-05", "p-04"], Slugs(await fixture.Lists.ReadPinnedAsync(10, default)));
        Assert.Equal(["p-05"], Slugs(await fixture.Lists.ReadPinnedAsync(1, default)));
    }

    [Fact]
    public async Task Older_and_newer_links_visit_every_post_once_in_list_order_also_with_equal_dates()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 12, (number, post) => post with { Date = FirstDate.AddDays(number / 4) }); // four a day

        var listed = await fixture.ListAsync();
        for (var index = 0; index < listed.Count; index++)
        {
            var (older, newer) = await fixture.Lists.FindNeighboursAsync(
                (await fixture.PostAsync(listed[index].Source))!,
                default
            );

            Assert.Equal(listed.ElementAtOrDefault(index + 1)?.Id, older?.Id);
            Assert.Equal(index == 0 ? null : listed[index - 1].Id, newer?.Id);
        }
    }

    [Fact]
    public async Task Parts_of_a_series_with_equal_dates_are_in_the_order_of_the_newer_links()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 8, (_, post) =>
            post with
            {
                Date = FirstDate,
                Metadata = post.Metadata with { Series = "S" },
            }
        );

        var series = await fixture.Lists.ReadBySeriesAsync("S", 10, default);

        Assert.Equal(Slugs(await fixture.ListAsync()).Reverse(), Slugs(series));
    }

    [Theory]
    [InlineData("tags: [second]\nseries: Second", "second", "Second", 1)]
    [InlineData("date: 2020-01-01\ntags: [first]\nseries: First\npinned: true", "first", "First", 1)]
    [InlineData("draft: true\ntags: [first]\nseries: First\npinned: true", null, null, 0)]
    [InlineData("expiryDate: 2026-02-01\ntags: [first]\nseries: First\npinned: true", null, null, 0)]
    [InlineData("date: 2199-01-01\ntags: [first]\nseries: First\npinned: true", null, null, 0)]
    [InlineData(null, null, null, 0)]
    public async Task A_changed_post_leaves_the_lists_that_it_no_longer_belongs_to(
        string? fields,
        string? tag,
        string? series,
        int count
    )
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await fixture.PublishAsync(
            "changes.md",
            PublishingFixture.Text("Before", "tags: [first, common]\nseries: First\npinned: true")
        );

        if (fields is null)
        {
            await fixture.WithdrawAsync("changes.md");
        }
        else
        {
            await fixture.PublishAsync(
                "changes.md",
                "---\ntitle: After\n"
                    + (fields.StartsWith("date:", StringComparison.Ordinal) ? "" : "date: 2026-01-02\n")
                    + $"{fields}\n---\n"
            );
        }

        Assert.Equal(count, (await fixture.ListAsync()).Count(post => post.Title == "After"));
        Assert.Equal(count, (await fixture.ListAsync()).Count);
        Assert.Equal(
            tag is null ? [] : [tag],
            (await fixture.Lists.CountTagsAsync(default)).Select(found => found.Tag.Key)
        );
        foreach (var name in new[] { "First", "Second" })
        {
            Assert.Equal(name == series ? 1 : 0, (await fixture.Lists.ReadBySeriesAsync(name, 10, default)).Count);
        }

        Assert.Equal(
            fields?.Contains("date: 2020", StringComparison.Ordinal) is true ? 1 : 0,
            (await fixture.Lists.ReadPinnedAsync(10, default)).Count
        );
        Assert.Equal(
            count,
            (await fixture.Lists.CountMonthsAsync(TimeZoneInfo.Utc, default)).Sum(month => month.Count)
        );
    }

    private static Task AddAsync(PublishingFixture fixture, int count, Func<int, Post, Post> change) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), async (number, stop) =>
            await fixture
                .Blog.Get<PostTable>()
                .SaveAsync(read: null, change(number, ContentBuilder.BuildPost(Name(number))), stop)
        );

    private static string Name(int number) => $"p-{number:D2}";

    private static IEnumerable<string> SlugRange(int from, int downTo) =>
        Enumerable.Range(downTo, from - downTo + 1).Reverse().Select(Name);

    private static IEnumerable<string> Slugs(IEnumerable<ListedPost> posts) =>
        posts.Select(post => post.Path.Text["/posts/".Length..]);
}
