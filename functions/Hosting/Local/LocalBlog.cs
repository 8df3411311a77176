using System.Net;
using System.Net.Sockets;
using Azure.Core.Pipeline;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.Memory;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Local.Watching;
using ServerlessBlog.Posts.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// The blog on this machine: its pages on a port, and the local host, which emulates the triggers of queues, timers and
/// uploads.
/// </summary>
internal sealed class LocalBlog : IAsyncDisposable
{
    private readonly WebApplication _app;

    private LocalBlog(WebApplication app, Uri address) => (_app, Address) = (app, address);

    /// <summary>The address of the blog, such as http://localhost:7071.</summary>
    public Uri Address { get; }

    /// <summary>The blog's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Completes when the blog has stopped: after Ctrl+C, SIGTERM or <see cref="Stop"/>.</summary>
    public Task WaitAsync() => _app.WaitForShutdownAsync();

    /// <summary>Starts the blog: creates what is missing in the storage, then listens.</summary>
    /// <param name="port">The port, 0 to 65535; 0 lets the kernel choose one.</param>
    /// <param name="defaults">
    /// Settings that the environment overrides. Without Blog:BaseUrl, it is the address on this machine.
    /// </param>
    /// <param name="options">The polling intervals and timeouts of the local host.</param>
    /// <param name="history">The uploads announced before.</param>
    /// <param name="compose">Replaces services, for tests; null for none.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="StartException">
    /// The port is in use, or the storage cannot be used. Nothing is left running.
    /// </exception>
    public static Task<LocalBlog> StartAsync(
        int port,
        IEnumerable<KeyValuePair<string, string?>> defaults,
        LocalHostOptions options,
        AnnouncedUploads history,
        Action<WebApplicationBuilder>? compose,
        CancellationToken cancellationToken
    ) => StartAsync(Listen(port), defaults, options, history, compose, cancellationToken);

    /// <summary>Starts the blog on a socket that is listening already.</summary>
    /// <param name="socket">
    /// The socket from <see cref="Listen"/>. Closed with the blog, and when the start fails.
    /// </param>
    /// <param name="defaults">
    /// Settings that the environment overrides. Without Blog:BaseUrl, it is the address on this machine.
    /// </param>
    /// <param name="options">The polling intervals and timeouts of the local host.</param>
    /// <param name="history">The uploads announced before.</param>
    /// <param name="compose">Replaces services, for tests; null for none.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
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

    /// <summary>Requests the blog to stop; <see cref="WaitAsync"/> completes when it has.</summary>
    public void Stop() => _app.Lifetime.StopApplication();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>The address of a blog on this socket, such as http://localhost:7071.</summary>
    public static string AddressOf(Socket socket) => $"http://localhost:{((IPEndPoint)socket.LocalEndPoint!).Port}";

    /// <summary>
    /// Listens on the port. Called before anything else is started, because settings may contain the port, and a port
    /// in use is then reported first.
    /// </summary>
    /// <exception cref="StartException">The port is in use.</exception>
    public static Socket Listen(int port)
    {
        try
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(
                new IPEndPoint(IPAddress.Loopback, port)
            );
            socket.Listen(); // another process can bind a port that is bound but not listening
            return socket;
        }
        catch (SocketException problem)
        {
            throw new StartException(
                $"The port {port} cannot be used ({problem.Message}): choose another with --port N, "
                    + "or end the program that has it."
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
            // Before the sources of the environment, which therefore override them.
            builder.Configuration.Sources.Insert(layer, new MemoryConfigurationSource { InitialData = values });
        }

        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseSockets(transport => transport.CreateBoundListenSocket = _ => socket);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(socket.LocalEndPoint!));
        Program.ConfigureBuilder(builder);
        AddLocalHost(builder.Services, options, history);
        compose?.Invoke(builder);

        var app = builder.Build();
        if (options.ReloadsPages)
        {
            app.Use(new PageReload(app.Services.GetRequiredService<ChangeCounter>()).InvokeAsync);
        }

        Program.ConfigurePipeline(app);
        app.UseRouting();
        app.MapHttpFunctions();
        return app;
    }

    /// <summary>Registers the emulation of the triggers.</summary>
    private static void AddLocalHost(IServiceCollection services, LocalHostOptions options, AnnouncedUploads history)
    {
        services.AddSingleton(options);
        services.AddSingleton(history);
        services.AddSingleton<InvokeFunction>(provider => provider.GetRequiredService<TriggerInvoker>().InvokeAsync);
        services.AddSingleton(provider => LocalSignIn.Hint(provider.GetRequiredService<BlogSettings>()));
        services.AddSingleton<QueueSendPolicy>();
        services.AddSingleton<HttpPipelinePolicy>(provider => provider.GetRequiredService<QueueSendPolicy>());
        services.AddSingleton<OwnUploadPolicy>();
        services.AddSingleton<HttpPipelinePolicy>(provider => provider.GetRequiredService<OwnUploadPolicy>());
        if (options.RunsTriggers)
        {
            services.AddHostedService<QueuePump>();
            services.AddHostedService<TimerPump>();
            services.AddHostedService<UploadWatcher>();
        }
    }
}
