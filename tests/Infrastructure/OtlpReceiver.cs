using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A collector of telemetry on a port that the kernel chooses: keeps the body of every request, whatever its path.
/// </summary>
/// <remarks>
/// Texts are found in the bytes as they are: protobuf writes them in UTF-8
/// (https://protobuf.dev/programming-guides/encoding).
/// </remarks>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = [];

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>The address of the collector, such as http://127.0.0.1:4318.</summary>
    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The environment of a program that is to export to this collector by OTLP.</summary>
    public (string Name, string Value)[] Settings => SettingsFor(Address);

    /// <summary>The paths that were posted to, in order.</summary>
    public IEnumerable<string> Paths => _received.Select(request => request.Path);

    /// <summary>The bodies that were posted to a path, in order.</summary>
    public IReadOnlyList<byte[]> BodiesOf(string path) =>
        [.. _received.Where(request => request.Path == path).Select(request => request.Body)];

    /// <summary>Everything that was received, one character per byte.</summary>
    public string Text => string.Concat(_received.Select(request => Encoding.Latin1.GetString(request.Body)));

    /// <summary>
    /// The environment of a program that is to export to this address by OTLP. Regular exports come once an hour, so
    /// that what arrives was flushed.
    /// </summary>
    public static (string Name, string Value)[] SettingsFor(string address) =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", address),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_BSP_SCHEDULE_DELAY", "3600000"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "3600000"),
        ];

    /// <summary>Starts a collector.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRequestDecompression();
        var app = builder.Build();
        app.UseRequestDecompression();
        var receiver = new OtlpReceiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>
    /// Listens on a port that the kernel chooses and never responds. Dispose the listener to end it.
    /// </summary>
    public static TcpListener ListenSilently(out string address)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        address = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        return listener;
    }

    /// <summary>Whether a tag of this name had this value: an attribute in OTLP, a KeyValue message.</summary>
    public bool HasTag(string name, string value) =>
        Text.Contains($"{name}\x12{(char)(value.Length + 2)}\n{(char)value.Length}{value}", StringComparison.Ordinal);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.Enqueue((context.Request.Path, body.ToArray()));
        context.Response.ContentType = context.Request.ContentType;
    }
}
