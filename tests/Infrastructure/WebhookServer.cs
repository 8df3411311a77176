using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using ServerlessBlog.Hosting;
using ServerlessBlog.Notifications;
using ServerlessBlog.Settings;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A server for webhooks, over TLS with a certificate of its own, on a port that the kernel chooses.</summary>
internal sealed class WebhookServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<WebhookRequest> _received = [];

    private WebhookServer(WebApplication app) => _app = app;

    /// <summary>The key of its webhooks.</summary>
    public static byte[] Key { get; } = SHA256.HashData("webhooks"u8);

    /// <summary>The requests so far, in order.</summary>
    public IReadOnlyList<WebhookRequest> Received => [.. _received];

    /// <summary>Chooses the response to a request; 204 at first.</summary>
    public Func<HttpContext, IResult> Respond { get; set; } = _ => Results.NoContent();

    /// <summary>The address of the server.</summary>
    public string Address =>
        _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    /// <summary>The value of Blog__Webhooks that names a path of it.</summary>
    public string SettingFor(string path) => $"{Address}{path} whsec_{Convert.ToBase64String(Key)}";

    /// <summary>Starts a server.</summary>
    public static async Task<WebhookServer> StartAsync()
    {
        var certificate = CreateCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate))
        );
        var app = builder.Build();
        var server = new WebhookServer(app);
        app.Run(server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    /// <summary>Lets a blog connect to this machine, and trust the certificate.</summary>
    public static void Allow(IServiceCollection services) =>
        services.Replace(
            ServiceDescriptor.Singleton(provider =>
            {
                var handler = PublicHttp.CreateHandler(IPAddress.IsLoopback);
                handler.SslOptions = new SslClientAuthenticationOptions
                {
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                        certificate?.Subject == "CN=hooks.test",
                };
                return new WebhookSender(
                    provider.GetRequiredService<BlogSettings>(),
                    new HttpMessageInvoker(handler),
                    provider.GetRequiredService<TimeProvider>()
                );
            })
        );

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        _received.Enqueue(
            new WebhookRequest(
                context.Request.Path.Value!,
                context.Request.Headers.ToDictionary(
                    header => header.Key,
                    header => header.Value.ToString(),
                    StringComparer.OrdinalIgnoreCase
                ),
                await reader.ReadToEndAsync()
            )
        );
        await Respond(context).ExecuteAsync(context);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=hooks.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), password: null);
    }
}

/// <summary>A request that a webhook got.</summary>
/// <param name="Path">The path.</param>
/// <param name="Headers">The headers; names without case.</param>
/// <param name="Body">The body.</param>
internal sealed record WebhookRequest(string Path, IReadOnlyDictionary<string, string> Headers, string Body);
