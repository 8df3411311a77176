using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>The handler as <c>dotnet publish</c> makes it, running as the Functions host would run it. Published once per test run.</summary>
public sealed class PublishedHandler : IAsyncDisposable
{
    private static readonly Lazy<Task> Publishing = new(() => Ready is null ? PublishAsync() : Task.CompletedTask);

    private readonly ProgramRun _run;

    private PublishedHandler(ProgramRun run, int port)
    {
        _run = run;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
    }

    /// <summary>A folder with a handler that is published already; null: it is published first. Set before anything else is asked.</summary>
    public static string? Ready { get; set; }

    /// <summary>Where it is, once published.</summary>
    public static string Folder => Ready ?? Path.Combine(Artifacts, "handler");

    /// <summary>The executable.</summary>
    public static string Executable => Path.Combine(Folder, "ServerlessBlog");

    /// <summary>Speaks to the handler as the Functions host does.</summary>
    public HttpClient Http { get; }

    /// <summary>The process.</summary>
    public ProgramRun Run => _run;

    private static string Artifacts => Path.Combine(RepositoryRoot.Find(), "artifacts", "tests");

    private static string Log => Path.Combine(Artifacts, "publish.log");

    /// <summary>Ends when it is published.</summary>
    public static Task PublishedAsync() => Publishing.Value;

    /// <summary>Starts it, once it is published.</summary>
    /// <param name="connection">Its storage; nothing is made there.</param>
    /// <param name="settings">More settings, spelled as the environment does.</param>
    public static async Task<PublishedHandler> StartAsync(
        string connection,
        params (string Name, string Value)[] settings
    )
    {
        await Publishing.Value;
        while (true)
        {
            var port = FreePort();
            var handler = new PublishedHandler(
                ProgramRun.Start(Executable, [], Environment(connection, port, settings)),
                port
            );
            if (await handler.AnswersAsync())
            {
                return handler;
            }

            // Between our asking and its binding somebody else got the port.
            var isClash = handler._run.Errors.Contains("address already in use", StringComparison.OrdinalIgnoreCase);
            await handler.DisposeAsync();
            if (!isClash)
            {
                throw new InvalidOperationException($"The handler ended: {handler._run.Output} {handler._run.Errors}");
            }
        }
    }

    /// <summary>What the handler is started with.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Environment(
        string connection,
        int port,
        params (string Name, string Value)[] settings
    ) =>
        [
            new(CustomHandlerHost.PortVariable, $"{port}"),
            new("ASPNETCORE_URLS", "http://127.0.0.1:1"), // the Functions host's own, which it leaves in the environment
            new(StorageNames.Connection, connection),
            new("Blog__Title", "Published blog"),
            new("Blog__BaseUrl", "http://blog.test"),
            new("Blog__Authors", "Ada <ada@blog.test>"),
            new("Blog__Secret", new string('s', 40)),
            new("Blog__Comments__FormSeconds", "0"),
            new("Blog__Comments__FloodSeconds", "0"),
            .. settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)),
        ];

    /// <summary>A port that was free a moment ago.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>What the publish printed when it last compiled.</summary>
    public static async Task<string[]> LogAsync()
    {
        await Publishing.Value;
        return await File.ReadAllLinesAsync(Log);
    }

    /// <summary>Calls a queue or timer function as the host does: chunked, without X-Forwarded-Host.</summary>
    public async Task<(HttpStatusCode Status, string Type, string Body)> CallAsync(string function, byte[] envelope)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/" + function)
        {
            Content = new ByteArrayContent(envelope),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
        using var answer = await Http.SendAsync(request);
        return (
            answer.StatusCode,
            answer.Content.Headers.ContentType?.MediaType ?? "",
            await answer.Content.ReadAsStringAsync()
        );
    }

    /// <summary>Sends what a visitor sends, as the host passes it on.</summary>
    public Task<HttpResponseMessage> ProxyAsync(HttpMethod method, string path, HttpContent? content = null) =>
        Http.SendAsync(Proxied(method, path, content));

    /// <summary>What a visitor sends, with what the host adds to it.</summary>
    public static HttpRequestMessage Proxied(HttpMethod method, string path, HttpContent? content) =>
        new(method, path)
        {
            Content = content,
            Headers = { { "X-Forwarded-Host", "blog.test" }, { "X-Forwarded-Proto", "https" } },
        };

    /// <summary>The page at this path, whatever its status.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var answer = await ProxyAsync(HttpMethod.Get, path);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _run.DisposeAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        while (ProgramRun.IsRunning(_run.Id))
        {
            try
            {
                using var answer = await Http.GetAsync(new Uri("/", UriKind.Relative));
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
    /// Into a folder of its own, so that it meets no other build. What has not changed is not compiled again.
    /// </summary>
    private static async Task PublishAsync()
    {
        Directory.CreateDirectory(Artifacts);
        await using var alone = await LockAsync();
        var (exitCode, output) = await DotnetPublishAsync();
        if (exitCode != 0 && IsToolchainMissing(output) && System.Environment.IsPrivilegedProcess)
        {
            await using var aptGet = ProgramRun.Start(
                "sh",
                [
                    "-c",
                    "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang zlib1g-dev",
                ]
            );
            await aptGet.EndAsync(TimeSpan.FromMinutes(10));
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
                await Task.Delay(TimeSpan.FromMilliseconds(500)); // a dead process holds no lock
            }
        }
    }
}
