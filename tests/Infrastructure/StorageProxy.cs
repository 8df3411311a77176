using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Forwarder;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Stands between a handler and its storage, and sees each call twice: before storage has it, and after storage has done it but before the handler knows.</summary>
public sealed class StorageProxy : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StorageProxy(WebApplication app, string connection) => (_app, Connection) = (app, connection);

    /// <summary>The same storage, through this proxy.</summary>
    public string Connection { get; }

    /// <summary>Told of each call, such as "POST /comments" (method and path without the account), and whether storage has done it. True: the call is cut off there.</summary>
    public Func<string, bool, bool> Cut { get; set; } = (_, _) => false;

    /// <summary>Starts a proxy before a storage.</summary>
    public static async Task<StorageProxy> StartAsync(string connection)
    {
        string[] services = ["Blob", "Queue", "Table"];
        var behind = services.Select(service => OriginOf(connection, service)).ToList();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => behind.ForEach(_ => kestrel.Listen(IPAddress.Loopback, 0)));
        builder.Services.AddHttpForwarder();
        var app = builder.Build();
        StorageProxy? proxy = null;
        Dictionary<int, string> origins = [];
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        var client = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        );
        app.Run(context => proxy!.ForwardAsync(context, forwarder, client, origins[context.Connection.LocalPort]));
        await app.StartAsync();

        var through = connection;
        foreach (var (address, origin) in app.Urls.Zip(behind))
        {
            origins[new Uri(address).Port] = origin;
            through = through.Replace(origin, address, StringComparison.Ordinal);
        }

        return proxy = new StorageProxy(app, through);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true)); // a connection that was cut off ends for nobody
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
        if (Cut(call, false))
        {
            context.Abort();
            return;
        }

        await forwarder.SendAsync(
            context,
            origin,
            client,
            ForwarderRequestConfig.Empty,
            new AnswerWatch(() => Cut(call, true))
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

    private sealed class AnswerWatch(Func<bool> cut) : HttpTransformer
    {
        /// <summary>The address goes on as it came: its characters are part of the signature.</summary>
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
