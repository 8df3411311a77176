using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A TCP proxy between a handler and its mail server that can cut off the connection at each chunk of data, before the
/// other side receives it.
/// </summary>
public sealed class SmtpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _server;
    private readonly Task _accepting;

    /// <summary>Starts a proxy in front of a server.</summary>
    /// <param name="serverAddress">The server as <c>smtp://host:port</c>.</param>
    public SmtpProxy(string serverAddress)
    {
        _server = new Uri(serverAddress);
        _listener.Start();
        Address = $"smtp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    /// <summary>The address of the proxy, <c>smtp://127.0.0.1:port</c>.</summary>
    public string Address { get; }

    /// <summary>
    /// Called for each chunk with its sender and its first 40 bytes, such as "server: 250 ...". Returns true to cut the
    /// connection off there. By default, none is.
    /// </summary>
    public Func<string, bool> ShouldCut { get; set; } = _ => false;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException) { }
    }

    private async Task RelayAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var server = new TcpClient())
            {
                await server.ConnectAsync(_server.Host, _server.Port);
                await Task.WhenAny(
                    CopyAsync("client", client.GetStream(), server.GetStream()),
                    CopyAsync("server", server.GetStream(), client.GetStream())
                );
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException) { }
    }

    private async Task CopyAsync(string sender, NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var count)
        {
            if (ShouldCut($"{sender}: {System.Text.Encoding.Latin1.GetString(buffer, 0, Math.Min(count, 40)).Trim()}"))
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stopping.Token);
        }
    }
}
