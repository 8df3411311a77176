using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration.Memory;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The blog on this machine: its pages on a port, with the local host beside it playing queues, timers and upload events.</summary>
internal sealed class LocalBlog : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalBlog(WebApplication app) => _app = app;

    /// <summary>Where it is read, such as http://localhost:7071.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>The blog's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Ends when the blog has stopped: after Ctrl+C, SIGTERM or <see cref="Stop"/>.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <summary>Starts the blog: makes what is missing in the storage, then listens.</summary>
    /// <param name="port">0 to 65535; 0 lets the kernel choose.</param>
    /// <param name="defaults">Settings that the environment goes over.</param>
    /// <param name="times">How the local host waits.</param>
    /// <param name="memory">What was announced before.</param>
    /// <param name="compose">Replaces services; tests do.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StartFailure">The port is taken, or the storage cannot be used. Nothing is left running.</exception>
    public static async Task<LocalBlog> StartAsync(
        int port,
        IEnumerable<KeyValuePair<string, string?>> defaults,
        LocalTimes times,
        UploadMemory memory,
        Action<WebApplicationBuilder>? compose,
        CancellationToken cancellationToken)
    {
        var blog = new LocalBlog(Build(port, defaults, times, memory, compose));
        try
        {
            await LocalStorage.EnsureCreatedAsync(blog.Services.GetRequiredService<BlogStorage>(), cancellationToken);
            await blog._app.StartAsync(cancellationToken);
            blog.Address = new Uri(blog.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
                .Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
            return blog;
        }
        catch (Exception problem)
        {
            await blog._app.DisposeAsync();
            throw problem is IOException or SocketException
                ? new StartFailure($"The port {port} is taken: choose another with --port N, or end the program that has it.")
                : problem;
        }
    }

    /// <summary>Asks the blog to stop; <see cref="WaitAsync"/> ends when it has.</summary>
    public void Stop() => _app.Lifetime.StopApplication();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(
        int port, IEnumerable<KeyValuePair<string, string?>> defaults, LocalTimes times, UploadMemory memory, Action<WebApplicationBuilder>? compose)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Azure", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        Program.Compose(builder);
        builder.Services.AddSingleton(times);
        builder.Services.AddSingleton(memory);
        builder.Services.AddHostedService<QueuePump>();
        builder.Services.AddHostedService<TimerPump>();
        builder.Services.AddHostedService<UploadWatch>();
        compose?.Invoke(builder);

        var app = builder.Build();
        Program.Arrange(app);
        app.MapHttpFunctions();
        return app;
    }
}
