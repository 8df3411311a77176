using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// The custom handler as <c>dotnet publish</c> produces it, started as the Functions host starts it. Published once per
/// test run.
/// </summary>
public sealed class PublishedHandler : IAsyncDisposable
{
    private static readonly Lazy<Task> Publishing = new(() =>
        PrepublishedFolder is null ? PublishAsync() : Task.CompletedTask
    );

    private readonly ProgramRun _run;

    private PublishedHandler(ProgramRun run, int port)
    {
        _run = run;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
    }

    /// <summary>
    /// The folder of a handler that is published already; null, the default, to publish it first. To be set before any
    /// other member is used.
    /// </summary>
    public static string? PrepublishedFolder { get; set; }

    /// <summary>The folder of the published handler.</summary>
    public static string Folder => PrepublishedFolder ?? Path.Combine(Artifacts, "handler");

    /// <summary>The path of the published executable.</summary>
    public static string Executable => Path.Combine(Folder, "ServerlessBlog");

    /// <summary>A client of the handler's own port; follows no redirects.</summary>
    public HttpClient Http { get; }

    /// <summary>The handler's process.</summary>
    public ProgramRun Run => _run;

    private static string Artifacts => Path.Combine(RepositoryRoot.Find(), "artifacts", "tests");

    private static string Log => Path.Combine(Artifacts, "publish.log");

    /// <summary>Completes when the handler is published.</summary>
    public static Task EnsurePublishedAsync() => Publishing.Value;

    /// <summary>Publishes the handler when that has not happened yet, starts it, and waits until it responds.</summary>
    /// <param name="connection">The connection string of the handler's storage; no container, table or queue is created
    /// in it.</param>
    /// <param name="settings">Additional settings, named as environment variables.</param>
    public static async Task<PublishedHandler> StartAsync(
        string connection,
        params (string Name, string Value)[] settings
    )
    {
        await Publishing.Value;
        return await StartFromAsync(Executable, connection, settings);
    }

    /// <summary>
    /// Starts the custom handler from the build that <c>dotnet test</c> made, which is not compiled to native code, and
    /// waits until it responds.
    /// </summary>
    /// <param name="connection">As for <see cref="StartAsync"/>.</param>
    /// <param name="settings">As for <see cref="StartAsync"/>.</param>
    public static Task<PublishedHandler> StartBuiltAsync(
        string connection,
        params (string Name, string Value)[] settings
    ) => StartFromAsync(ProgramRun.BuiltProgram, connection, [.. settings, ("DOTNET_ROOT", ProgramRun.DotnetRoot)]);

    /// <summary>Starts a copy of the published handler, and waits until it responds.</summary>
    /// <param name="executable">The copy's executable.</param>
    /// <param name="connection">As for <see cref="StartAsync"/>.</param>
    /// <param name="settings">As for <see cref="StartAsync"/>.</param>
    public static async Task<PublishedHandler> StartFromAsync(
        string executable,
        string connection,
        params (string Name, string Value)[] settings
    )
    {
        while (true)
        {
            var port = FreePort();
            var handler = new PublishedHandler(
                ProgramRun.Start(executable, [], Environment(connection, port, settings)),
                port
            );
            if (await handler.WaitUntilRespondingAsync())
            {
                return handler;
            }

            // Another process may bind the port between FreePort and the handler's start.
            var isClash = handler._run.Errors.Contains("address already in use", StringComparison.OrdinalIgnoreCase);
            await handler.DisposeAsync();
            if (!isClash)
            {
                throw new InvalidOperationException($"The handler ended: {handler._run.Output} {handler._run.Errors}");
            }
        }
    }

