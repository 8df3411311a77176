using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Stands between a handler and its mail server, and sees each piece of their talk before the other side has it.</summary>
public sealed class SmtpProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Uri _server;
    private readonly Task _accepting;

    /// <summary>Starts a proxy before a server, <c>smtp://host:port</c>.</summary>
    public SmtpProxy(string serverAddress)
    {
        _server = new Uri(serverAddress);
        _listener.Start();
        Address = $"smtp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _accepting = AcceptAsync();
    }

    /// <summary>Where it takes mails.</summary>
    public string Address { get; }

    /// <summary>Told of each piece, such as "server: 250 ...". True: the talk is cut off there.</summary>
    public Func<string, bool> Cut { get; set; } = _ => false;

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
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException) { }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            using (var server = new TcpClient())
            {
                await server.ConnectAsync(_server.Host, _server.Port);
                await Task.WhenAny(
                    PassAsync("client", client.GetStream(), server.GetStream()),
                    PassAsync("server", server.GetStream(), client.GetStream())
                );
            }
        }
        catch (Exception ended) when (ended is IOException or SocketException) { }
    }

    private async Task PassAsync(string who, NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is > 0 and var count)
        {
            if (Cut($"{who}: {System.Text.Encoding.Latin1.GetString(buffer, 0, Math.Min(count, 40)).Trim()}"))
            {
                return;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stopping.Token);
        }
    }
}
