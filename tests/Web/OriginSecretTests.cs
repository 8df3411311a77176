using System.Net;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web;

/// <summary><c>Blog__OriginSecret</c>: only requests with the header of the CDN get in.</summary>
public sealed class OriginSecretTests
{
    private const string Secret = "only-the-cdn-knows-this";
    private const string Next = "what-the-cdn-sends-next";

    [Fact]
    public async Task A_request_without_the_secret_is_refused_before_storage_or_memory_is_asked()
    {
        // The clock stands still: nothing is read beside requests.
        await using var blog = await StartAsync(Secret, new FakeTimeProvider(DateTimeOffset.UtcNow));
        await blog.PublishAsync("held");
        using var known = await SendAsync(blog, HttpMethod.Get, "/posts/held", Secret);
        blog.Calls.Clear();

        foreach (
            var (method, path) in new[]
            {
                (HttpMethod.Get, "/"),
                (HttpMethod.Get, "/posts/held"), // held in memory
                (HttpMethod.Head, "/posts/held"),
                (HttpMethod.Get, "/style.css"),
                (HttpMethod.Get, "/moderate"),
                (HttpMethod.Post, "/posts/held/comments"),
                (HttpMethod.Post, "/moderate"),
                (HttpMethod.Get, "/ModerateComment"),
            }
        )
        {
            using var refused = await SendAsync(blog, method, path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, refused.StatusCode));
            Assert.Equal("private, no-store", refused.Headers.NonValidated["Cache-Control"].Single());
            Assert.False(refused.Headers.Contains("Set-Cookie"));
            Assert.Equal(
                method == HttpMethod.Head
                    ? ""
                    : "This is not the public address of the blog. Readers find it at http://blog.test\n",
                await refused.Content.ReadAsStringAsync()
            );
        }

        Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        Assert.All(blog.Calls.Recorded, call => Assert.True(StorageCalls.IsFromLocalHost(call), call));
    }

    [Theory]
    [InlineData("only-the-cdn-knows-thi")]
    [InlineData("only-the-cdn-knows-this!")]
    [InlineData("ONLY-THE-CDN-KNOWS-THIS")]
    [InlineData("")]
    [InlineData("only-the-cdn-knows-this,what-the-cdn-sends-next")]
    public async Task Another_secret_is_refused(string secret)
    {
        await using var blog = await StartAsync($"{Secret},{Next}");

        using var response = await SendAsync(blog, HttpMethod.Get, "/", secret);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task While_the_secret_is_changed_both_are_let_in_but_not_in_one_request()
    {
        await using var blog = await StartAsync($"{Secret}, {Next}");

        using var first = await SendAsync(blog, HttpMethod.Get, "/", Secret);
        using var second = await SendAsync(blog, HttpMethod.Get, "/", Next);
        using var both = await SendAsync(blog, HttpMethod.Get, "/", Secret, Next);

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            [first.StatusCode, second.StatusCode, both.StatusCode]
        );
    }

    [Fact]
    public async Task The_Functions_host_calls_queue_and_timer_functions_without_it()
    {
        // Started: its poll for / has been answered.
        await using var handler = await PublishedHandler.StartBuiltAsync(
            StorageAccounts.Unreachable,
            ("Blog__OriginSecret", Secret)
        );

        using var poll = await handler.Http.GetAsync(new Uri("/", UriKind.Relative));
        var (status, _, body) = await handler.CallAsync("PublishPost", Encoding.UTF8.GetBytes("no envelope"));
        var (http, _, _) = await handler.CallAsync("PostComment", Encoding.UTF8.GetBytes("{}"));

        Assert.Equal(HttpStatusCode.Forbidden, poll.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, status); // what the function itself answers
        Assert.NotEmpty(body);
        Assert.Equal(HttpStatusCode.Forbidden, http);
        Assert.DoesNotContain(Secret, handler.Run.Output + handler.Run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_queue_and_timer_function_is_exempt_and_no_HTTP_function()
    {
        foreach (var function in Program.Functions.All)
        {
            var context = new Microsoft.AspNetCore.Http.DefaultHttpContext
            {
                Request = { Method = "POST", Path = $"/{function.Name}" },
            };
            Assert.Equal(
                function.Trigger is not Microsoft.Azure.Functions.Worker.HttpTriggerAttribute,
                Program.Functions.IsInvocation(context.Request)
            );
        }
    }

    private static Task<TestBlog> StartAsync(string secret, TimeProvider? clock = null) =>
        TestBlog.StartAsync(new() { ["Blog:OriginSecret"] = secret }, clock);

    private static Task<HttpResponseMessage> SendAsync(
        TestBlog blog,
        HttpMethod method,
        string path,
        params string[] secrets
    )
    {
        var request = new HttpRequestMessage(method, path);
        foreach (var secret in secrets)
        {
            request.Headers.TryAddWithoutValidation(OriginSecrets.Header, secret);
        }

        if (method == HttpMethod.Post)
        {
            request.Content = new FormUrlEncodedContent([]);
        }

        return blog.Http.SendAsync(request);
    }
}
