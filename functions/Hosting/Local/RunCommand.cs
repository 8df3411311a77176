using ServerlessBlog.Hosting.Local.Watching;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The command <c>serve</c>, which is also the default: starts the storage, the blog and the local host, and runs until
/// one of them ends.
/// </summary>
internal static class RunCommand
{
    private const string Account = "blog";

    /// <summary>Runs until Ctrl+C or SIGTERM, or until the storage ends.</summary>
    /// <returns>The exit code. 0: stopped by the user; 1: the storage has ended.</returns>
    /// <exception cref="StartException">
    /// The data folder or the port is in use, or the storage cannot be started.
    /// </exception>
    /// <exception cref="SettingException">A setting is invalid or unknown.</exception>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken stop)
    {
        Action<string> print = options.IsQuiet ? _ => { } : Console.WriteLine;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var parent = WatchDotnetRun(stopping.Cancel);
        stop = stopping.Token;

        var folder = options.WatchPath is null ? null : FindFolder(options.WatchPath, options.DataPath);
        using var data = DataFolder.Open(options.DataPath);
        using var socket = LocalBlog.Listen(options.Port);
        LocalSettings.Read(Defaults(data, connection: null), LocalBlog.AddressOf(socket)); // fails first
        await using var azurite = IsStorageConfigured() ? null : await StartStorageAsync(data, print, stop);
        var connection = azurite?.ConnectionString(Account);
        var history = new AnnouncedUploads(data.Announced);
        var isFirstRun = history.IsFirstRun && azurite is not null;
        if (isFirstRun && !options.HasSamples)
        {
            history.Save(); // otherwise the next start would be a first run too
        }

        await using var blog = await LocalBlog.StartAsync(
            socket,
            Defaults(data, connection),
            new LocalHostOptions { ReloadsPages = folder is not null },
            history,
            options.HasTelemetry ? builder => builder.Services.AddConsoleTelemetry() : null,
            stop
        );
        Publish(data, blog, connection);
        if (isFirstRun && options.HasSamples)
        {
            print("Publishing the sample posts...");
            await SamplePosts.UploadAsync(blog.Services.GetRequiredService<BlogStorage>(), stop);
        }

        var command = new PrintedCommand(options.IsDataNamed ? options.DataPath : null);
        print(string.Join(Environment.NewLine, Banner.Lines(blog, data, command, folder)));
        var watching = folder is null ? Task.CompletedTask : WatchAsync(folder, blog, data, options.IsQuiet, stop);
        var exitCode = await WaitAsync(blog, azurite, data, stop);
        await stopping.CancelAsync();
        await watching;
        return exitCode;
    }

    private static Task WatchAsync(
        string folder,
        LocalBlog blog,
        DataFolder data,
        bool isQuiet,
        CancellationToken stop
    ) =>
        new FolderWatch(
            folder,
            blog.Services.GetRequiredService<BlogStorage>(),
            new WatchedNames(data.Watched, folder),
            isQuiet
        ).RunAsync(stop);

    /// <summary>Returns the full path of the folder to watch.</summary>
    /// <exception cref="StartException">It is no folder, or holds the blog's own data.</exception>
    private static string FindFolder(string path, string dataPath)
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var inside = Path.GetRelativePath(folder, dataPath);
        return File.Exists(path) ? throw new StartException($"{path} is a file: --watch takes the folder it is in.")
            : !Directory.Exists(path)
                ? throw new StartException($"There is no folder {path} to watch: check the name, or create it.")
            : inside.Split(Path.DirectorySeparatorChar)[0] is not ("..") and not ['.', not '.', ..]
            && !Path.IsPathRooted(inside)
                ? throw new StartException(
                    $"The blog's data is in the folder to watch, in {dataPath}: choose another with --data DIR."
                )
            : folder;
    }

    private static Task<Azurite> StartStorageAsync(DataFolder data, Action<string> print, CancellationToken stop) =>
        Azurite.StartAsync(new AzuriteOptions(data.Storage, [Account], data.StorageLog) { OnProgress = print }, stop);

    /// <summary>Returns true when the environment sets a storage account.</summary>
    internal static bool IsStorageConfigured() =>
        new ConfigurationBuilder()
            .AddEnvironmentVariables()
            .Build()
            .GetSection(StorageNames.Connection)
            .AsEnumerable()
            .Any(setting => !string.IsNullOrWhiteSpace(setting.Value));

    private static void Publish(DataFolder data, LocalBlog blog, string? connection) =>
        data.Publish(
            connection ?? Environment.GetEnvironmentVariable(StorageNames.Connection) ?? "",
            blog.Address.ToString().TrimEnd('/'),
            blog.Services.GetRequiredService<IConfiguration>()["Blog:Authors"] ?? ""
        );

    private static async Task<int> WaitAsync(LocalBlog blog, Azurite? azurite, DataFolder data, CancellationToken stop)
    {
        using var registration = stop.Register(blog.Stop);
        var stopped = blog.WaitAsync();
        if (
            await Task.WhenAny(stopped, azurite?.Exited ?? Task.Delay(Timeout.Infinite, CancellationToken.None))
            == stopped
        )
        {
            return 0;
        }

        await Console.Error.WriteLineAsync(
            "The local storage has ended, so the blog ends too: start it again. "
                + $"Its last words are in {data.StorageLog}."
        );
        return 1;
    }

    private static Dictionary<string, string?> Defaults(DataFolder data, string? connection) =>
        LocalSettings.Defaults(LocalSignIn.PlaceholderAuthor, data.Secret(), data.Mail, connection);

    /// <summary>
    /// Stops the blog when <c>dotnet run</c> was killed with SIGKILL, which leaves its program running. The end of a
    /// shell does not stop the blog.
    /// </summary>
    private static IAsyncDisposable WatchDotnetRun(Action onEnd) =>
        OperatingSystem.IsLinux() && ParentProcess.Name is "dotnet"
            ? ParentProcess.Watch(onEnd)
            : new Timer(static _ => { });
}
