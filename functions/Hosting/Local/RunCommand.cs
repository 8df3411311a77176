namespace ServerlessBlog.Hosting.Local;

/// <summary>The one command: storage, blog, host, until somebody ends one of them.</summary>
internal static class RunCommand
{
    /// <summary>Who writes and moderates until the owner says so.</summary>
    public const string Author = "The author <author@localhost>";

    private const string Account = "blog";

    /// <summary>Runs until Ctrl+C or SIGTERM (0), or until the storage ends (1).</summary>
    public static async Task<int> RunAsync(int port, string dataPath, bool quiet, CancellationToken stop)
    {
        void Say(string line)
        {
            if (!quiet)
            {
                Console.WriteLine(line);
            }
        }

        using var asked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var parent = WatchDotnetRun(asked.Cancel);
        stop = asked.Token;

        using var data = DataFolder.Open(dataPath);
        var ownStorage = new ConfigurationBuilder().AddEnvironmentVariables().Build().GetSection(StorageNames.Connection).AsEnumerable()
            .Any(setting => !string.IsNullOrWhiteSpace(setting.Value));
        await using var azurite = ownStorage
            ? null
            : await Azurite.StartAsync(new AzuriteOptions(data.Storage, [Account], data.StorageLog) { Say = Say }, stop);
        var connection = azurite?.ConnectionString(Account);
        var memory = new UploadMemory(data.Announced);
        var isFirstRun = memory.IsFirstRun && !ownStorage;

        await using var blog = await LocalBlog.StartAsync(port, Defaults(data, connection), new LocalTimes(), memory, compose: null, stop);
        data.Publish(connection ?? Environment.GetEnvironmentVariable(StorageNames.Connection) ?? "", blog.Services.GetRequiredService<BlogSettings>().BaseUrl);
        if (isFirstRun)
        {
            await Samples.UploadAsync(blog.Services.GetRequiredService<BlogStorage>(), stop);
        }

        Say($"Read:   {blog.Address.ToString().TrimEnd('/')}");
        Say("Write:  dotnet run --project functions -- upload FILE-OR-FOLDER...");
        Say($"        or any storage client, with the connection string in {DataFolder.ConnectionFile(data.Root)} (containers posts and media)");
        Say(MailLine(blog, data));
        Say("End:    Ctrl+C");

        using var stopping = stop.Register(blog.Stop);
        var stopped = blog.WaitAsync();
        if (await Task.WhenAny(stopped, azurite?.Ended ?? Task.Delay(Timeout.Infinite, CancellationToken.None)) == stopped)
        {
            return 0;
        }

        await Console.Error.WriteLineAsync($"The local storage has ended, so the blog ends too: start it again. Its last words are in {data.StorageLog}.");
        return 1;
    }

    private static Dictionary<string, string?> Defaults(DataFolder data, string? connection) => new()
    {
        ["Blog:Title"] = "A serverless blog",
        ["Blog:Authors"] = Author,
        ["Blog:Secret"] = data.Secret(),
        ["Blog:MailFolder"] = data.Mail,
        [StorageNames.Connection] = connection,
    };

    private static string MailLine(LocalBlog blog, DataFolder data) => blog.Services.GetRequiredService<BlogSettings>().Smtp is { } smtp
        ? $"Mail:   goes to {smtp.Host}"
        : $"Mail:   is written to {data.Mail} (set Blog__Smtp to have it sent)";

    /// <summary>Killed with -9, <c>dotnet run</c> leaves its program behind. A shell that ends does not end the blog.</summary>
    private static IAsyncDisposable WatchDotnetRun(Action onEnd) =>
        OperatingSystem.IsLinux() && ParentProcess.Name is "dotnet" ? ParentProcess.Watch(onEnd) : new Timer(static _ => { });
}
