using System.Collections.Concurrent;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// An account of an Azurite in memory, and so an empty storage, for each that asks. Started by the first test that asks; it ends with the process.
/// </summary>
/// <remarks>
/// Azurite keeps the messages of all its accounts together, and sorts them anew at each look into any queue: what early tests leave behind would make
/// late ones slow. So the accounts are spread over several.
/// </remarks>
public static class StorageAccounts
{
    /// <summary>The connection string of a storage that nobody answers for.</summary>
    public const string Nowhere =
        "DefaultEndpointsProtocol=http;AccountName=blog;AccountKey=c2VjcmV0;"
        + "BlobEndpoint=http://127.0.0.1:1/blog;QueueEndpoint=http://127.0.0.1:1/blog;TableEndpoint=http://127.0.0.1:1/blog;";

    private const int AccountsEach = 50;

    private static readonly string[] Accounts =
    [
        .. Enumerable.Range(0, AccountsEach).Select(number => $"blog{number:000}"),
    ];

    private static readonly ConcurrentDictionary<int, Lazy<Task<Azurite>>> Emulators = [];

    private static int Taken;

    /// <summary>The connection string of an account that nobody has used before.</summary>
    public static async Task<string> NewAccountAsync()
    {
        var (emulator, account) = Math.DivRem(Interlocked.Increment(ref Taken) - 1, AccountsEach);
        var started = Emulators.GetOrAdd(emulator, _ =>
            new(() =>
                Azurite.StartAsync(new AzuriteOptions(Directory: null, Accounts, LogFile: null), CancellationToken.None)
            )
        );
        return (await started.Value).ConnectionString(Accounts[account]);
    }

    /// <summary>Takes the next message of a queue, as the Functions host does. Answers its text.</summary>
    public static async Task<string> TakeAsync(string connection, string queue)
    {
        var client = new QueueClient(
            connection,
            queue,
            new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }
        );
        return (await client.ReceiveMessageAsync()).Value.MessageText;
    }
}
