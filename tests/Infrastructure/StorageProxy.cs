using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A reverse proxy between a handler and its storage that can cut off each call at two moments: before storage receives
/// it, and after storage has carried it out but before the handler gets the response.
/// </summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StorageProxy(WebApplication app, string connection) => (_app, Connection) = (app, connection);

    /// <summary>The connection string of the same storage through this proxy.</summary>
    public string Connection { get; }

    /// <summary>
    /// Called at both moments of each call, with the call, such as "POST /comments" (method and path without the
    /// account), and whether storage has carried it out. Returns true to cut the call off there. By default, no call
    /// is.
    /// </summary>
    public Func<string, bool, bool> ShouldCut { get; set; } = (_, _) => false;

    /// <summary>Starts a proxy in front of a storage.</summary>
    public static async Task<StorageProxy> StartAsync(string connection)
    {
        string[] services = ["Blob", "Queue", "Table"];
        var origins = services.Select(service => OriginOf(connection, service)).ToList();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => origins.ForEach(_ => kestrel.Listen(IPAddress.Loopback, 0)));
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        StorageProxy? proxy = null;
        Dictionary<int, string> originsByPort = [];
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        );
        app.Run(context =>
            proxy!.ForwardAsync(context, forwarder, client, originsByPort[context.Connection.LocalPort])
        );
        await app.StartAsync();

        var through = connection;
        foreach (var (address, origin) in app.Urls.Zip(origins))
        {
            originsByPort[new Uri(address).Port] = origin;
            through = through.Replace(origin, address, StringComparison.Ordinal);
        }

        return proxy = new StorageProxy(app, through);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true)); // at once: connections that were cut off never end
        await _app.DisposeAsync();
    }

    private async Task ForwardAsync(
        HttpContext context,
        IHttpForwarder forwarder,
        HttpMessageInvoker client,
        string origin
    )
    {
        var path = context.Request.Path.Value!;
        var call = $"{context.Request.Method} {path[path.IndexOf('/', 1)..]}";
        if (ShouldCut(call, false))
        {
            context.Abort();
            return;
        }

        await forwarder.SendAsync(
            context,
            origin,
            client,
            ForwarderRequestConfig.Empty,
            new CuttingTransformer(() => ShouldCut(call, true))
        );
    }

    private static string OriginOf(string connection, string service)
    {
        var endpoint = connection
            .Split(';')
            .Single(part => part.StartsWith($"{service}Endpoint=", StringComparison.Ordinal));
        return new Uri(endpoint[(endpoint.IndexOf('=', StringComparison.Ordinal) + 1)..]).GetLeftPart(
            UriPartial.Authority
        );
    }

    private sealed class CuttingTransformer(Func<bool> cut) : HttpTransformer
    {
        /// <summary>Passes the request target on byte for byte: it is part of the request's signature.</summary>
        public override async ValueTask TransformRequestAsync(
            HttpContext httpContext,
            HttpRequestMessage proxyRequest,
            string destinationPrefix,
            CancellationToken cancellationToken
        )
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
            var target = httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
            proxyRequest.RequestUri = new Uri(
                destinationPrefix + target,
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
            );
        }

        public override async ValueTask<bool> TransformResponseAsync(
            HttpContext httpContext,
            HttpResponseMessage? proxyResponse,
            CancellationToken cancellationToken
        )
        {
            if (!cut())
            {
                return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
            }

            httpContext.Abort();
            return false;
        }
    }
}
