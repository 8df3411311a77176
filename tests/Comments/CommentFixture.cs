using System.Net;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
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
/// A blog in which nothing happens by itself: its clock stands, its queues are delivered when a test says so. One post is published at /posts/hello.
/// So a test knows every call to storage, and may break each.
/// </summary>
internal sealed class CommentFixture : IAsyncDisposable
{
    private CommentFixture(TestBlog blog, StorageFaults faults, FakeTimeProvider clock) =>
        (Blog, Faults, Clock) = (blog, faults, clock);

    public TestBlog Blog { get; }

    public StorageFaults Faults { get; }

    public FakeTimeProvider Clock { get; }

    public PostId Post { get; } = PostId.OfFile("hello.md");

    public CommentTable Comments => Blog.Get<CommentTable>();

    private TableClient Rows => new(Blog.Connection, StorageNames.CommentTable);

    public static async Task<CommentFixture> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var connection = await PublishAsync();
        var (faults, clock) = (new StorageFaults(), new FakeTimeProvider(DateTimeOffset.UtcNow));
        var blog = await TestBlog.StartAsync(settings, clock, connection, TestBlog.Still, services =>
            services.AddSingleton<HttpPipelinePolicy>(faults)
        );
        var fixture = new CommentFixture(blog, faults, clock);
        await fixture.Comments.IdKeyAsync(CancellationToken.None);
        return fixture;
    }

    /// <summary>Sends the comment form. Answers where the writer is sent, or null when that did not work.</summary>
    public async Task<string?> SendAsync(string text)
    {
        using var answer = await Blog.CommentAsync(Post, text);
        return answer.StatusCode == HttpStatusCode.SeeOther ? answer.Headers.Location!.ToString() : null;
    }

    /// <summary>Sends the comment form and has the comment judged. Answers its key.</summary>
    public async Task<CommentKey> SayAsync(string text)
    {
        var before = await KeptAsync();
        Assert.NotNull(await SendAsync(text));
        await DeliverAsync();
        return (await KeptAsync()).Except(before).Single();
    }

    /// <summary>Delivers every message that announces a comment, once. What fails is not delivered again: as if its machine had died.</summary>
    public async Task DeliverAsync()
    {
        foreach (var message in await TakeAsync(StorageNames.ModerationQueue))
        {
            await Record.ExceptionAsync(() => JudgeAsync(message.MessageText));
        }
    }

    /// <summary>One delivery of the message that announces a comment.</summary>
    public Task JudgeAsync(string message) =>
        Blog.Get<TriggerInvoker>()
            .InvokeAsync(nameof(ModerateComment), InvocationPayload.Write("message", message), CancellationToken.None);

    /// <summary>Runs the sweep as it will run this much later.</summary>
    public Task SweepAsync(TimeSpan later)
    {
        var clock = new FakeTimeProvider(Clock.GetUtcNow() + later);
        return new SweepComments(
            new CommentTable(Blog.Get<BlogStorage>(), Blog.Get<BlogSettings>(), clock),
            Blog.Get<ModerationQueueClient>(),
            clock
        ).RunAsync(new TimerInfo(), CancellationToken.None);
    }

    /// <summary>The keys of all comments in the table.</summary>
    public async Task<IReadOnlyList<CommentKey>> KeptAsync()
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

    /// <summary>The marks of comments that wait.</summary>
    public async Task<IReadOnlyList<WaitingMarker>> WaitingAsync() =>
        await Comments.WaitingAsync().Select(read => read.Value).ToListAsync();

    /// <summary>Takes all messages of a queue.</summary>
    public async Task<IReadOnlyList<QueueMessage>> TakeAsync(string name)
    {
        var queue = new QueueClient(
            Blog.Connection,
            name,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        var taken = new List<QueueMessage>();
        while (await queue.ReceiveMessagesAsync(maxMessages: 32) is { Value: { Length: > 0 } messages })
        {
            taken.AddRange(messages);
            await Task.WhenAll(
                messages.Select(message => queue.DeleteMessageAsync(message.MessageId, message.PopReceipt))
            );
        }

        return taken;
    }

    /// <summary>The ids of all notices there are.</summary>
    public async Task<IReadOnlyList<string>> NoticesAsync() =>
        await new TableClient(Blog.Connection, StorageNames.NoticeTable)
            .QueryAsync<TableEntity>()
            .Select(row => row.PartitionKey)
            .ToListAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Blog.DisposeAsync();

    /// <summary>By an ordinary blog that is gone afterwards. Answers its storage.</summary>
    private static async Task<string> PublishAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        await blog.PublishAsync("hello");
        return blog.Connection;
    }
}
