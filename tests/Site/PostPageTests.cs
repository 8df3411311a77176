using AngleSharp.Dom;
using ServerlessBlog.Tests.Comments;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Web;

namespace ServerlessBlog.Tests.Site;

public sealed class PostPageTests(OpenBlog fixture) : IClassFixture<OpenBlog>
{
    [Fact]
    public async Task A_part_of_a_series_has_its_number_and_links_to_all_parts_including_later_ones()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("third", "date: 2026-03-03\nseries: Building a blog");
        Assert.Empty((await blog.OpenAsync("/posts/third")).Words(".series")); // a single part is not shown as a series
        await blog.WriteAsync("first", "date: 2026-03-01\nseries: Building a blog");
        await blog.WriteAsync("other", "date: 2026-03-02\nseries: Another");
        var before = await blog.OpenAsync("/posts/first");
        await blog.WriteAsync("second", "date: 2026-03-02\nseries: Building a blog");

        var (first, second) = (await blog.OpenAsync("/posts/first"), await blog.OpenAsync("/posts/second"));

        Assert.Equal(["Part 1 of 2: Building a blog"], before.Words(".series summary"));
        Assert.Equal(["Part 1 of 3: Building a blog"], first.Words(".series summary"));
        Assert.Equal(["Part 2 of 3: Building a blog"], second.Words(".series summary"));
        Assert.Equal(["/posts/first", "/posts/second", "/posts/third"], second.Links(".series li a"));
        Assert.Equal(["second"], second.Words(".series a[aria-current=page]"));
    }

    [Fact]
    public async Task The_next_and_previous_links_visit_all_posts_in_both_directions()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("oldest", "date: 2026-03-01");
        await Task.WhenAll(
            "cab"
                .Index()
                .Select(letter => blog.WriteAsync($"noon-{letter.Item}", $"date: 2026-03-02 12:0{letter.Index}"))
        );
        await blog.WriteAsync("newest", "date: 2026-03-03");

        var forward = await FollowAsync("/posts/oldest", "next");
        var backward = await FollowAsync("/posts/newest", "prev");

        Assert.Equal(["/posts/oldest", "/posts/noon-c", "/posts/noon-a", "/posts/noon-b", "/posts/newest"], forward);
        Assert.Equal(forward.AsEnumerable().Reverse(), backward);

        async Task<List<string>> FollowAsync(string path, string rel)
        {
            var seen = new List<string>();
            for (
                var next = path;
                next is not null && seen.Count < 10;
                next = (await blog.OpenAsync(next)).Links($"nav.pager a[rel={rel}]").SingleOrDefault()
            )
            {
                seen.Add(next);
            }

            return seen;
        }
    }

    [Fact]
    public async Task Related_posts_share_tags_or_else_words_in_this_order()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync("a-walk-in-the-mountains", "date: 2026-03-05\ntags: [hiking, alps]", "Snow.");
        await blog.WriteAsync("both", "date: 2026-03-01\ntags: [Alps, Hiking]", "Rain.");
        await blog.WriteAsync("one", "date: 2026-03-02\ntags: [alps]", "Sun.");
        await blog.WriteAsync("words", "date: 2026-03-03", "Another walk in high mountains.");
        await blog.WriteAsync("nothing", "date: 2026-03-04", "Cake.");

        var page = await blog.OpenAsync("/posts/a-walk-in-the-mountains");

        Assert.Equal(["both", "one", "words"], page.Words(".related a"));
        Assert.Equal(["/posts/both", "/posts/one", "/posts/words"], page.Links(".related a"));
    }

    [Theory]
    [InlineData("three", "## One\n\n## Two\n\n## Three", "", "One, Two, Three")]
    [InlineData("two", "## One\n\n## Two", "", null)]
    [InlineData("wanted", "## One", "toc: true", "One")]
    [InlineData("unwanted", "## One\n\n## Two\n\n## Three\n\n## Four", "toc: false", null)]
    [InlineData("no-headings", "No headings.", "toc: true", null)]
    [InlineData(
        "nested",
        "## One\n\n### *One* `a`\n\n#### Deep\n\n## Two & more",
        "",
        "One (One a (Deep)), Two & more"
    )]
    [InlineData("steps", "#### Low\n\n## High\n\n### [Linked](https://example.com)", "", "Low, High (Linked)")]
    public async Task A_post_has_a_table_of_contents_from_three_headings_on_or_as_its_author_says(
        string slug,
        string body,
        string field,
        string? contents
    )
    {
        await fixture.Blog.WriteAsync(slug, $"date: 2026-03-01\n{field}", body);

        var page = await fixture.Blog.OpenAsync($"/posts/{slug}");

        Assert.Equal(contents, page.QuerySelector("nav.contents > ol") is { } list ? Outline(list) : null);
        Assert.All(page.Links("nav.contents a"), link => Assert.NotNull(page.GetElementById(link![1..])));

        static string Outline(IElement list) =>
            string.Join(
                ", ",
                list.Children.Select(item =>
                    item.QuerySelector("a")!.TextContent
                    + (item.QuerySelector("ol") is { } below ? $" ({Outline(below)})" : "")
                )
            );
    }

    [Theory]
    [InlineData("word", 238, "1 min read")]
    [InlineData("word", 239, "2 min read")]
    [InlineData("字", 500, "1 min read")]
    [InlineData("字", 501, "2 min read")]
    public async Task The_reading_time_is_on_the_post_page_and_in_lists(string word, int count, string shown)
    {
        var slug = $"long-{(int)word[0]}-{count}";
        await fixture.Blog.WriteAsync(
            slug,
            $"date: 2026-03-01\ntags: [{slug}]",
            string.Join(' ', Enumerable.Repeat(word, count))
        );

        var (post, list) = (
            await fixture.Blog.OpenAsync($"/posts/{slug}"),
            await fixture.Blog.OpenAsync($"/tags/{slug}")
        );

        Assert.EndsWith(shown, post.Words("article .byline").Single(), StringComparison.Ordinal);
        Assert.EndsWith(shown, list.Words("article .byline").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_is_marked_as_outdated_from_its_date_on()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:TimeZone"] = "Europe/Berlin" });
        await blog.WriteAsync("old", "date: 2026-01-01\noutdated: 2026-01-31T23:30:00Z");
        await blog.WriteAsync("still-good", "date: 2026-01-01\noutdated: 2900-01-01");

        var (old, good) = (await blog.OpenAsync("/posts/old"), await blog.OpenAsync("/posts/still-good"));

        Assert.EndsWith(
            "no longer holds, as of February 1, 2026.",
            old.Words(".outdated").Single(),
            StringComparison.Ordinal
        );
        Assert.Empty(good.Words(".outdated"));
    }

    [Theory]
    [InlineData("arabic", "lang: ar", "ar", "rtl")]
    [InlineData("swiss", "lang: de-CH", "de-CH", "ltr")]
    [InlineData("unnamed", "", null, null)]
    public async Task A_post_has_its_language_and_direction_on_its_page_and_in_lists(
        string slug,
        string field,
        string? language,
        string? direction
    )
    {
        await fixture.Blog.WriteAsync(slug, $"date: 2026-03-01\ntags: [{slug}]\n{field}");

        foreach (var path in new[] { $"/posts/{slug}", $"/tags/{slug}" })
        {
            var article = (await fixture.Blog.OpenAsync(path)).QuerySelector("article")!;

            Assert.Equal((language, direction), (article.GetAttribute("lang"), article.GetAttribute("dir")));
            Assert.Equal("en", article.QuerySelector(".byline")!.GetAttribute("lang"));
        }
    }

    [Fact]
    public async Task A_featured_post_has_a_label_and_its_picture_in_lists()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.WriteAsync(
            "featured",
            "date: 2026-03-02\nfeatured: true\nimage: https://example.com/a.jpg\nimage_alt: A lake"
        );
        await blog.WriteAsync("plain", "date: 2026-03-01\nimage: https://example.com/b.jpg");

        var (home, post) = (await blog.OpenAsync("/"), await blog.OpenAsync("/posts/plain"));

        Assert.Equal(["Featured"], home.Words(".label"));
        Assert.Equal(
            ["https://example.com/a.jpg"],
            home.QuerySelectorAll("article .cover img").Select(picture => picture.GetAttribute("src"))
        );
        Assert.Equal(
            ["https://example.com/b.jpg"],
            home.QuerySelectorAll("article .thumbnail img").Select(picture => picture.GetAttribute("src"))
        );
        Assert.Equal(
            ["https://example.com/b.jpg"],
            post.QuerySelectorAll("figure.lead img").Select(picture => picture.GetAttribute("src"))
        );
    }
}
