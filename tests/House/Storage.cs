using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.House;

/// <summary>
/// One Azurite in memory for all tests of this process, with an account, and so an empty storage, for each that asks.
/// Started by the first test that asks; it ends with the process.
/// </summary>
public static class Storage
{
    /// <summary>The connection string of a storage that nobody answers for.</summary>
    public const string Nowhere = "DefaultEndpointsProtocol=http;AccountName=blog;AccountKey=c2VjcmV0;"
        + "BlobEndpoint=http://127.0.0.1:1/blog;QueueEndpoint=http://127.0.0.1:1/blog;TableEndpoint=http://127.0.0.1:1/blog;";

    private static readonly string[] Accounts = [.. Enumerable.Range(0, 1000).Select(number => $"blog{number:000}")];

    private static readonly Lazy<Task<Azurite>> Emulator = new(
        () => Azurite.StartAsync(new AzuriteOptions(Directory: null, Accounts, LogFile: null), CancellationToken.None));

    private static int Taken;

    /// <summary>The connection string of an account that nobody has used before.</summary>
    /// <exception cref="InvalidOperationException">All accounts are taken: more tests than accounts.</exception>
    public static async Task<string> NewAccountAsync()
    {
        var number = Interlocked.Increment(ref Taken) - 1;
        if (number >= Accounts.Length)
        {
            throw new InvalidOperationException($"All {Accounts.Length} storage accounts are taken: raise their number in {nameof(Storage)}.");
        }

        return (await Emulator.Value).ConnectionString(Accounts[number]);
    }

    /// <summary>Takes the next message of a queue, as the Functions host does. Answers its text.</summary>
    public static async Task<string> TakeAsync(string connection, string queue)
    {
        var client = new QueueClient(connection, queue, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        return (await client.ReceiveMessageAsync()).Value.MessageText;
    }
}
