using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Hosting;

/// <summary>
/// A TCP connection to another server whose asynchronous calls continue on the thread pool, because code after them may
/// render a page or validate a certificate over the network, which must not block <see cref="SocketThread"/>.
/// </summary>
internal sealed class Connection : NetworkStream
{
    /// <param name="socket">The connected socket; disposed with this stream.</param>
    public Connection(Socket socket)
        : base(socket, ownsSocket: true) { }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="SocketException">The server cannot be reached.</exception>
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
