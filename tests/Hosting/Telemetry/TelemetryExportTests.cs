using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Telemetry;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Telemetry;

/// <summary>When and where the hosts export what they measured.</summary>
[Trait("Category", "Slow")]
public sealed class TelemetryExportTests
{
    private const string AzureKey = "00000000-0000-0000-0000-00000000000a";

    [Fact]
    public async Task A_message_is_exported_before_its_invocation_ends()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var handler = await PublishedHandler.StartAsync(
            await StandInHost.CreateStorageAsync(),
            receiver.Settings
        );

        await handler.CallAsync(
            "RaisePage",
            InvocationPayload.Write("message", "canary", dequeueCount: 3, DateTimeOffset.UtcNow.AddSeconds(-20))
        );

        var exported = receiver.Text;
        Assert.Contains("/v1/traces", receiver.Paths);
        Assert.Contains("/v1/metrics", receiver.Paths);
        Assert.Contains("blog.queue.lag", exported, StringComparison.Ordinal);
        Assert.True(receiver.HasTag("blog.function", "RaisePage"));
        Assert.True(receiver.HasTag("blog.outcome", "failed"));
        Assert.True(receiver.HasTag("service.name", BlogTelemetry.Name));
    }

    [Fact]
    public async Task A_request_is_exported_soon_after_its_response()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var handler = await PublishedHandler.StartAsync(
            await StandInHost.CreateStorageAsync(),
            receiver.Settings
        );

        await handler.ReadAsync("/tags");

        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(receiver.HasTag("blog.page", "tags")),
            isExported => isExported,
            "the request"
        );
    }

    [Fact]
    public async Task A_silent_collector_delays_no_reader_and_the_first_message_by_two_seconds_at_most()
    {
        using var silent = OtlpReceiver.ListenSilently(out var address);
        await using var handler = await PublishedHandler.StartAsync(
            await StandInHost.CreateStorageAsync(),
            OtlpReceiver.SettingsFor(address)
        );

        var started = Stopwatch.GetTimestamp();
        await CallAsync(handler, "CheckHourly");
        var first = Stopwatch.GetElapsedTime(started);
        started = Stopwatch.GetTimestamp();
        await CallAsync(handler, "CheckHourly");
        var page = await handler.ReadAsync("/");
        var then = Stopwatch.GetElapsedTime(started);

        Assert.Contains("</html>", page, StringComparison.Ordinal);
        Assert.InRange(first, TelemetryFlush.TimeLimit, TelemetryFlush.TimeLimit * 4);
        Assert.InRange(then, TimeSpan.Zero, TelemetryFlush.TimeLimit);
    }

    [Fact]
    public async Task Azure_Monitor_gets_spans_and_metrics_when_its_connection_string_is_set()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var handler = await PublishedHandler.StartAsync(
            await StandInHost.CreateStorageAsync(),
            (
                "APPLICATIONINSIGHTS_CONNECTION_STRING",
                $"InstrumentationKey={AzureKey};IngestionEndpoint={receiver.Address}/"
            )
        );

        await CallAsync(handler, "CheckHourly");

        Assert.All(receiver.Paths, path => Assert.EndsWith("/track", path, StringComparison.Ordinal));
        Assert.Contains("\"CheckHourly\"", receiver.Text, StringComparison.Ordinal);
        Assert.Contains("blog.invocation.duration", receiver.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_worker_exports_messages_and_requests_too()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await WorkerHost.StartAsync(await StandInHost.CreateStorageAsync(), receiver.Settings);

        await host.CallAsync("RaisePage", "canary", 2);
        Assert.Contains("blog.queue.lag", receiver.Text, StringComparison.Ordinal);
        Assert.True(receiver.HasTag("blog.function", "RaisePage"));
        Assert.Null(await host.CallAsync("CheckHourly", """{"IsPastDue":false}"""));
        Assert.True(receiver.HasTag("blog.function", "CheckHourly"));
        using var style = await host.ProxyAsync("ReadStyle", HttpMethod.Get, "/style.css");
        using var home = await host.ProxyAsync("ReadHome", HttpMethod.Get, "/");

        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(receiver.HasTag("blog.page", "home") && receiver.HasTag("blog.page", "ReadStyle")),
            isExported => isExported,
            "the requests"
        );
        Assert.DoesNotContain("canary", receiver.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_exporter_nothing_is_registered()
    {
        await using var blog = await TestBlog.StartAsync();

        Assert.False(blog.Get<TelemetryFlush>().IsNeeded);
        Assert.Empty(blog.Get<IServiceProvider>().GetServices<TracerProvider>());
        Assert.Empty(blog.Get<IServiceProvider>().GetServices<MeterProvider>());
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("ClientId=00000000-0000-0000-0000-000000000001", false)]
    [InlineData("Authorization=AAD", true)]
    [InlineData("ClientId=00000000-0000-0000-0000-000000000001;Authorization=AAD", true)]
    public void The_identity_of_the_app_is_used_when_the_setting_says_so(string? setting, bool isUsed) =>
        Assert.Equal(isUsed, TelemetryServices.CredentialFrom(setting) is not null);

    private static async Task CallAsync(PublishedHandler handler, string timer)
    {
        var (status, _, _) = await handler.CallAsync(
            timer,
            InvocationPayload.Write("timer", """{"IsPastDue":false}""")
        );
        Assert.Equal(HttpStatusCode.OK, status);
    }
}
