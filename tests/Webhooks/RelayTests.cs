using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServerlessBlog.Tests.Infrastructure;
using ServerlessBlog.Tests.Repository;

namespace ServerlessBlog.Tests.Webhooks;

/// <summary>The relay of docs/webhooks.md, as it is printed there.</summary>
public sealed class RelayTests
{
    private const string Body =
        """{"type":"post.published","data":{"title":"A <post> & more","address":"http://blog.test/posts/a"}}""";

    [Fact]
    public async Task It_takes_what_is_signed_and_hands_it_on_in_Slacks_format()
    {
        await using var slack = await OtlpReceiver.StartAsync();
        using var relay = await StartAsync(slack.Address + "/slack");

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(relay.Port, DateTimeOffset.UtcNow, Body, Body));

        using var sent = JsonDocument.Parse(slack.BodiesOf("/slack").Single());
        Assert.Equal(
            "post.published: A &lt;post&gt; &amp; more\nhttp://blog.test/posts/a",
            sent.RootElement.GetProperty("text").GetString()
        );
    }

    [Fact]
    public async Task Discord_mentions_nobody()
    {
        await using var discord = await OtlpReceiver.StartAsync();
        using var relay = await StartAsync(discord.Address + "/discord");

        Assert.Equal(HttpStatusCode.NoContent, await SendAsync(relay.Port, DateTimeOffset.UtcNow, Body, Body));

        using var sent = JsonDocument.Parse(discord.BodiesOf("/discord").Single());
        Assert.StartsWith("post.published: A <post>", sent.RootElement.GetProperty("content").GetString());
        Assert.Equal(0, sent.RootElement.GetProperty("allowed_mentions").GetProperty("parse").GetArrayLength());
    }

    [Fact]
    public async Task It_refuses_what_is_not_signed_or_old()
    {
        await using var slack = await OtlpReceiver.StartAsync();
        using var relay = await StartAsync(slack.Address + "/slack");
        var now = DateTimeOffset.UtcNow;

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(relay.Port, now, Body, Body + " "));
        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(relay.Port, now.AddMinutes(-6), Body, Body));
        Assert.Empty(slack.Paths);
    }

    private static async Task<HttpStatusCode> SendAsync(int port, DateTimeOffset time, string signed, string sent)
    {
        using var http = new HttpClient();
        var seconds = time.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{port}/");
        request.Content = new StringContent(sent, Encoding.UTF8, "application/json");
        var signature = HMACSHA256.HashData(WebhookServer.Key, Encoding.UTF8.GetBytes($"id-1.{seconds}.{signed}"));
        request.Headers.Add("webhook-id", "id-1");
        request.Headers.Add("webhook-timestamp", $"{seconds}");
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<Relay> StartAsync(string target)
    {
        var document = string.Join('\n', DocumentFile.Open("docs/webhooks.md").Lines);
        var script = document.Split("```js\n")[1].Split("\n```")[0];
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            ArgumentList = { "-e", script },
            Environment =
            {
                ["TARGET"] = target,
                ["WEBHOOK_SECRET"] = $"whsec_{Convert.ToBase64String(WebhookServer.Key)}",
                ["PORT"] = "0",
            },
        };
        var process = Process.Start(start)!;
        var port = await process.StandardOutput.ReadLineAsync();
        return new Relay(process, int.Parse(port!, null));
    }

    private sealed record Relay(Process Process, int Port) : IDisposable
    {
        public void Dispose()
        {
            Process.Kill();
            Process.Dispose();
        }
    }
}
