using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The one command: storage, blog, host, until somebody ends one of them.</summary>
internal static class RunCommand
{
    private const string Account = "blog";

    /// <summary>Runs until Ctrl+C or SIGTERM (0), or until the storage ends (1).</summary>
    public static async Task<int> RunAsync(RunOptions options, CancellationToken stop)
    {
        Action<string> say = options.IsQuiet ? _ => { } : Console.WriteLine;
        using var asked = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await using var parent = WatchDotnetRun(asked.Cancel);
        stop = asked.Token;

        using var data = DataFolder.Open(options.DataPath);
        using var socket = LocalBlog.Listen(options.Port);
        CheckSettings(Defaults(data, connection: null), LocalBlog.AddressOf(socket));
        await using var azurite = HasOwnStorage()
            ? null
            : await Azurite.StartAsync(
                new AzuriteOptions(data.Storage, [Account], data.StorageLog) { Say = say },
                stop
            );
        var connection = azurite?.ConnectionString(Account);
        var history = new AnnouncedUploads(data.Announced);
        var isFirstRun = history.IsFirstRun && azurite is not null;
        if (isFirstRun && !options.HasSamples)
        {
            history.Save([]); // so that the next start is not a first one
        }

        await using var blog = await LocalBlog.StartAsync(
            socket,
            Defaults(data, connection),
            new LocalHostOptions(),
            history,
            compose: null,
            stop
        );
        Publish(data, blog, connection);
        if (isFirstRun && options.HasSamples)
        {
            say("Publishing the sample posts...");
            await SamplePosts.UploadAsync(blog.Services.GetRequiredService<BlogStorage>(), stop);
        }

        var command = new PrintedCommand(options.IsDataNamed ? options.DataPath : null);
        say(string.Join(Environment.NewLine, Banner.Lines(blog, data, command)));
        return await WaitAsync(blog, azurite, data, stop);
    }

    /// <summary>Reads the settings as the blog will, so that a wrong one is told before anything is started.</summary>
    /// <exception cref="SettingException">A setting cannot be used, or there is none of this name.</exception>
    private static void CheckSettings(IReadOnlyDictionary<string, string?> defaults, string address)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(defaults)
            .AddInMemoryCollection([new("Blog:BaseUrl", address)])
            .AddEnvironmentVariables()
            .Build();
        var reader = new SettingReader(configuration);
        BlogSettings.Read(reader);
        if (UnknownSettings.Find(configuration, reader).Problems is [_, ..] problems)
        {
            throw new SettingException(string.Join(' ', problems));
        }
    }

    private static bool HasOwnStorage() =>
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
        using var stopping = stop.Register(blog.Stop);
        var stopped = blog.WaitAsync();
        if (
            await Task.WhenAny(stopped, azurite?.Ended ?? Task.Delay(Timeout.Infinite, CancellationToken.None))
            == stopped
        )
        {
            return 0;
        }

        await Console.Error.WriteLineAsync(
            $"The local storage has ended, so the blog ends too: start it again. Its last words are in {data.StorageLog}."
        );
        return 1;
    }

    private static Dictionary<string, string?> Defaults(DataFolder data, string? connection) =>
        new()
        {
            ["Blog:Title"] = "A serverless blog",
            ["Blog:Authors"] = LocalSignIn.PlaceholderAuthor,
            ["Blog:Secret"] = data.Secret(),
            ["Blog:MailFolder"] = data.Mail,
            [StorageNames.Connection] = connection,
        };

    /// <summary>Killed with -9, <c>dotnet run</c> leaves its program behind. A shell that ends does not end the blog.</summary>
    private static IAsyncDisposable WatchDotnetRun(Action onEnd) =>
        OperatingSystem.IsLinux() && ParentProcess.Name is "dotnet"
            ? ParentProcess.Watch(onEnd)
            : new Timer(static _ => { });
}
