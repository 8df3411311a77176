using Azure;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Makes what infra makes in Azure: every container, table and queue.</summary>
internal static class StorageProvisioning
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Makes what is missing.</summary>
    /// <exception cref="StartException">Storage does not answer, or refuses.</exception>
    public static async Task EnsureCreatedAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await Task.WhenAll([
                .. StorageNames.Containers.Select(name =>
                    storage.Container(name).CreateIfNotExistsAsync(cancellationToken: limit.Token) as Task
                ),
                .. StorageNames.Tables.Select(name => storage.Table(name).CreateIfNotExistsAsync(limit.Token)),
                .. StorageNames.Queues.Select(name =>
                    storage.Queue(name).CreateIfNotExistsAsync(cancellationToken: limit.Token)
                ),
                .. StorageNames.Queues.Select(name =>
                    storage.Queue(StorageNames.PoisonOf(name)).CreateIfNotExistsAsync(cancellationToken: limit.Token)
                ),
            ]);
        }
        catch (Exception problem)
            when (problem is RequestFailedException or AggregateException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new StartException(
                $"The storage in {StorageNames.Connection} cannot be used ({Reason(problem)}): check the setting, or unset it to use the local storage."
            );
        }
    }

    /// <summary>The storage of the blog that runs on this data, else the one in the environment.</summary>
    /// <exception cref="StartException">There is neither.</exception>
    public static BlogStorage Connect(string dataPath)
    {
        var file = DataFolder.ConnectionFile(dataPath);
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables();
        if (File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } connection)
        {
            configuration.AddInMemoryCollection([new(StorageNames.Connection, connection)]);
        }

        try
        {
            return new BlogStorage(configuration.Build(), []);
        }
        catch (SettingException)
        {
            throw new StartException(
                $"No blog is running on {dataPath}, and BlogStorage is not set: start the blog in another terminal, or set BlogStorage."
            );
        }
    }

    /// <summary>What storage says, in half a sentence.</summary>
    public static string Reason(Exception problem) =>
        problem switch
        {
            OperationCanceledException => "it does not answer",
            AggregateException { InnerExceptions: [.., var lastTry] } => Reason(lastTry), // one for each try
            _ => problem.GetBaseException().Message.Split('\n')[0].TrimEnd('.', '\r'),
        };
}
