using System.Net.Sockets;
using Azure.Core.Pipeline;

namespace ServerlessBlog.Hosting;

/// <summary>A connection to storage. What waited for it goes on on the thread pool: it may well render a page, and <see cref="SocketThread"/> must not.</summary>
internal sealed class StorageConnection(Socket socket) : NetworkStream(socket, ownsSocket: true)
{
    /// <summary>Azure.Core's own transport (as of 1.50: no redirects, no cookies, 50 connections to a server, each for 5 minutes), with connections of this kind.</summary>
    public static HttpPipelineTransport Transport { get; } = new HttpClientTransport(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 50,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        ConnectCallback = ConnectAsync,
    });

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            await SocketThread.LeaveAsync();
        }
    }

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            await SocketThread.LeaveAsync();
        }
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new StorageConnection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
