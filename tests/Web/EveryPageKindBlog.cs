using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web;

/// <summary>A blog with every kind of page, for tests that do not change it. Its clock stands still.</summary>
public sealed class EveryPageKindBlog : IAsyncLifetime
{
    private static readonly string[] Pages =
    [
        "/",
        "/page/2",
        "/tags",
        "/tags/%C3%BCber%20uns",
        "/tags/%C3%BCber%20uns/page/2",
        "/archive",
        "/archive/2026",
        "/archive/2026/03",
        "/archive/2026/03/page/2",
        "/posts",
        "/posts/page/2",
        "/authors/grace",
        "/about",
        "/posts/day-1",
    ];

    /// <summary>The canonical path of one page of each kind.</summary>
    public static IReadOnlyList<string> Paths { get; } =
    [
        .. Pages,
        "/feed.xml",
        "/atom.xml",
        "/feed.json",
        "/comments.xml",
        "/posts/day-1/comments.xml",
        "/tags/%C3%BCber%20uns/feed.xml",
        "/authors/grace/atom.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/favicon.ico",
        "/apple-touch-icon.png",
        "/icons/192.png",
        "/site.webmanifest",
    ];

    /// <summary>The canonical path of one HTML page of each kind.</summary>
    public static TheoryData<string> Html { get; } = [.. Pages];

    /// <summary><see cref="Paths"/> as theory data.</summary>
    public static TheoryData<string> All { get; } = [.. Paths];

    /// <summary>Paths that redirect, are gone (410), or never existed (404).</summary>
    public static TheoryData<string> RedirectsAndErrors { get; } =
        new(
            "/posts/before",
            "/posts/day-1/",
            "/posts/withdrawn",
            "/icons/20.png",
            "/posts/never",
            "/tags/never",
            "/archive/1999",
            "/page/9"
        );

    /// <summary>The blog, from <see cref="InitializeAsync"/> on.</summary>
    public TestBlog Blog { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Blog = await TestBlog.StartAsync(clock: new FakeTimeProvider(DateTimeOffset.UtcNow));
        await FillAsync(Blog);
    }

    /// <inheritdoc/>
    public async Task DisposeAsync() => await Blog.DisposeAsync();

    /// <summary>Publishes twelve posts, a static page, a post that has moved and one that is withdrawn.</summary>
    public static async Task FillAsync(TestBlog blog)
    {
        await Task.WhenAll(
            Enumerable
                .Range(1, 12)
                .Select(day =>
                    blog.WriteAsync(
                        $"day-{day}",
                        $"date: 2026-03-{day:00}\n"
                            + $"tags: ['{(day % 2 == 0 ? "über uns" : "Über Uns")}'{(day == 3 ? ", C/C++, 日本語" : "")}]"
                    )
                )
        );
        await blog.WriteAsync("about", "type: page");
        await blog.WriteAsync("moved", "date: 2026-02-01\nslug: before");
        await blog.WriteAsync("moved", "date: 2026-02-01\nslug: after\nauthor: Grace");
        await blog.WriteAsync("withdrawn", "date: 2026-02-02");
        await blog.DeleteAsync("withdrawn.md");
    }
}
