using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Storage;

public sealed class PostListsTests
{
    private static readonly DateTimeOffset First = new(2025, 12, 31, 23, 30, 0, TimeSpan.Zero);

    [Fact]
    public async Task Posts_are_listed_newest_first_by_the_page_and_by_spans_of_time()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 25, (number, post) => post with { Date = First.AddHours(number) });

        Assert.Equal(Numbers(24, 15), Slugs(await fixture.Lists.NewestAsync(0, 10, default)));
        Assert.Equal(Numbers(4, 0), Slugs(await fixture.Lists.NewestAsync(20, 10, default)));
        Assert.Empty(await fixture.Lists.NewestAsync(25, 10, default));
        Assert.Equal(
            Numbers(9, 5),
            Slugs(await fixture.Lists.BetweenAsync(First.AddHours(5), First.AddHours(10), 0, 100, default))
        );
        Assert.Equal(
            Numbers(7, 6),
            Slugs(await fixture.Lists.BetweenAsync(First.AddHours(5), First.AddHours(10), 2, 2, default))
        );
        Assert.Empty(
            await fixture.Lists.BetweenAsync(First.AddHours(5).AddTicks(1), First.AddHours(6), 0, 100, default)
        );
        Assert.Equal(
            Numbers(2, 0),
            Slugs(await fixture.Lists.BetweenAsync(DateTimeOffset.MinValue, First.AddHours(3), 0, 100, default))
        );
        Assert.Equal(
            Numbers(24, 22),
            Slugs(await fixture.Lists.BetweenAsync(First.AddHours(22), DateTimeOffset.MaxValue, 0, 100, default))
        );
        Assert.Equal(
            Numbers(5, 5),
            Slugs(await fixture.Lists.BetweenAsync(First.AddHours(5), First.AddHours(5).AddTicks(1), 0, 100, default))
        );
    }

    [Fact]
    public async Task Months_are_counted_by_the_blogs_own_calendar_newest_first()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 3, (number, post) => post with { Date = First.AddDays(number * 20) });

        var utc = await fixture.Lists.MonthsAsync(TimeZoneInfo.Utc, default);
        var berlin = await fixture.Lists.MonthsAsync(TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), default);

        Assert.Equal(
            [(new DateOnly(2026, 2, 1), 1), (new DateOnly(2026, 1, 1), 1), (new DateOnly(2025, 12, 1), 1)],
            utc
        );
        Assert.Equal([(new DateOnly(2026, 2, 1), 1), (new DateOnly(2026, 1, 1), 2)], berlin);
    }

    [Fact]
    public async Task A_tag_lists_its_posts_newest_first_however_they_spell_it_and_no_others()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        string[] tags = ["C#", "c#", "c", "C# ", "c#-more", "日本"];
        await AddAsync(fixture, tags.Length, (number, post) =>
            post with
            {
                Date = First.AddHours(number),
                Head = post.Head with { Tags = [tags[number], "all"] },
            }
        );

        Assert.Equal(["p-03", "p-01", "p-00"], Slugs(await fixture.Lists.OfTagAsync(Tag.Parse("c#"), 0, 10, default)));
        Assert.Equal(["p-01"], Slugs(await fixture.Lists.OfTagAsync(Tag.Parse("C#"), 1, 1, default)));
        Assert.Equal(["p-05"], Slugs(await fixture.Lists.OfTagAsync(Tag.Parse("日本"), 0, 10, default)));
        Assert.Empty(await fixture.Lists.OfTagAsync(Tag.Parse("al"), 0, 10, default));
        Assert.Equal(
            ["all 6", "c 1", "c# 3", "c#-more 1", "日本 1"],
            (await fixture.Lists.TagsAsync(default))
                .OrderBy(tag => tag.Tag.Key, StringComparer.Ordinal)
                .Select(tag => $"{tag.Tag.Key} {tag.Count}")
        );
    }

    [Fact]
    public async Task A_series_lists_its_parts_oldest_first_and_the_pinned_come_newest_first()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 6, (number, post) => post with { Date = First.AddHours(number), Head = post.Head with
                {
                    Series =
                        number % 2 == 0 ? "Travels"
                        : number == 1 ? "Travels: more"
                        : "travels",
                    Pinned = number > 3,
                } });

        Assert.Equal(
            ["p-00", "p-02", "p-03", "p-04", "p-05"],
            Slugs(await fixture.Lists.OfSeriesAsync("Travels", 10, default))
        );
        Assert.Equal(["p-00", "p-02"], Slugs(await fixture.Lists.OfSeriesAsync("TRAVELS", 2, default)));
        Assert.Equal(["p-01"], Slugs(await fixture.Lists.OfSeriesAsync("Travels: more", 10, default)));
        Assert.Equal(["p-05", "p-04"], Slugs(await fixture.Lists.PinnedAsync(10, default)));
        Assert.Equal(["p-05"], Slugs(await fixture.Lists.PinnedAsync(1, default)));
    }

    [Fact]
    public async Task From_post_to_older_post_one_comes_by_every_post_once_and_back_the_same_way_whatever_their_dates()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 12, (number, post) => post with { Date = First.AddDays(number / 4) }); // four on each day

        var listed = await fixture.ListAsync();
        for (var place = 0; place < listed.Count; place++)
        {
            var (older, newer) = await fixture.Lists.NeighboursAsync(
                (await fixture.PostAsync(listed[place].Source))!,
                default
            );

            Assert.Equal(listed.ElementAtOrDefault(place + 1)?.Id, older?.Id);
            Assert.Equal(place == 0 ? null : listed[place - 1].Id, newer?.Id);
        }
    }

    [Fact]
    public async Task Parts_of_a_series_with_one_date_come_in_the_order_that_leads_from_one_to_the_newer()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await AddAsync(fixture, 8, (_, post) => post with { Date = First, Head = post.Head with { Series = "S" } });

        var series = await fixture.Lists.OfSeriesAsync("S", 10, default);

        Assert.Equal(Slugs(await fixture.ListAsync()).Reverse(), Slugs(series));
    }

    [Theory]
    [InlineData("tags: [second]\nseries: Second", "second", "Second", 1)]
    [InlineData("date: 2020-01-01\ntags: [first]\nseries: First\npinned: true", "first", "First", 1)]
    [InlineData("draft: true\ntags: [first]\nseries: First\npinned: true", null, null, 0)]
    [InlineData("expiryDate: 2026-02-01\ntags: [first]\nseries: First\npinned: true", null, null, 0)]
    [InlineData("date: 2199-01-01\ntags: [first]\nseries: First\npinned: true", null, null, 0)]
    [InlineData(null, null, null, 0)]
    public async Task What_a_post_no_longer_is_it_is_in_no_list_for(
        string? fields,
        string? tag,
        string? series,
        int places
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
                $"---\ntitle: After\n{(fields.StartsWith("date:", StringComparison.Ordinal) ? "" : "date: 2026-01-02\n")}{fields}\n---\n"
            );
        }

        Assert.Equal(places, (await fixture.ListAsync()).Count(post => post.Title == "After"));
        Assert.Equal(places, (await fixture.ListAsync()).Count);
        Assert.Equal(tag is null ? [] : [tag], (await fixture.Lists.TagsAsync(default)).Select(found => found.Tag.Key));
        foreach (var name in new[] { "First", "Second" })
        {
            Assert.Equal(name == series ? 1 : 0, (await fixture.Lists.OfSeriesAsync(name, 10, default)).Count);
        }

        Assert.Equal(
            fields?.Contains("date: 2020", StringComparison.Ordinal) is true ? 1 : 0,
            (await fixture.Lists.PinnedAsync(10, default)).Count
        );
        Assert.Equal(places, (await fixture.Lists.MonthsAsync(TimeZoneInfo.Utc, default)).Sum(month => month.Count));
    }

    private static Task AddAsync(PublishingFixture fixture, int count, Func<int, Post, Post> change) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), async (number, stop) =>
            await fixture
                .Blog.Get<PostTable>()
                .SaveAsync(read: null, change(number, ContentBuilder.PostOf(Name(number))), stop)
        );

    private static string Name(int number) => $"p-{number:D2}";

    private static IEnumerable<string> Numbers(int from, int downTo) =>
        Enumerable.Range(downTo, from - downTo + 1).Reverse().Select(Name);

    private static IEnumerable<string> Slugs(IEnumerable<ListedPost> posts) =>
        posts.Select(post => post.Path.Text["/posts/".Length..]);
}
