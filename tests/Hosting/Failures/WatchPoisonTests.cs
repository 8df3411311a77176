using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Failures;

public sealed class WatchPoisonTests
{
    private readonly LogCapture<WatchPoison> _log = new();
    private readonly StorageCalls _calls = new();

    [Fact]
    public async Task Each_poison_queue_with_messages_is_logged_as_an_error_that_begins_with_the_sign()
    {
        var connection = await StorageAccounts.NewAccountAsync();
        await FillAsync(connection, StorageNames.UploadQueue, 2);
        await FillAsync(connection, StorageNames.NotificationQueue, 1);
        await FillAsync(connection, StorageNames.RaiseQueue, 0);

        await RunAsync(connection);

        Assert.Equal(
            [
                "The poison queue notices-poison is not empty: 1 messages failed too often.",
                "The poison queue uploads-poison is not empty: 2 messages failed too often.",
            ],
            _log.At(LogLevel.Error).Order(StringComparer.Ordinal)
        );
        Assert.All(_log.TemplatesAt(LogLevel.Error), template =>
            Assert.Equal("The poison queue {Queue} is not empty: {Count} messages failed too often.", template)
        );
        Assert.All(_log.At(LogLevel.Error), line =>
            Assert.StartsWith("The poison queue", line, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Missing_queues_count_as_empty()
    {
        await RunAsync(await StorageAccounts.NewAccountAsync());

        Assert.Empty(_log.At(LogLevel.Error));
    }

    [Fact]
    public async Task A_queue_that_cannot_be_read_fails_the_call_and_the_others_are_still_reported()
    {
        var connection = await StorageAccounts.NewAccountAsync();
        await FillAsync(connection, StorageNames.NotificationQueue, 1);
        _calls.ShouldFail = call => call.Contains("uploads-poison", StringComparison.Ordinal);

        await Assert.ThrowsAsync<AggregateException>(() => RunAsync(connection)); // holds the exceptions of all retries

        Assert.Single(_log.At(LogLevel.Error));
    }

    private static async Task FillAsync(string connection, string queue, int messages)
    {
        var poison = new QueueClient(connection, StorageNames.PoisonQueueOf(queue));
        await poison.CreateAsync();
        for (var sent = 0; sent < messages; sent++)
        {
            await poison.SendMessageAsync("bad");
        }
    }

    private Task RunAsync(string connection)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, connection)])
            .Build();
        return new WatchPoison(new BlogStorage(configuration, [_calls]), _log).FindNotEmptyAsync(
            CancellationToken.None
        );
    }
}
