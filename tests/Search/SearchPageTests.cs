using System.Net;
using System.Text.RegularExpressions;
using ServerlessBlog.Search;
using ServerlessBlog.Search.Index;
using ServerlessBlog.Search.Queries;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Search;

/// <summary>GET /search on a blog whose posts are put into the index as they are published.</summary>
public sealed partial class SearchPageTests
{
    [Fact]
    public async Task A_published_post_is_found_within_15_s_and_a_deleted_one_no_more()
    {
        await using var blog = await TestBlog.StartAsync();
        var published = DateTime.UtcNow;
        await blog.UploadAsync(
            "tower.md",
            "---\ntitle: Tōkyō Tower\ntags: [Travel]\ndate: 2025-03-01\n---\n## View\n\nFrom 東京タワー one sees *far*.\n"
        );

        await FoundAsync(blog, "tokyo", "Tōkyō Tower");
        var waited = DateTime.UtcNow - published;

        Assert.InRange(waited, TimeSpan.Zero, TimeSpan.FromSeconds(15));
        foreach (
            var query in new[]
            {
                "TOKYO tower",
                "東京",
                "\"sees far\"",
                "far",
                "tow*",
                "view",
                "tag:travel",
                "year:2025",
                "tower tag:Travel year:2025",
            }
        )
        {
            Assert.Equal(["Tōkyō Tower"], TitlesIn(await ReadAsync(blog, query)));
        }

        foreach (var query in new[] { "\"far sees\"", "tower year:2024", "tower tag:food", "dubstep" })
        {
            Assert.Empty(TitlesIn(await ReadAsync(blog, query)));
        }

        await blog.DeleteAsync("tower.md");
        await TestBlog.WaitUntilAsync(() => ReadAsync(blog, "tokyo"), page => TitlesIn(page).Count == 0, "no result");
    }

    [Fact]
    public async Task Results_are_ranked_marked_and_encoded_and_no_hit_helps()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("text", "Of other things", "Once it says <b>walrus</b> & `<script>`.");
        await blog.PublishAsync("title", "The walrus", "Some text.");
        await FoundAsync(blog, "walrus", "Of other things");

        var found = await ReadAsync(blog, "walrus");
        var partly = await ReadAsync(blog, "walrus aardvark");
        var none = await ReadAsync(blog, "aardvark\"><zebra>");