    /// <summary>The environment variables that the handler is started with.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(
        string connection,
        int port,
        params (string Name, string Value)[] settings
    ) =>
        [
            new(CustomHandlerHost.PortVariable, $"{port}"),
            new("ASPNETCORE_URLS", "http://127.0.0.1:1"), // the Functions host's own value, which its children inherit
            new(StorageNames.Connection, connection),
            new("Blog__Title", "Published blog"),
            new("Blog__BaseUrl", "http://blog.test"),
            new("Blog__Authors", "Ada <ada@blog.test>"),
            new("Blog__Secret", new string('s', 40)),
            new("Blog__Comments__FormSeconds", "0"),
            new("Blog__Comments__FloodSeconds", "0"),
            new("Blog__Comments__MailMinutes", "0"),
            new("Blog__Comments__MaxPerDay", "0"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
        ];

    /// <summary>Finds a TCP port that is free now; another process may take it before it is used.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Reads the output of the last publish that compiled native code.</summary>
    public static async Task<string[]> PublishLogAsync()
    {
        await Publishing.Value;
        return await File.ReadAllLinesAsync(Log);
    }

    /// <summary>
    /// Invokes a queue or timer function as the host does: with a chunked request, without X-Forwarded-Host.
    /// </summary>
    public async Task<(HttpStatusCode Status, string Type, string Body)> CallAsync(string function, byte[] envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/" + function)
        {
            Content = new ByteArrayContent(envelope),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        using var response = await Http.SendAsync(request);
        return (
            response.StatusCode,
            response.Content.Headers.ContentType?.MediaType ?? "",
            await response.Content.ReadAsStringAsync()
        );
    }

    /// <summary>Sends a visitor's request as the host proxies it.</summary>
    public Task<HttpResponseMessage> ProxyAsync(HttpMethod method, string path, HttpContent? content = null) =>
        Http.SendAsync(CreateProxiedRequest(method, path, content));

    /// <summary>Creates a visitor's request with the headers that the host adds to it.</summary>
    public static HttpRequestMessage CreateProxiedRequest(HttpMethod method, string path, HttpContent? content) =>
        new(method, path)
        {
            Content = content,
            Headers = { { "X-Forwarded-Host", "blog.test" }, { "X-Forwarded-Proto", "https" } },
        };

    /// <summary>Gets the body of the page at this path, whatever its status.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await ProxyAsync(HttpMethod.Get, path);
        return await response.Content.ReadAsStringAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _run.DisposeAsync();
    }

    private async Task<bool> WaitUntilRespondingAsync()
    {
        while (ProgramRun.IsRunning(_run.Id))
        {
            try
            {
                using var response = await Http.GetAsync(new Uri("/", UriKind.Relative));
                return ProgramRun.IsRunning(_run.Id);
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10));
            }
        }

        return false;
    }

    /// <summary>
    /// Publishes into a separate artifacts folder, so that it does not collide with other builds. The build is
    /// incremental.
    /// </summary>
    private static async Task PublishAsync()
    {
        Directory.CreateDirectory(Artifacts);
        await using var publishLock = await LockAsync();
        var (exitCode, output) = await DotnetPublishAsync();
        if (exitCode != 0 && IsToolchainMissing(output) && System.Environment.IsPrivilegedProcess)
        {
            await DebianPackage.InstallAsync(() => false, "clang", "zlib1g-dev");
            (exitCode, output) = await DotnetPublishAsync();
        }

        if (exitCode != 0)
        {
            throw new InvalidOperationException(
                IsToolchainMissing(output)
                    ? "Native AOT needs a C toolchain: sudo apt-get install clang zlib1g-dev"
                    : $"dotnet publish failed: {output}"
            );
        }

        if (output.Contains("Generating native code", StringComparison.Ordinal))
        {
            await File.WriteAllTextAsync(Log, output);
        }
    }

    private static async Task<(int ExitCode, string Output)> DotnetPublishAsync()
    {
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        return await ProgramRun.DotnetAsync(
            "publish",
            "functions",
            "-c",
            "Release",
            "-r",
            architecture,
            "-o",
            Folder,
            "--artifacts-path",
            Path.Combine(Artifacts, "build")
        );
    }

    private static bool IsToolchainMissing(string output) =>
        output.Contains("Platform linker", StringComparison.Ordinal)
        || output.Contains("cannot find -lz", StringComparison.Ordinal);

    private static async Task<FileStream> LockAsync()
    {
        while (true)
        {
            try
            {
                return new FileStream(
                    Path.Combine(Artifacts, "publish.lock"),
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None
                );
            }
            catch (IOException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500)); // the lock is released when its process dies
            }
        }
    }
}
