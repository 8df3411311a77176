using System.Diagnostics;
using System.Net;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Web.Caching;

/// <summary>
/// Storage that accepts connections but responds no more: its process is stopped. Readers get the pages that the
/// handler holds, and do not wait.
/// </summary>
[Trait("Category", "Slow")]
public sealed class SilentStorageTests
{
    [Fact]
    public async Task Held_pages_come_at_once_others_are_refused_soon_and_the_outage_is_one_line_in_the_log()
    {
        await using var azurite = await Azurite.StartAsync(
            new AzuriteOptions(Directory: null, ["blog"], LogFile: null),
            CancellationToken.None
        );
        await using var handler = await StartWithPostAsync(azurite.ConnectionString("blog"));
        var fresh = await GetAsync(handler, "/posts/held");
        Assert.Equal((HttpStatusCode.OK, false), (fresh.Status, fresh.IsStale));

        await ProgramRun.SignalAsync("STOP", azurite.ProcessId);
        try
        {
            await TestBlog.WaitUntilAsync(() => GetAsync(handler, "/posts/held"), page => page.IsStale, "a stale page");
            var held = new List<Answer>();
            for (var time = 0; time < 40; time++)
            {
                held.Add(await GetAsync(handler, "/posts/held"));
                await Task.Delay(100); // long enough for several trials
            }

            Assert.All(held, page => Assert.Equal((HttpStatusCode.OK, true), (page.Status, page.IsStale)));
            Assert.InRange(held.Select(page => page.Elapsed).Order().ElementAt(held.Count * 9 / 10), 0, 50);
            foreach (var path in new[] { "/posts/unknown", "/tags/unknown", "/media/unknown.png" })
            {
                var other = await GetAsync(handler, path);
                Assert.Equal((HttpStatusCode.ServiceUnavailable, "10"), (other.Status, other.RetryAfter));
                Assert.InRange(other.Elapsed, 0, 3_000);
            }
        }
        finally
        {
            await ProgramRun.SignalAsync("CONT", azurite.ProcessId);
        }

        await TestBlog.WaitUntilAsync(() => GetAsync(handler, "/posts/held"), page => !page.IsStale, "a fresh page");
        Assert.Single(handler.Run.Output.Split('\n'), line => line.Length > 0);
        Assert.Contains("Storage fails", handler.Run.Output, StringComparison.Ordinal);
        Assert.Empty(handler.Run.Errors);
    }

    private sealed record Answer(HttpStatusCode Status, bool IsStale, string? RetryAfter, double Elapsed);

    /// <summary>Gets a page; the time is in milliseconds.</summary>
    private static async Task<Answer> GetAsync(PublishedHandler handler, string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var response = await handler.ProxyAsync(HttpMethod.Get, path);
        return new Answer(
            response.StatusCode,
            response.Headers.Warning.Count > 0,
            response.Headers.RetryAfter?.ToString(),
            Stopwatch.GetElapsedTime(started).TotalMilliseconds
        );
    }

    private static async Task<PublishedHandler> StartWithPostAsync(string connection)
    {
        await PublishedHandler.EnsurePublishedAsync();
        await using var blog = await TestBlog.StartAsync(connection: connection, announcesUploads: true);
        await blog.PublishAsync("held", body: "Still here.");
        return await PublishedHandler.StartAsync(connection);
    }
}