        Assert.Equal(["The walrus", "Of other things"], TitlesIn(found));
        Assert.Contains("2 posts", found, StringComparison.Ordinal);
        Assert.Contains("Once it says <mark>walrus</mark> &amp; &lt;script&gt;.", found, StringComparison.Ordinal);
        Assert.Contains("No post has all of these words", partly, StringComparison.Ordinal);
        Assert.Equal(2, TitlesIn(partly).Count);
        Assert.Contains("No post has these words", none, StringComparison.Ordinal);
        Assert.Contains(">The walrus</a>", none, StringComparison.Ordinal); // one of the newest
        Assert.Contains("tag:travel year:2025", none, StringComparison.Ordinal);
        Assert.Contains("value=\"aardvark&quot;&gt;&lt;zebra&gt;\"", none, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_results_are_on_the_next_pages()
    {
        await using var blog = await TestBlog.StartAsync();
        for (var number = 1; number <= 12; number++)
        {
            await blog.PublishAsync($"post-{number}", $"Walrus {number}");
        }

        await IndexedAsync(blog);
        var first = await ReadAsync(blog, "walrus");
        var second = await blog.ReadAsync("/search?q=walrus&page=2");

        Assert.Equal(12, TitlesIn(first).Concat(TitlesIn(second)).Distinct().Count());
        Assert.Equal((10, 2), (TitlesIn(first).Count, TitlesIn(second).Count));
        Assert.Contains("href=\"/search?q=walrus&amp;page=2\"", first, StringComparison.Ordinal);
        Assert.Contains("href=\"/search?q=walrus\"", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_is_private_and_not_indexed_and_pages_of_the_blog_lead_to_it()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("one");

        using var response = await blog.Http.GetAsync("/search?q=");
        var page = await response.Content.ReadAsStringAsync();
        var description = await blog.ReadAsync("/opensearch.xml");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("no-store, private", response.Headers.CacheControl!.ToString());
        Assert.Contains("<meta name=\"robots\" content=\"noindex\">", page, StringComparison.Ordinal);
        Assert.Contains("Disallow: /search\n", await blog.ReadAsync("/robots.txt"), StringComparison.Ordinal);
        Assert.Contains("template=\"http://blog.test/search?q={searchTerms}\"", description, StringComparison.Ordinal);
        Assert.Contains("<ShortName>Test blog</ShortName>", description, StringComparison.Ordinal);
        foreach (var path in new[] { "/", "/archive", "/archive/2026", "/missing" })
        {
            Assert.Contains(
                "<form class=\"search\" method=\"get\" action=\"/search\"",
                await blog.ReadAsync(path),
                StringComparison.Ordinal
            );
        }

        Assert.Contains("href=\"/opensearch.xml\"", await blog.ReadAsync("/posts/one"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_long_a_query_is_refused_and_stays_in_the_form()
    {
        await using var blog = await TestBlog.StartAsync();
        var text = new string('w', SearchQuery.MaxLength + 1);

        using var response = await blog.Http.GetAsync($"/search?q={text}");
        var page = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("at most 16 words and 200 characters", page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{text}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_may_search_20_times_at_once_and_the_form_is_free()
    {
        await using var blog = await TestBlog.StartAsync();
        var statuses = new List<HttpStatusCode>();
        HttpResponseMessage last = new();
        for (var number = 0; number <= SearchLimits.Burst + 5; number++)
        {
            last = await blog.Http.GetAsync("/search?q=walrus");
            statuses.Add(last.StatusCode);
        }

        Assert.True(statuses.Count(status => status == HttpStatusCode.OK) >= SearchLimits.Burst);
        Assert.Contains(HttpStatusCode.TooManyRequests, statuses);
        Assert.Equal(HttpStatusCode.OK, (await blog.Http.GetAsync("/search")).StatusCode);
    }

    [Fact]
    public async Task The_whole_blog_has_a_limit_for_a_day()
    {
        await using var blog = await TestBlog.StartAsync(new() { ["Blog:SearchesPerDay"] = "2" });
        await blog.Http.GetAsync("/search?q=walrus");
        await blog.Http.GetAsync("/search?q=walrus");

        using var response = await blog.Http.GetAsync("/search?q=walrus");

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Assert.Contains("value=\"walrus\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>Waits until the index has all posts, and a search finds one.</summary>
    private static async Task<string> FoundAsync(TestBlog blog, string query, string title)
    {
        await IndexedAsync(blog);
        return await TestBlog.WaitUntilAsync(
            () => ReadAsync(blog, query),
            page => TitlesIn(page).Contains(title),
            title
        );
    }

    /// <summary>Waits until the index has all posts: it costs no search, of which an address has 20.</summary>
    private static Task IndexedAsync(TestBlog blog) =>
        TestBlog.WaitUntilAsync(
            () => blog.Get<SearchIndexTable>().ReadAsync(most: 1, CancellationToken.None),
            waiting => waiting is { Keys.Count: 0, State.Value.BuildingUntil: null },
            "the index"
        );

    private static async Task<string> ReadAsync(TestBlog blog, string query)
    {
        var page = await blog.ReadAsync($"/search?q={Uri.EscapeDataString(query)}");
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        return page;
    }

    internal static IReadOnlyList<string> TitlesIn(string page) =>
        [.. Title().Matches(page).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<h2><a href=\"[^\"]*\">(.*?)</a></h2>")]
    private static partial Regex Title();
}
