using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Comments;
using ServerlessBlog.Comments.Moderation;
using ServerlessBlog.Comments.Storage;
using ServerlessBlog.Hosting;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Comments.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Comments;

/// <summary>
/// A blog without background services: its clock is fake, and queue messages are delivered only when a test does it.
/// Therefore a test knows every storage call and can make any of them fail. One post is published at /posts/hello.
/// </summary>
internal sealed class CommentFixture : IAsyncDisposable
{
    private CommentFixture(TestBlog blog, StorageFaults faults, DelayedMessages delayed, FakeTimeProvider clock) =>
        (Blog, Faults, Delayed, Clock) = (blog, faults, delayed, clock);

    public TestBlog Blog { get; }

    public StorageFaults Faults { get; }

    /// <summary>The delayed messages that the blog has sent.</summary>
    public DelayedMessages Delayed { get; }

    public FakeTimeProvider Clock { get; }

    public PostId Post { get; } = PostId.FromBlobName("hello.md");

    public CommentTable Comments => Blog.Get<CommentTable>();

    private TableClient Rows => new(Blog.Connection, StorageNames.CommentTable);

    public static async Task<CommentFixture> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var connection = await PublishAsync();
        var (faults, clock) = (new StorageFaults(), new FakeTimeProvider(DateTimeOffset.UtcNow));
        var delayed = new DelayedMessages(clock);
        var blog = await TestBlog.StartAsync(settings, clock, connection, TestBlog.IdleHostOptions, services =>
            services.AddSingleton<HttpPipelinePolicy>(faults).AddSingleton<HttpPipelinePolicy>(delayed)
        );
        var fixture = new CommentFixture(blog, faults, delayed, clock);
        await fixture.Comments.GetIdKeyAsync(CancellationToken.None);
        return fixture;
    }

    /// <summary>
    /// Posts the comment form. Returns the address of the redirect, or null when the comment was not accepted.
    /// </summary>
    public async Task<string?> SubmitAsync(string text)
    {
        using var response = await Blog.CommentAsync(Post, text);
        return response.StatusCode == HttpStatusCode.SeeOther ? response.Headers.Location!.ToString() : null;
    }

    /// <summary>
    /// Posts the comment form, delivers the message about the comment, and returns the comment's key.
    /// </summary>
    public async Task<CommentKey> SubmitAndModerateAsync(string text)
    {
        var before = await StoredKeysAsync();
        Assert.NotNull(await SubmitAsync(text));
        await DeliverMessagesAsync();
        return (await StoredKeysAsync()).Except(before).Single();
    }

    /// <summary>
    /// Delivers every message of the moderation queue once. A message that fails is not delivered again, as if the
    /// instance had died.
    /// </summary>
    public async Task DeliverMessagesAsync()
    {
        foreach (var message in await ReceiveAllAsync(StorageNames.ModerationQueue))
        {
            await Record.ExceptionAsync(() => ModerateAsync(message.MessageText));
        }
    }

    /// <summary>Invokes the moderation function with a message.</summary>
    public Task ModerateAsync(string message) =>
        Blog.Get<TriggerInvoker>()
            .InvokeAsync(nameof(ModerateComment), InvocationPayload.Write("message", message), CancellationToken.None);

    /// <summary>Runs the hourly check of waiting comments with a clock that is this much ahead.</summary>
    public Task CheckHourlyAsync(TimeSpan later)
    {
        var clock = new FakeTimeProvider(Clock.GetUtcNow() + later);
        return new LostComments(
            new CommentTable(Blog.Get<BlogStorage>(), Blog.Get<BlogSettings>(), clock),
            Blog.Get<ModerationQueueClient>(),
            clock
        ).RunAsync(CancellationToken.None);
    }

    /// <summary>Advances the clock and delivers the delayed messages that are visible then.</summary>
    public Task DeliverDelayedAsync(TimeSpan later)
    {
        Clock.Advance(later);
        return Delayed.DeliverAsync(Blog);
    }

    /// <summary>Reads the keys of all comments of the post in the table.</summary>
    public async Task<IReadOnlyList<CommentKey>> StoredKeysAsync()
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {Post.ToString()} and RowKey ge {"comment:"} and RowKey lt {"comment;"}"
        );
        return await Rows.QueryAsync<TableEntity>(filter)
            .Select(row =>
                CommentKey.TryParse($"{Post}-{row.RowKey["comment:".Length..]}", out var key) ? key : default
            )
            .ToListAsync();
    }

    /// <summary>Reads the markers of the waiting comments.</summary>
    public async Task<IReadOnlyList<WaitingMarker>> WaitingAsync() =>
        await Comments.ReadMarkersAsync().Select(read => read.Value).ToListAsync();

    /// <summary>Receives and deletes all visible messages of a queue.</summary>
    public async Task<IReadOnlyList<QueueMessage>> ReceiveAllAsync(string name)
    {
        var queue = new QueueClient(
            Blog.Connection,
            name,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        var received = new List<QueueMessage>();
        while (await queue.ReceiveMessagesAsync(maxMessages: 32) is { Value: { Length: > 0 } messages })
        {
            received.AddRange(messages);
            await Task.WhenAll(
                messages.Select(message => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt))
            );
        }

        return received;
    }

    /// <summary>Reads the ids of all notifications.</summary>
    public async Task<IReadOnlyList<string>> NotificationIdsAsync() =>
        await new TableClient(Blog.Connection, StorageNames.NotificationTable)
            .QueryAsync<TableEntity>(row => row.RowKey == "notice")
            .Select(row => row.PartitionKey)
            .ToListAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Blog.DisposeAsync();

    /// <summary>
    /// Publishes the post with an ordinary blog, stops that blog, and returns the storage's connection string.
    /// </summary>
    private static async Task<string> PublishAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("hello");
        return blog.Connection;
    }
}
