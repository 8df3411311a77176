using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>
/// Creates the clients of the storage account for the stores. Makes no call itself. Safe for any number of threads.
/// </summary>
/// <remarks>
/// Clients for readers use short timeouts, because a reader is waiting: 2 s per attempt, and one retry unless that time
/// passed (<see cref="StorageCircuit"/>); then the stale page in memory is served. The others are for writes and queue
/// functions: 10 s per attempt and three retries, within the time limits of the host.
/// </remarks>
public sealed class BlogStorage
{
    private readonly TableServiceClient _readTables;
    private readonly TableServiceClient _tables;
    private readonly BlobServiceClient _readBlobs;
    private readonly BlobServiceClient _blobs;
    private readonly QueueServiceClient _queues;
    private readonly QueueServiceClient _unencodedQueues;

    /// <summary>
    /// Reads the setting <c>BlogStorage</c> as the Functions host does: a connection string, or service addresses with
    /// an identity.
    /// </summary>
    /// <param name="configuration">The configuration with the setting.</param>
    /// <param name="policies">
    /// Policies added to the pipeline of every client, per attempt; tests count and fail calls with them.
    /// </param>
    /// <param name="circuit">
    /// The circuit breaker of the clients for readers; null for a program without readers.
    /// </param>
    /// <exception cref="SettingException">The setting is missing or invalid.</exception>
    public BlogStorage(
        IConfiguration configuration,
        IEnumerable<HttpPipelinePolicy> policies,
        StorageCircuit? circuit = null
    )
    {
        HttpPipelinePolicy[] forReaders = circuit is null ? [.. policies] : [circuit.ForReaders, .. policies];
        HttpPipelinePolicy[] forWriting = circuit is null ? [.. policies] : [circuit.ForWriting, .. policies];
        try
        {
            var account = StorageAccount.Read(configuration);
            _readTables = account.Tables(RetryProfiles.ForReaders(new TableClientOptions(), forReaders));
            _tables = account.Tables(RetryProfiles.ForWriting(new TableClientOptions(), forWriting));
            _readBlobs = account.Blobs(RetryProfiles.ForReaders(BlobOptions(), forReaders));
            _blobs = account.Blobs(RetryProfiles.ForWriting(BlobOptions(), forWriting));

            // The queue trigger expects base64. The default of the SDK is none, with which every message would end in
            // the poison queue.
            var queues = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 };
            queues.MessageDecodingFailed += MoveToPoisonAsync;
            _queues = account.Queues(RetryProfiles.ForWriting(queues, forWriting));
            _unencodedQueues = account.Queues(
                RetryProfiles.ForWriting(
                    new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None },
                    forWriting
                )
            );
        }
        catch (Exception problem) when (problem is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new SettingException(
                $"The setting {StorageNames.Connection} cannot be read: write a storage account's connection string."
            );
        }
    }

    /// <summary>By default the SDK removes slashes from the ends of a blob's name, which names another blob.</summary>
    private static BlobClientOptions BlobOptions() => new() { TrimBlobNameSlashes = false };

    /// <summary>A table, with the retries for queue functions and forms.</summary>
    public TableClient Table(string name) => _tables.GetTableClient(name);

    /// <summary>A table, with the short timeouts for readers.</summary>
    public TableClient TableForReaders(string name) => _readTables.GetTableClient(name);

    /// <summary>A container, with the retries for queue functions and forms.</summary>
    public BlobContainerClient Container(string name) => _blobs.GetBlobContainerClient(name);

    /// <summary>A container, with the short timeouts for readers.</summary>
    public BlobContainerClient ContainerForReaders(string name) => _readBlobs.GetBlobContainerClient(name);

    /// <summary>A queue whose messages are encoded in base64.</summary>
    public QueueClient Queue(string name) => _queues.GetQueueClient(name);

    /// <summary>
    /// A queue whose messages are neither encoded nor decoded, for poison queues: they hold messages that are not
    /// base64 too.
    /// </summary>
    public QueueClient UnencodedQueue(string name) => _unencodedQueues.GetQueueClient(name);

    /// <summary>
    /// Moves a message that is not base64 to the poison queue unchanged, as the Functions host does, so that it does
    /// not block its queue.
    /// </summary>
    /// <remarks>
    /// Source: the host's queue extension (QueueServiceClientProvider), which has a client without encoding for this
    /// purpose.
    /// </remarks>
    private async Task MoveToPoisonAsync(QueueMessageDecodingFailedEventArgs failed)
    {
        if (failed.ReceivedMessage is { } message)
        {
            await UnencodedQueue(StorageNames.PoisonQueueOf(failed.Queue.Name))
                .SendMessageAsync(
                    message.Body,
                    timeToLive: TimeSpan.FromSeconds(-1),
                    cancellationToken: failed.CancellationToken
                );
            await failed.Queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, failed.CancellationToken);
        }
    }

    /// <summary>Timeouts and retries of the clients.</summary>
    private static class RetryProfiles
    {
        public static T ForReaders<T>(T options, HttpPipelinePolicy[] attemptPolicies)
            where T : ClientOptions => Configure(options, attemptPolicies, TimeSpan.FromSeconds(2), retries: 1);

        public static T ForWriting<T>(T options, HttpPipelinePolicy[] attemptPolicies)
            where T : ClientOptions => Configure(options, attemptPolicies, TimeSpan.FromSeconds(10), retries: 3);

        private static T Configure<T>(
            T options,
            HttpPipelinePolicy[] attemptPolicies,
            TimeSpan attemptTimeout,
            int retries
        )
            where T : ClientOptions
        {
            options.Retry.NetworkTimeout = attemptTimeout;
            options.Retry.MaxRetries = retries;
            options.Retry.Delay = TimeSpan.FromMilliseconds(100);
            options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
            options.Diagnostics.IsDistributedTracingEnabled = false;
            options.AddPolicy(new StorageCallPolicy(options), HttpPipelinePosition.PerRetry);
            foreach (var policy in attemptPolicies)
            {
                options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
            }

            return options;
        }
    }

    /// <summary>Creates clients of the storage account, by connection string or by identity.</summary>
    private sealed record StorageAccount(
        Func<TableClientOptions, TableServiceClient> Tables,
        Func<BlobClientOptions, BlobServiceClient> Blobs,
        Func<QueueClientOptions, QueueServiceClient> Queues
    )
    {
        public static StorageAccount Read(IConfiguration configuration)
        {
            var read = new SettingReader(configuration);
            if (read.Text(StorageNames.Connection) is { } connection)
            {
                return new(
                    options => new(connection, options),
                    options => new(connection, options),
                    options => new(connection, options)
                );
            }

            var (blobs, queues, tables) = (Service("blob"), Service("queue"), Service("table"));
            var identity = Identity(read);
            return new(
                options => new(tables, identity, options),
                options => new(blobs, identity, options),
                options => new(queues, identity, options)
            );

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
        }

        /// <summary>
        /// The identity, as the Functions host chooses it: a managed identity when the setting says so, else the
        /// account signed in to the Azure CLI or the Azure Developer CLI on this machine.
        /// </summary>
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
                var (other, _) => throw SettingReader.Invalid(
                    $"{StorageNames.Connection}:credential",
                    other,
                    "write managedidentity, or leave it out on a machine on which you are signed in"
                ),
            };
    }
}
