using System.Net;
using System.Net.Sockets;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.Memory;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The blog on this machine: its pages on a port, with the local host beside it playing queues, timers and upload events.</summary>
internal sealed class LocalBlog : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalBlog(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>Where it is read, such as http://localhost:7071.</summary>
    public Uri Address { get; }

    /// <summary>The blog's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Ends when the blog has stopped: after Ctrl+C, SIGTERM or <see cref="Stop"/>.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <summary>Starts the blog: makes what is missing in the storage, then listens.</summary>
    /// <param name="port">0 to 65535; 0 lets the kernel choose.</param>
    /// <param name="defaults">Settings that the environment goes over; without Blog:BaseUrl, it is the address on this machine.</param>
    /// <param name="options">How the local host waits.</param>
    /// <param name="history">What was announced before.</param>
    /// <param name="compose">Replaces services; tests do.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StartException">The port is taken, or the storage cannot be used. Nothing is left running.</exception>
    public static Task<LocalBlog> StartAsync(
        int port,
        IEnumerable<KeyValuePair<string, string?>> defaults,
        LocalHostOptions options,
        AnnouncedUploads history,
        Action<WebApplicationBuilder>? compose,
        CancellationToken cancellationToken
    ) => StartAsync(Listen(port), defaults, options, history, compose, cancellationToken);

    /// <summary>Starts the blog on a port that is taken already.</summary>
    /// <param name="socket">From <see cref="Listen"/>. It is closed with the blog, and when the start fails.</param>
    /// <param name="defaults">Settings that the environment goes over; without Blog:BaseUrl, it is the address on this machine.</param>
    /// <param name="options">How the local host waits.</param>
    /// <param name="history">What was announced before.</param>
    /// <param name="compose">Replaces services; tests do.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <exception cref="StartException">The storage cannot be used. Nothing is left running.</exception>
    public static async Task<LocalBlog> StartAsync(
        Socket socket,
        IEnumerable<KeyValuePair<string, string?>> defaults,
        LocalHostOptions options,
        AnnouncedUploads history,
        Action<WebApplicationBuilder>? compose,
        CancellationToken cancellationToken
    )
    {
        var address = AddressOf(socket);
        WebApplication? app = null;
        try
        {
            app = Build(
                socket,
                [
                    [new("Blog:BaseUrl", address)],
                    defaults,
                ],
                options,
                history,
                compose
            );
            await StorageProvisioning.EnsureCreatedAsync(
                app.Services.GetRequiredService<BlogStorage>(),
                cancellationToken
            );
            await app.StartAsync(cancellationToken);
            return new LocalBlog(app, new Uri(address));
        }
        catch
        {
            await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
            socket.Dispose();
            throw;
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

    /// <summary>Where a blog on this socket is read, such as http://localhost:7071.</summary>
    public static string AddressOf(Socket socket) => $"http://localhost:{((IPEndPoint)socket.LocalEndPoint!).Port}";

    /// <summary>Takes the port before anything else is made: settings may name it, and who comes too late learns it here.</summary>
    /// <exception cref="StartException">The port is taken.</exception>
    public static Socket Listen(int port)
    {
        try
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(
                new IPEndPoint(IPAddress.Loopback, port)
            );
            socket.Listen(); // a port that is only bound can be bound once more
            return socket;
        }
        catch (SocketException problem)
        {
            throw new StartException(
                $"The port {port} cannot be used ({problem.Message}): choose another with --port N, or end the program that has it."
            );
        }
    }

    private static WebApplication Build(
        Socket socket,
        IEnumerable<KeyValuePair<string, string?>>[] settings,
        LocalHostOptions options,
        AnnouncedUploads history,
        Action<WebApplicationBuilder>? compose
    )
    {
        var builder = WebApplication.CreateSlimBuilder(CustomHandlerHost.Options);
        foreach (var (layer, values) in settings.Index())
        {
            builder.Configuration.Sources.Insert(layer, new MemoryConfigurationSource { InitialData = values }); // below the environment
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseSockets(transport => transport.CreateBoundListenSocket = _ => socket);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(socket.LocalEndPoint!));
        Program.ConfigureBuilder(builder);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(history);
        builder.Services.AddSingleton<InvokeFunction>(services =>
            services.GetRequiredService<TriggerInvoker>().InvokeAsync
        );
        builder.Services.AddSingleton(services => LocalSignIn.Hint(services.GetRequiredService<BlogSettings>()));
        builder.Services.AddSingleton<QueueSendPolicy>();
        builder.Services.AddSingleton<HttpPipelinePolicy>(services => services.GetRequiredService<QueueSendPolicy>());
        builder.Services.AddHostedService<QueuePump>();
        builder.Services.AddHostedService<TimerPump>();
        builder.Services.AddHostedService<UploadWatcher>();
        compose?.Invoke(builder);

        var app = builder.Build();
        Program.ConfigurePipeline(app);
        app.UseRouting();
        app.MapHttpFunctions();
        return app;
    }
}
