using ServerlessBlog.Posts;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Posts.Publishing;

namespace ServerlessBlog.Tests.Posts.Storage;

public sealed class RelatedPostsTests
{
    private static readonly Post Own = ContentBuilder.BuildPost("own") with
    {
        Metadata = ContentBuilder.BuildPost("own").Metadata with { Tags = ["rare", "common"], Series = "Trip" },
    };

    [Fact]
    public async Task Neighbours_series_and_related_posts_are_found_among_many_newer_posts()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        await SaveAsync(fixture, Own);
        await SaveAsync(fixture, CreatePost("related", -100, "RARE"));
        await SaveAsync(fixture, CreatePost("before", -1, "other"));
        await SaveAsync(fixture, CreatePost("after", 1, "other"));
        await SaveAsync(fixture, CreatePost("part", 50, "other", series: "trip"));
        await Parallel.ForEachAsync(Enumerable.Range(100, 40), async (day, _) =>
            await SaveAsync(fixture, CreatePost($"newer-{day}", day, "other"))
        );

        var found = await RelatedPosts.ReadAsync(fixture.Lists, Own, CancellationToken.None);

        Assert.Equal(("before", "after"), (found.Older?.Title, found.Newer?.Title));
        Assert.Equal(["Title of own", "part"], found.Series.Select(post => post.Title));
        Assert.Equal(["related"], found.Related.Select(post => post.Title));
    }

    [Fact]
    public async Task A_single_post_and_a_static_page_have_no_related_posts()
    {
        await using var fixture = await PublishingFixture.StartAsync();
        var alone = await RelatedPosts.ReadAsync(fixture.Lists, Own, CancellationToken.None);
        await SaveAsync(fixture, Own);

        var page = await RelatedPosts.ReadAsync(
            fixture.Lists,
            Own with
            {
                Metadata = Own.Metadata with { IsPage = true },
            },
            CancellationToken.None
        );

        Assert.Equal((null, null, 0, 0), (alone.Older, alone.Newer, alone.Series.Count, alone.Related.Count));
        Assert.Equal(RelatedPosts.None, page);
    }

    private static Post CreatePost(string name, int day, string tag, string? series = null)
    {
        var post = ContentBuilder.BuildPost(name);
        return post with
        {
            Date = Own.Date.AddDays(day),
            Metadata = post.Metadata with { Title = name, Tags = [tag], Series = series },
        };
    }

    private static Task<string?> SaveAsync(PublishingFixture fixture, Post post) =>
        fixture.Blog.Get<PostTable>().SaveAsync(read: null, post, CancellationToken.None);
}
