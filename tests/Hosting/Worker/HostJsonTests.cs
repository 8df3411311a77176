using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Worker;

/// <summary>
/// host.json configures the Functions host with the same values that the local host and the clients have in code.
/// </summary>
public sealed class HostJsonTests
{
    private static readonly JsonElement Host = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "host.json")))
        .RootElement;

    private static readonly JsonElement Queues = Host.GetProperty("extensions").GetProperty("queues");

    [Fact]
    public void Both_hosts_retry_equally_often_after_the_same_delay()
    {
        Assert.Equal(QueuePump.MaxDequeueCount, Queues.GetProperty("maxDequeueCount").GetInt32());
        Assert.Equal(
            new LocalHostOptions().RetryDelay,
            TimeSpan.Parse(Queues.GetProperty("visibilityTimeout").GetString()!, CultureInfo.InvariantCulture)
        );
    }

    [Fact]
    public void A_failed_message_is_retried_after_30_seconds_at_the_earliest()
    {
        // The host's default is 0: five attempts would be used up within seconds of an outage.
        Assert.True(
            TimeSpan.Parse(Queues.GetProperty("visibilityTimeout").GetString()!, CultureInfo.InvariantCulture)
                >= TimeSpan.FromSeconds(30)
        );
    }

    [Fact]
    public async Task The_host_and_the_clients_encode_messages_the_same_way()
    {
        var connection = await StorageAccounts.NewAccountAsync();
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, connection)])
            .Build();
        await new QueueClient(connection, "any").CreateAsync();

        await new BlogStorage(settings, []).Queue("any").SendMessageAsync("Grüße");
        var raw = (await new QueueClient(connection, "any").ReceiveMessageAsync()).Value.MessageText;

        Assert.Equal("base64", Queues.GetProperty("messageEncoding").GetString());
        Assert.Equal(Convert.ToBase64String(Encoding.UTF8.GetBytes("Grüße")), raw);
    }

    [Fact]
    public void The_handler_gets_unchanged_requests_and_routes_have_no_prefix()
    {
        var handler = Host.GetProperty("customHandler");

        Assert.Equal("", Host.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString());
        Assert.True(handler.GetProperty("enableProxyingHttpRequest").GetBoolean());
        Assert.False(handler.TryGetProperty("enableForwardingHttpRequest", out _));
        Assert.Equal(
            "ServerlessBlog",
            handler.GetProperty("description").GetProperty("defaultExecutablePath").GetString()
        );
    }

    /// <remarks>
    /// The worker's build brings the extensions of its triggers itself. With a bundle as well and no network to fetch
    /// it from, the Functions host stays at 503 and never starts the worker (seen on host 4.1037).
    /// </remarks>
    [Fact]
    public void The_isolated_worker_has_the_same_settings_except_for_the_custom_handler_and_its_extension_bundle()
    {
        var expected = JsonNode.Parse(File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "host.json")))!.AsObject();
        Assert.True(expected.Remove("customHandler"));
        Assert.True(expected.Remove("extensionBundle"));

        var worker = JsonNode.Parse(
            File.ReadAllText(Path.Combine(RepositoryRoot.Find(), "functions", "Hosting", "Worker", "host.worker.json"))
        );

        Assert.True(JsonNode.DeepEquals(expected, worker), worker!.ToJsonString());
    }
}
