using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>The room Notices on a storage account of its own, with a clock that stands still.</summary>
internal sealed class NoticeStage
{
    private NoticeStage(string account)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new(StorageNames.Connection, account)]).Build();
        var storage = new BlogStorage(configuration, [Wire]);
        Table = new NoticeTable(storage);
        Inbox = new NoticeInbox(storage);
        Desk = new NoticeDesk(Table, Inbox);
        Rows = storage.Table(StorageNames.NoticeTable);
        Queue = storage.Queue(StorageNames.NoticeQueue);
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public Wire Wire { get; } = new();

    public NoticeTable Table { get; }

    public NoticeInbox Inbox { get; }

    public NoticeDesk Desk { get; }

    public Azure.Data.Tables.TableClient Rows { get; }

    public QueueClient Queue { get; }

    public static async Task<NoticeStage> OpenAsync()
    {
        var stage = new NoticeStage(await StorageAccounts.NewAccountAsync());
        await stage.Rows.CreateIfNotExistsAsync();
        await stage.Queue.CreateIfNotExistsAsync();
        return stage;
    }

    /// <summary>As each delivery finds it: instances share storage only.</summary>
    public SendNotice Function(INotifier notifier, ILogger<SendNotice>? logger = null) =>
        new(Table, Inbox, notifier, Clock, logger ?? NullLogger<SendNotice>.Instance);

    public Notice NewNotice(string id = "held-1-2") =>
        new(id, "A comment waits", "Somebody wrote something.", [new Person("Ann", "ann@example.com")], Clock.GetUtcNow());

    public async Task<Notice> ReadAsync(string id = "held-1-2") => (await Table.FindAsync(id, default))!.Value;
}
