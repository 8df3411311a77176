using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.AspNetCore.Http;
using ServerlessBlog.Admin.Failures;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Hosting.Timers;
using ServerlessBlog.Notifications;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Webhooks;

/// <summary>Webhooks, received by a real server over TLS.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private WebhookServer _server = null!;

    public async Task InitializeAsync() => _server = await WebhookServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private Task<TestBlog> StartAsync(params (string Key, string Value)[] settings) =>
        TestBlog.StartAsync(
            settings
                .Append((Key: "Blog:Webhooks", Value: _server.SettingFor("/hook")))
                .ToDictionary(setting => setting.Key, setting => (string?)setting.Value),
            compose: WebhookServer.Allow
        );

    private Task<WebhookRequest> WaitForAsync(string type) =>
        TestBlog.WaitUntilAsync(
            () => Task.FromResult(_server.Received.FirstOrDefault(request => TypeOf(request) == type)),
            request => request is not null,
            type
        )!;

    private static string TypeOf(WebhookRequest request) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty("type").GetString()!;

    private static JsonElement DataOf(WebhookRequest request) =>
        JsonDocument.Parse(request.Body).RootElement.GetProperty("data");

    [Fact]
    public async Task A_message_is_signed_by_the_Standard_Webhooks_specification()
    {
        await using var blog = await StartAsync();
        await blog.UploadAsync("new-post.md", "---\ntitle: A new post\n---\nText.\n");

        var request = await WaitForAsync("post.published");

        Assert.Equal("/hook", request.Path);
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        var (id, time) = (request.Headers["webhook-id"], request.Headers["webhook-timestamp"]);
        var expected = HMACSHA256.HashData(WebhookServer.Key, Encoding.UTF8.GetBytes($"{id}.{time}.{request.Body}"));
        Assert.Equal($"v1,{Convert.ToBase64String(expected)}", request.Headers["webhook-signature"]);
        Assert.InRange(
            DateTimeOffset.FromUnixTimeSeconds(long.Parse(time, null)),
            DateTimeOffset.UtcNow.AddMinutes(-2),
            DateTimeOffset.UtcNow.AddMinutes(1)
        );
        Assert.Equal("A new post", DataOf(request).GetProperty("title").GetString());
        Assert.Equal("http://blog.test/posts/new-post", DataOf(request).GetProperty("address").GetString());
    }

    [Fact]
    public async Task A_comment_is_told_when_it_is_held_and_when_a_moderator_approves_it()
    {
        await using var blog = await StartAsync(("Blog:Comments:Moderation", "true"));
        var post = await blog.PublishAsync("talk", "A talk");
        using var sent = await blog.CommentAsync(post, "Hello\u200F \"there\"", "Bea", "bea-hook@example.com");

        var held = await WaitForAsync("comment.held");
        Assert.Equal("Hello\u200F \"there\"", DataOf(held).GetProperty("text").GetString());
        Assert.Equal("Bea", DataOf(held).GetProperty("author").GetString());
        Assert.Equal("A talk", DataOf(held).GetProperty("post").GetProperty("title").GetString());
        Assert.Contains(
            "/moderate/comment/",
            DataOf(held).GetProperty("address").GetString(),
            StringComparison.Ordinal
        );

        Assert.True(CommentKey.TryParse(DataOf(held).GetProperty("id").GetString(), out var key));
        await blog.Get<CommentModeration>()
            .DecideAsync(key, CommentState.Approved, "by a test", CancellationToken.None);

        var approved = await WaitForAsync("comment.approved");
        Assert.StartsWith(
            "http://blog.test/posts/talk",
            DataOf(approved).GetProperty("address").GetString(),
            StringComparison.Ordinal
        );
        Assert.All(_server.Received, request =>
            Assert.DoesNotContain("bea-hook", request.Body, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task A_refused_post_is_told_with_its_report()
    {
        await using var blog = await StartAsync();
        await blog.UploadAsync("broken.md", "No front matter.");

        var request = await WaitForAsync("post.refused");
        Assert.Contains(
            "sent, without the e-mail address, to other",
            await blog.ReadAsync("/privacy"),
            StringComparison.Ordinal
        );

        Assert.Equal("broken.md", DataOf(request).GetProperty("file").GetString());
        Assert.NotEmpty(DataOf(request).GetProperty("report")[0].GetString()!);
    }

    [Fact]
    public async Task A_failure_that_only_a_person_can_mend_is_told_once()
    {
        await using var blog = await StartAsync(("Blog:Authors", ""));
        var poison = new QueueClient(blog.Connection, StorageNames.PoisonQueueOf(StorageNames.UploadQueue));
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(Convert.ToBase64String("no event"u8));
        foreach (var task in blog.Get<IEnumerable<IHourlyTask>>().OfType<FailureMails>())
        {
            await task.RunAsync(CancellationToken.None);
            await task.RunAsync(CancellationToken.None);
        }

        var request = await WaitForAsync("failure");

        Assert.Contains("uploads", DataOf(request).GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal("http://blog.test/moderate/failures/all", DataOf(request).GetProperty("address").GetString());
        Assert.Single(_server.Received);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    [InlineData(302)]
    public async Task Anything_but_success_is_tried_again_and_a_redirect_is_not_followed(int status)
    {
        _server.Respond = context =>
        {
            context.Response.Headers.Location = $"{_server.Address}/elsewhere";
            return Results.StatusCode(status);
        };
        await using var blog = await StartAsync();
        await blog.UploadAsync("new-post.md", "---\ntitle: A new post\n---\nText.\n");

        var request = await WaitForAsync("post.published");
        var waiting = await TestBlog.WaitUntilAsync(
            () => blog.Get<NotificationTable>().FindAsync(request.Headers["webhook-id"], CancellationToken.None),
            found => found is { Value.LastProblem: not null },
            "the outcome"
        );

        Assert.Equal(NotificationState.Waiting, waiting!.Value.State);
        Assert.Equal($"127.0.0.1 answered {status}.", waiting.Value.LastProblem);
        Assert.DoesNotContain(_server.Received, other => other.Path == "/elsewhere");
    }

    [Fact]
    public async Task A_webhook_that_is_gone_is_given_up_at_once()
    {
        _server.Respond = _ => Results.StatusCode(StatusCodes.Status410Gone);
        await using var blog = await StartAsync();
        await blog.UploadAsync("new-post.md", "---\ntitle: A new post\n---\nText.\n");

        var request = await WaitForAsync("post.published");

        await TestBlog.WaitUntilAsync(
            () => blog.Get<NotificationTable>().FindAsync(request.Headers["webhook-id"], CancellationToken.None),
            found => found is { Value.State: NotificationState.Failed },
            "the outcome"
        );
    }

    [Fact]
    public async Task A_text_that_takes_too_much_space_as_JSON_is_cut_and_said_so()
    {
        await using var blog = await StartAsync();
        var post = await blog.PublishAsync("talk", "A talk");
        using var sent = await blog.CommentAsync(post, new string('\u200F', 3990) + "end", "Bea", "bea@example.com");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        var request = await WaitForAsync("comment.approved");

        Assert.True(DataOf(request).GetProperty("isTruncated").GetBoolean());
        Assert.InRange(request.Body.Length, 5_000, Notification.MaxTextLength);
    }
}
