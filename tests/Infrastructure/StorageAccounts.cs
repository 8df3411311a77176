using System.Collections.Concurrent;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// Provides accounts of in-memory Azurite emulators, each an empty storage. Emulators are started on demand and end
/// with the process.
/// </summary>
/// <remarks>
/// Azurite keeps the messages of all its accounts in one collection and sorts it at each read of any queue: messages
/// that earlier tests leave behind would slow down later ones. Therefore each emulator serves 50 accounts only.
/// </remarks>
public static class StorageAccounts
{
    /// <summary>The connection string of an unreachable storage: nothing listens at its endpoints.</summary>
    public const string Unreachable =
        "DefaultEndpointsProtocol=http;AccountName=blog;AccountKey=c2VjcmV0;"
        + "BlobEndpoint=http://127.0.0.1:1/blog;QueueEndpoint=http://127.0.0.1:1/blog;"
        + "TableEndpoint=http://127.0.0.1:1/blog;";

    private const int AccountsPerEmulator = 50;

    private static readonly string[] Accounts =
    [
        .. Enumerable.Range(0, AccountsPerEmulator).Select(number => $"blog{number:000}"),
    ];

    private static readonly ConcurrentDictionary<int, Lazy<Task<Azurite>>> Emulators = [];

    private static int AccountsUsed;

    /// <summary>Gets the connection string of an unused account, starting an emulator when necessary.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var (emulator, account) = Math.DivRem(Interlocked.Increment(ref AccountsUsed) - 1, AccountsPerEmulator);
        var started = Emulators.GetOrAdd(emulator, _ =>
            new(() =>
                Azurite.StartAsync(new AzuriteOptions(Directory: null, Accounts, LogFile: null), CancellationToken.None)
            )
        );
        return (await started.Value).ConnectionString(Accounts[account]);
    }

    /// <summary>
    /// Receives the next message of a queue as the Functions host does, base64-decoded, and returns its text.
    /// </summary>
    public static async Task<string> ReceiveAsync(string connection, string queue)
    {
        var client = new QueueClient(
            connection,
            queue,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        return (await client.ReceiveMessageAsync()).Value.MessageText;
    }
}
