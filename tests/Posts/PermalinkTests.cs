using ServerlessBlog.Posts;
using ServerlessBlog.Posts.FrontMatter;

namespace ServerlessBlog.Tests.Posts;

public sealed class PermalinkTests
{
    [Theory]
    [InlineData("/posts/{slug}", "/posts/my-post")]
    [InlineData("/{year}/{month}/{slug}", "/2026/02/my-post")]
    [InlineData("/{year}/{month}/{day}/{slug}.html", "/2026/02/03/my-post.html")]
    [InlineData("/blog/{year}-{month}-{day}-{slug}/", "/blog/2026-02-03-my-post/")]
    public void A_pattern_is_filled_with_the_slug_and_the_parts_of_the_date(string pattern, string path) =>
        Assert.Equal(
            path,
            Permalink
                .PathFor(
                    pattern,
                    new PostMetadata { Title = "My post", Slug = new Slug("my-post") },
                    new DateTimeOffset(2026, 2, 3, 23, 59, 0, TimeSpan.FromHours(-5)),
                    "my-post.md"
                )
                .Text
        );

    /// <summary>A placeholder without a value takes no segment.</summary>
    [Theory]
    [InlineData("travel/islands/trip.md", "Far away", "/travel/far-away/trip")]
    [InlineData("travel/trip/index.md", null, "/travel/trip")]
    [InlineData("trip/index.md", "Home", "/home/trip")]
    [InlineData("trip.md", null, "/trip")]
    [InlineData("_posts/2019-03-02-trip.md", null, "/trip")]
    [InlineData("travel/_posts/2019-03-02-trip.md", null, "/travel/trip")]
    public void Section_and_category_come_from_the_folder_and_the_front_matter(
        string name,
        string? category,
        string path
    ) =>
        Assert.Equal(
            path,
            Permalink
                .PathFor(
                    "/{section}/{category}/{slug}",
                    new PostMetadata
                    {
                        Title = "Trip",
                        Slug = new Slug("trip"),
                        Category = category,
                    },
                    DateTimeOffset.UnixEpoch,
                    name
                )
                .Text
        );
}
