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

/// <summary>
/// The notifications code on a storage account of its own, with a clock that advances only when told to.
/// </summary>
internal sealed class NotificationFixture
{
    private NotificationFixture(string account)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, account)])
            .Build();
        var storage = new BlogStorage(configuration, [Pipeline]);
        Table = new NotificationTable(storage);
        QueueClient = new NotificationQueueClient(storage);
        Rows = storage.Table(StorageNames.NotificationTable);
        Queue = storage.Queue(StorageNames.NotificationQueue);
    }

    /// <summary>The clock, at 2026-03-01T12:00Z at first.</summary>
    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The policy in the pipeline of every storage client of this fixture.</summary>
    public FaultInjectionPolicy Pipeline { get; } = new();

    public NotificationTable Table { get; }

    public NotificationQueueClient QueueClient { get; }

    public Azure.Data.Tables.TableClient Rows { get; }

    public QueueClient Queue { get; }

    public static async Task<NotificationFixture> OpenAsync()
    {
        var fixture = new NotificationFixture(await StorageAccounts.NewAccountAsync());
        await fixture.Rows.CreateIfNotExistsAsync();
        await fixture.Queue.CreateIfNotExistsAsync();
        return fixture;
    }

    /// <summary>Creates a new function, as a separate instance does: instances share only storage.</summary>
    public SendNotification Function(INotifier notifier, ILogger<NotificationDelivery>? logger = null) =>
        new(Delivery(notifier, logger), []);

    /// <summary>Creates a new outbox, as a separate instance does.</summary>
    public NotificationOutbox Outbox(INotifier notifier) => new(Table, QueueClient, Delivery(notifier, null));

    private NotificationDelivery Delivery(INotifier notifier, ILogger<NotificationDelivery>? logger) =>
        new(Table, QueueClient, notifier, Clock, logger ?? NullLogger<NotificationDelivery>.Instance);

    public Notification NewNotification(string id = "held-1-2") =>
        new(
            id,
            "A comment waits",
            "Somebody wrote something.",
            [new Person("Ann", "ann@example.com")],
            Clock.GetUtcNow()
        );

    public async Task<Notification> ReadAsync(string id = "held-1-2") => (await Table.FindAsync(id, default))!.Value;
}
