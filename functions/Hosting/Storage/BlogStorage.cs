using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>The storage account, as clients for the stores. Makes no call of its own.</summary>
/// <remarks>
/// Read with a reader waiting: 2 s a try and one retry, then the page that memory holds. Write, or work from a queue:
/// longer, but inside the host's own limits.
/// </remarks>
public sealed class BlogStorage
{
    private readonly TableServiceClient _readTables;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _readBlobs;
    private readonly BlobServiceClient _blobs;
    private readonly QueueServiceClient _queues;
    private readonly QueueServiceClient _queuesAsTheyAre;

    /// <summary>Reads <c>BlogStorage</c> as the Functions host does: a connection string, or service addresses with a managed identity.</summary>
    /// <param name="configuration">Holds the settings.</param>
    /// <param name="policies">Put into every client's pipeline; tests count and fail calls with them.</param>
    /// <exception cref="SettingException">The setting is missing or cannot be read.</exception>
    public BlogStorage(IConfiguration configuration, IEnumerable<HttpPipelinePolicy> policies)
    {
        var watchers = policies.ToList();
        try
        {
            var account = StorageAccount.Read(configuration);
            _readTables = account.Tables(RetryProfiles.Reading(new TableClientOptions(), watchers));
            _tables = account.Tables(RetryProfiles.Writing(new TableClientOptions(), watchers));
            _readBlobs = account.Blobs(RetryProfiles.Reading(new BlobClientOptions(), watchers));
            _blobs = account.Blobs(RetryProfiles.Writing(new BlobClientOptions(), watchers));

            // The Functions trigger expects base64; the SDK's default is none, and then every message turns poison.
            var queues = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
            queues.MessageDecodingFailed += MoveToPoisonAsync;
            _queues = account.Queues(RetryProfiles.Writing(queues, watchers));
            _queuesAsTheyAre = account.Queues(
                RetryProfiles.Writing(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }, watchers)
            );
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SettingException(
                $"The setting {StorageNames.Connection} cannot be read: write a storage account's connection string."
            );
        }
    }

    /// <summary>A table, for queue functions and forms.</summary>
    public TableClient Table(string name) => _tables.GetTableClient(name);

    /// <summary>A table, for a reader who is waiting.</summary>
    public TableClient TableForReaders(string name) => _readTables.GetTableClient(name);

    /// <summary>A container, for queue functions.</summary>
    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(name);

    /// <summary>A container, for a reader who is waiting.</summary>
    public BlobContainerClient ContainerForReaders(string name) => _readBlobs.GetBlobContainerClient(name);

    /// <summary>A queue whose messages are base64.</summary>
    public QueueClient Queue(string name) => _queues.GetQueueClient(name);

    /// <summary>A queue whose messages are taken as they lie there, base64 or not: a poison queue.</summary>
    public QueueClient QueueAsItIs(string name) => _queuesAsTheyAre.GetQueueClient(name);

    /// <summary>As the Functions host does with a message that is not base64, unchanged: one such message must not stop its queue.</summary>
    /// <remarks>Read in the source of the host's queue extension (QueueServiceClientProvider): it has a client without an encoding for this.</remarks>
    private async Task MoveToPoisonAsync(QueueMessageDecodingFailedEventArgs failed)
    {
        if (failed.ReceivedMessage is { } message)
        {
            await QueueAsItIs(StorageNames.PoisonOf(failed.Queue.Name))
                .SendMessageAsync(
                    message.Body,
                    timeToLive: TimeSpan.FromSeconds(-1),
                    cancellationToken: failed.CancellationToken
                );
            await failed.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, failed.CancellationToken);
        }
    }

    private static class RetryProfiles
    {
        /// <summary>Azure.Core's own transport (no redirects, no cookies, 50 connections to a server, each for 5 minutes) over connections of ours.</summary>
        private static readonly HttpClientTransport Transport = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                MaxConnectionsPerServer = 50,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                ConnectCallback = async (context, cancellationToken) =>
                    await Connection.OpenAsync(context.DnsEndPoint, cancellationToken),
            }
        );

        public static T Reading<T>(T options, List<HttpPipelinePolicy> watchers)
            where T : ClientOptions => With(options, watchers, TimeSpan.FromSeconds(2), retries: 1);

        public static T Writing<T>(T options, List<HttpPipelinePolicy> watchers)
            where T : ClientOptions => With(options, watchers, TimeSpan.FromSeconds(10), retries: 3);

        private static T With<T>(T options, List<HttpPipelinePolicy> watchers, TimeSpan perTry, int retries)
            where T : ClientOptions
        {
            options.Retry.NetworkTimeout = perTry;
            options.Retry.MaxRetries = retries;
            options.Retry.Delay = TimeSpan.FromMilliseconds(100);
            options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
            options.Diagnostics.IsDistributedTracingEnabled = false;
            options.Transport = Transport;
            watchers.ForEach(watcher => options.AddPolicy(watcher, HttpPipelinePosition.PerRetry));
            return options;
        }
    }

    private abstract class StorageAccount
    {
        public static StorageAccount Read(IConfiguration configuration)
        {
            var read = new SettingReader(configuration);
            if (read.Text(StorageNames.Connection) is { } connection)
            {
                return new ByConnectionString(connection);
            }

            Uri Service(string name) =>
                read.Address(
                    $"{StorageNames.Connection}:{name}ServiceUri",
                    $"https://account.{name}.core.windows.net",
                    "https",
                    "http"
                )
                ?? throw SettingReader.Missing(
                    StorageNames.Connection,
                    "write a storage account's connection string, or its service addresses"
                );
            return new ByIdentity(Service("blob"), Service("queue"), Service("table"), Identity(read));
        }

        /// <summary>As the Functions host reads it: a managed identity where it says so, else whoever is signed in on this machine with Azure's command lines.</summary>
        private static TokenCredential Identity(SettingReader read) =>
            (
                read.Text($"{StorageNames.Connection}:credential"),
                read.Text($"{StorageNames.Connection}:clientId")
            ) switch
            {
                (null, _) => new ChainedTokenCredential(new AzureCliCredential(), new AzureDeveloperCliCredential()),
                ("managedidentity", null) => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
                ("managedidentity", var clientId) => new ManagedIdentityCredential(
                    ManagedIdentityId.FromUserAssignedClientId(clientId)
                ),
                var (other, _) => throw SettingReader.Wrong(
                    $"{StorageNames.Connection}:credential",
                    other,
                    "write managedidentity, or leave it out on a machine on which you are signed in"
                ),
            };

        public abstract TableServiceClient Tables(TableClientOptions options);

        public abstract BlobServiceClient Blobs(BlobClientOptions options);

        public abstract QueueServiceClient Queues(QueueClientOptions options);
    }

    private sealed class ByConnectionString(string connection) : StorageAccount
    {
        public override TableServiceClient Tables(TableClientOptions options) => new(connection, options);

        public override BlobServiceClient Blobs(BlobClientOptions options) => new(connection, options);

        public override QueueServiceClient Queues(QueueClientOptions options) => new(connection, options);
    }

    private sealed class ByIdentity(Uri blobs, Uri queues, Uri tables, TokenCredential identity) : StorageAccount
    {
        public override TableServiceClient Tables(TableClientOptions options) => new(tables, identity, options);

        public override BlobServiceClient Blobs(BlobClientOptions options) => new(blobs, identity, options);

        public override QueueServiceClient Queues(QueueClientOptions options) => new(queues, identity, options);
    }
}
