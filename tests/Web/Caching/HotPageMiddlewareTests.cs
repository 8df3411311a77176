using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Posts.Storage;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Web.Caching;

namespace ServerlessBlog.Tests.Web.Caching;

public sealed class HotPageMiddlewareTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
    private readonly ChangeCounter _changes = new();

    private HotPageMiddleware Warm =>
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
    public async Task Only_a_plain_request_for_the_very_same_path_is_answered_from_what_is_held(
        string method,
        string path,
        string query,
        string answer
    )
    {
        Hold("/posts/a");

        Assert.Equal(answer, await AskAsync(method, path, query));
    }

    [Fact]
    public async Task An_answer_holds_as_long_as_what_it_was_made_of()
    {
        Hold("/posts/a");

        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.Equal("held", await AskAsync("GET", "/posts/a"));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("next", await AskAsync("GET", "/posts/a"));
    }

    [Fact]
    public async Task Any_change_that_this_instance_knows_of_ends_it()
    {
        Hold("/posts/a");
        var before = _changes.Current;

        _changes.Next();
        Assert.Equal("next", await AskAsync("GET", "/posts/a"));

        Hold("/posts/a", before); // made of what was read before the change
        Assert.Equal("next", await AskAsync("GET", "/posts/a"));
    }

    [Fact]
    public async Task What_changes_too_fast_is_given_until_its_time_whatever_changes()
    {
        Warm.Hold(
            Context("GET", "/posts/a").Request,
            new Answer(),
            new ServeUntil(_clock.GetUtcNow() + TimeSpan.FromMilliseconds(500), Generation: null)
        );

        _changes.Next();
        Assert.Equal("held", await AskAsync("GET", "/posts/a"));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal("held", await AskAsync("GET", "/posts/a"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("next", await AskAsync("GET", "/posts/a"));
    }

    [Fact]
    public async Task In_its_last_half_second_the_next_answer_is_made_once_at_a_time_beside_those_who_ask()
    {
        var (asked, answer) = (new List<string>(), new TaskCompletionSource());
        Hold("/posts/a");
        _clock.Advance(Freshness.RefreshAfter - TimeSpan.FromTicks(1));
        await AskAsync("GET", "/posts/a");
        Assert.Empty(asked);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("held", await AskAsync("HEAD", "/posts/a", next: RenewAsync));
        Assert.Equal("held", await AskAsync("GET", "/posts/a", next: RenewAsync));
        await TestBlog.UntilAsync(() => Task.FromResult(asked.Count), count => count > 0, "a renewal");
        Assert.Equal(["GET /posts/a"], asked);
        answer.SetResult();

        await TestBlog.UntilAsync(
            () =>
                AskAsync("GET", "/posts/a", next: _ => throw new InvalidOperationException("It was renewed already.")),
            by => by == "renewed",
            "the next answer"
        );

        async Task RenewAsync(HttpContext context)
        {
            asked.Add($"{context.Request.Method} {context.Request.Path}");
            await answer.Task;
            Warm.Hold(
                context.Request,
                new Answer("renewed"),
                new ServeUntil(_clock.GetUtcNow() + Freshness.RefreshAfter, _changes.Current)
            );
        }
    }

    [Fact]
    public async Task A_renewal_that_failed_is_tried_again_and_none_comes_over_a_change()
    {
        var renewals = 0;
        Hold("/posts/a");
        _clock.Advance(Freshness.RefreshAfter);

        await TestBlog.UntilAsync(
            () => AskAsync("GET", "/posts/a", next: FailAsync),
            _ => renewals > 1,
            "two renewals"
        );
        Assert.Equal("held", await AskAsync("GET", "/posts/a", next: FailAsync));
        _changes.Next();
        Assert.Equal("next", await AskAsync("GET", "/posts/a"));

        Task FailAsync(HttpContext context)
        {
            Interlocked.Increment(ref renewals);
            throw new InvalidOperationException("As the test wants it.");
        }
    }

    [Fact]
    public async Task However_many_paths_are_asked_for_few_are_held()
    {
        for (var number = 0; number < 1_000; number++)
        {
            Hold($"/posts/{number}");
        }

        var held = 0;
        for (var number = 0; number < 1_000; number++)
        {
            held += await AskAsync("GET", $"/posts/{number}") == "held" ? 1 : 0;
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

    private void Hold(string path, long? generation = null) =>
        Warm.Hold(
            Context("GET", path).Request,
            new Answer(),
            new ServeUntil(_clock.GetUtcNow() + Freshness.RefreshAfter, generation ?? _changes.Current)
        );

    private async Task<string> AskAsync(string method, string path, string query = "", RequestDelegate? next = null)
    {
        var context = Context(method, path, query);
        await Warm.InvokeAsync(
            context,
            next
                ?? (
                    cold =>
                    {
                        cold.Items["by"] = "next";
                        return Task.CompletedTask;
                    }
                )
        );
        return (string)context.Items["by"]!;
    }

    private sealed class Answer(string by = "held") : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Items["by"] = by;
            return Task.CompletedTask;
        }
    }
}
