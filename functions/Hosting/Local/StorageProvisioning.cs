using Azure;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Creates every container, table and queue locally, as infra does in Azure.</summary>
internal static class StorageProvisioning
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    /// <summary>Creates the missing ones.</summary>
    /// <exception cref="StartException">Storage refused, or did not respond within 15 s.</exception>
    public static async Task EnsureCreatedAsync(BlogStorage storage, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Timeout);
        try
        {
            await Task.WhenAll([
                .. StorageNames.Containers.Select(name =>
                    storage.Container(name).CreateIfNotExistsAsync(cancellationToken: timeout.Token) as Task
                ),
                .. StorageNames.Tables.Select(name => storage.Table(name).CreateIfNotExistsAsync(timeout.Token)),
                .. StorageNames.Queues.Select(name =>
                    storage.Queue(name).CreateIfNotExistsAsync(cancellationToken: timeout.Token)
                ),
                .. StorageNames.Queues.Select(name =>
                    storage
                        .Queue(StorageNames.PoisonQueueOf(name))
                        .CreateIfNotExistsAsync(cancellationToken: timeout.Token)
                ),
            ]);
        }
        catch (Exception problem)
            when (problem is RequestFailedException or AggregateException or OperationCanceledException
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new StartException(
                $"The storage in {StorageNames.Connection} cannot be used ({Reason(problem)}): "
                    + "check the setting, or unset it to use the local storage."
            );
        }
    }

    /// <summary>
    /// Connects to the storage of the blog that runs on this data folder, else to the one in the environment. Makes no
    /// call.
    /// </summary>
    /// <exception cref="StartException">No blog runs on the folder, and the environment sets no storage.</exception>
    public static BlogStorage Connect(string dataPath)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables();
        if (FindRunning(dataPath) is { } connection)
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
                $"No blog is running on {dataPath}, and BlogStorage is not set: "
                    + "start the blog in another terminal, or set BlogStorage."
            );
        }
    }

    /// <summary>
    /// Whether a blog runs on this data folder. Its queue of uploads then takes events from the commands: storage sends
    /// none there.
    /// </summary>
    public static bool IsBlogRunning(string dataPath) => FindRunning(dataPath) is not null;

    /// <summary>The connection string of the blog that runs on this data folder; null when none does.</summary>
    private static string? FindRunning(string dataPath)
    {
        var file = DataFolder.ConnectionFile(dataPath);
        return File.Exists(file) && File.ReadAllText(file).Trim() is { Length: > 0 } connection ? connection : null;
    }

    /// <summary>The reason of a storage failure as a part of a sentence, without a full stop.</summary>
    public static string Reason(Exception problem) =>
        problem switch
        {
            OperationCanceledException => "it does not answer",
            AggregateException { InnerExceptions: [.., var lastAttempt] } => Reason(lastAttempt), // one per attempt
            _ => problem.GetBaseException().Message.Split('\n')[0].TrimEnd('.', '\r'),
        };
}
