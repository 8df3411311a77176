using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Caching;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Web.Caching;

public sealed class HotPageMiddlewareTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly ChangeCounter _changes = new();

    private HotPageMiddleware Middleware =>
        field ??= new HotPageMiddleware(
            _changes,
            _clock,
            new ServiceCollection().BuildServiceProvider().GetRequiredService<IServiceScopeFactory>()
        );

    [Theory]
    [InlineData("GET", "/posts/a", "", "held")]
    [InlineData("HEAD", "/posts/a", "", "held")]
    [InlineData("GET", "/posts/A", "", "next")]
    [InlineData("GET", "/posts/a", "?receipt=x", "next")]
    [InlineData("POST", "/posts/a", "", "next")]
    [InlineData("GET", "/", "", "next")]
    public async Task Only_a_request_for_exactly_the_same_path_without_a_query_is_served_from_memory(
        string method,
        string path,
        string query,
        string expected
    )
    {
        Hold("/posts/a");

        Assert.Equal(expected, await SendAsync(method, path, query));
    }

    [Fact]
    public async Task A_held_result_expires_with_the_freshness_of_its_data()
    {
        Hold("/posts/a");

        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal("held", await SendAsync("GET", "/posts/a"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("next", await SendAsync("GET", "/posts/a"));
    }

    [Fact]
    public async Task After_a_known_change_the_held_result_is_served_while_one_request_renders_the_next()
    {
        var (renders, release) = (0, new TaskCompletionSource());
        Hold("/posts/a");
        _changes.Increment();

        Assert.Equal("held", await SendAsync("GET", "/posts/a", next: RenderAsync));
        Assert.Equal("held", await SendAsync("GET", "/posts/a", next: RenderAsync));
        await TestBlog.WaitUntilAsync(() => Task.FromResult(renders), count => count > 0, "a render");
        release.SetResult();
        await TestBlog.WaitUntilAsync(() => SendAsync("GET", "/posts/a"), by => by == "rendered", "the next page");

        Assert.Equal(1, renders);

        async Task RenderAsync(HttpContext context)
        {
            Interlocked.Increment(ref renders);
            await release.Task;
            Hold("/posts/a", by: "rendered");
        }
    }

    [Fact]
    public async Task A_change_during_a_render_causes_another_render()
    {
        Hold("/posts/a", generation: _changes.Current);
        _changes.Increment(); // after the render began that gave the held result

        await TestBlog.WaitUntilAsync(
            () => SendAsync("GET", "/posts/a", next: RenderAsync),
            by => by == "rendered",
            "the next page"
        );

        Task RenderAsync(HttpContext context)
        {
            Hold("/posts/a", by: "rendered");
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task What_was_read_before_a_change_by_its_author_is_never_served_again()
    {
        var before = _changes.Current;
        Hold("/posts/a");

        _changes.Expire();
        Assert.Equal("next", await SendAsync("GET", "/posts/a"));

        Hold("/posts/a", before); // a render that began before the change
        Assert.Equal("next", await SendAsync("GET", "/posts/a"));
        Hold("/posts/a");
        Assert.Equal("held", await SendAsync("GET", "/posts/a"));
    }

    [Theory]
    [InlineData("POST", "/moderate/review", "next")]
    [InlineData("POST", "/comment/signed", "next")]
    [InlineData("GET", "/moderate/review", "held")]
    [InlineData("POST", "/posts/a/comments", "held")]
    [InlineData("POST", "/api/preview", "held")]
    public async Task Moderators_and_writers_see_what_they_did_at_once(string method, string path, string expected)
    {
        Hold("/posts/a");

        await SendAsync(method, path);

        Assert.Equal(expected, await SendAsync("GET", "/posts/a"));
    }

    [Fact]
    public async Task In_its_last_half_second_a_held_result_is_refreshed_once_in_the_background()
    {
        var (requests, release) = (new List<string>(), new TaskCompletionSource());
        Hold("/posts/a");
        _clock.Advance(CacheLimits.RefreshAfter - TimeSpan.FromTicks(1));
        await SendAsync("GET", "/posts/a");
        Assert.Empty(requests);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("held", await SendAsync("HEAD", "/posts/a", next: RefreshAsync));
        Assert.Equal("held", await SendAsync("GET", "/posts/a", next: RefreshAsync));
        await TestBlog.WaitUntilAsync(() => Task.FromResult(requests.Count), count => count > 0, "a renewal");
        Assert.Equal(["GET /posts/a"], requests);
        release.SetResult();

        await TestBlog.WaitUntilAsync(
            () =>
                SendAsync("GET", "/posts/a", next: _ => throw new InvalidOperationException("It was renewed already.")),
            by => by == "renewed",
            "the next answer"
        );

        async Task RefreshAsync(HttpContext context)
        {
            requests.Add($"{context.Request.Method} {context.Request.Path}");
            await release.Task;
            Middleware.Store(
                context.Request,
                new TestResult("renewed"),
                new ServeUntil(_clock.GetUtcNow() + CacheLimits.RefreshAfter, _changes.Current)
            );
        }
    }

    [Fact]
    public async Task A_failed_refresh_is_retried()
    {
        var refreshes = 0;
        Hold("/posts/a");
        _clock.Advance(CacheLimits.RefreshAfter);

        await TestBlog.WaitUntilAsync(
            () => SendAsync("GET", "/posts/a", next: FailAsync),
            _ => refreshes > 1,
            "two renewals"
        );
        Assert.Equal("held", await SendAsync("GET", "/posts/a", next: FailAsync));

        Task FailAsync(HttpContext context)
        {
            Interlocked.Increment(ref refreshes);
            throw new InvalidOperationException("As the test wants it.");
        }
    }

    [Fact]
    public async Task At_most_256_paths_are_held()
    {
        for (var number = 0; number < 1_000; number++)
        {
            Hold($"/posts/{number}");
        }

        var held = 0;
        for (var number = 0; number < 1_000; number++)
        {
            held += await SendAsync("GET", $"/posts/{number}") == "held" ? 1 : 0;
        }

        Assert.InRange(held, 1, 256);
    }

    private static DefaultHttpContext Context(string method, string path, string query = "") =>
        new()
        {
            Request =
            {
                Method = method,
                Path = path,
                QueryString = new(query),
            },
        };

    private void Hold(string path, long? generation = null, string by = "held") =>
        Middleware.Store(
            Context("GET", path).Request,
            new TestResult(by),
            new ServeUntil(_clock.GetUtcNow() + CacheLimits.RefreshAfter, generation ?? _changes.Current)
        );

    private async Task<string> SendAsync(string method, string path, string query = "", RequestDelegate? next = null)
    {
        var context = Context(method, path, query);
        await Middleware.InvokeAsync(
            context,
            next
                ?? (
                    missed =>
                    {
                        missed.Items["by"] = "next";
                        return Task.CompletedTask;
                    }
                )
        );
        return (string)context.Items["by"]!;
    }

    private sealed class TestResult(string by) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Items["by"] = by;
            return Task.CompletedTask;
        }
    }
}
