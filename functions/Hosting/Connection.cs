using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Hosting;

/// <summary>
/// A TCP connection to another server. What waited for it goes on on the thread pool: it may well render a page, or check a certificate over the network,
/// and <see cref="SocketThread"/> must not.
/// </summary>
internal sealed class Connection : NetworkStream
{
    /// <param name="socket">Connected; closed with this.</param>
    public Connection(Socket socket)
        : base(socket, ownsSocket: true) { }

    /// <summary>Connects.</summary>
    /// <exception cref="SocketException">Nobody answers there.</exception>
    public static async ValueTask<Connection> OpenAsync(EndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken);
            return new Connection(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            await SocketThread.LeaveAsync();
        }
    }

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
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
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
}
