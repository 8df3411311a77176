using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Storage;

public sealed class NeighbourhoodTests
{
    private static readonly Post Own = Scene.PostOf("own") with { Head = Scene.PostOf("own").Head with { Tags = ["rare", "common"], Series = "Trip" } };

    [Fact]
    public async Task What_goes_with_a_post_is_found_however_much_was_published_since()
    {
        await using var world = await PublishingWorld.StartAsync();
        await SaveAsync(world, Own);
        await SaveAsync(world, Of("related", -100, "RARE"));
        await SaveAsync(world, Of("before", -1, "other"));
        await SaveAsync(world, Of("after", 1, "other"));
        await SaveAsync(world, Of("part", 50, "other", series: "trip"));
        await Parallel.ForEachAsync(Enumerable.Range(100, 40), async (day, _) => await SaveAsync(world, Of($"newer-{day}", day, "other")));

        var found = await Neighbourhood.ReadAsync(world.Lists, Own, CancellationToken.None);

        Assert.Equal(("before", "after"), (found.Older?.Title, found.Newer?.Title));
        Assert.Equal(["Title of own", "part"], found.Series.Select(post => post.Title));
        Assert.Equal(["related"], found.Related.Select(post => post.Title));
    }

    [Fact]
    public async Task A_post_alone_and_a_page_have_none()
    {
        await using var world = await PublishingWorld.StartAsync();
        var alone = await Neighbourhood.ReadAsync(world.Lists, Own, CancellationToken.None);
        await SaveAsync(world, Own);

        var page = await Neighbourhood.ReadAsync(world.Lists, Own with { Head = Own.Head with { IsPage = true } }, CancellationToken.None);

        Assert.Equal((null, null, 0, 0), (alone.Older, alone.Newer, alone.Series.Count, alone.Related.Count));
        Assert.Equal(Neighbourhood.None, page);
    }

    private static Post Of(string name, int day, string tag, string? series = null)
    {
        var post = Scene.PostOf(name);
        return post with { Date = Own.Date.AddDays(day), Head = post.Head with { Title = name, Tags = [tag], Series = series } };
    }

    private static Task<string?> SaveAsync(PublishingWorld world, Post post) => world.Blog.Get<PostTable>().SaveAsync(read: null, post, CancellationToken.None);
}
