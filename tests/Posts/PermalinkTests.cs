using ServerlessBlog.Posts;

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
                    new Slug("my-post"),
                    new DateTimeOffset(2026, 2, 3, 23, 59, 0, TimeSpan.FromHours(-5))
                )
                .Text
        );
}
