using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>
/// An SMTP server with scripted replies, for failures that a real server does not produce on demand. Serves one
/// connection, on a port that the kernel chooses.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<string, string?> _reply;
    private readonly Task _serving;

    /// <param name="reply">Returns the reply to a command, or the greeting for an empty string; null for the default
    /// reply.</param>
    /// <param name="address">The address to listen on; null for the loopback address.</param>
    public ScriptedServer(Func<string, string?> reply, IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _reply = reply;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every line that the client sent, including the lines of the mail.</summary>
    public List<string> Lines { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_stopping.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync(_reply("") ?? "220 here");
            for (var isData = false; await reader.ReadLineAsync(_stopping.Token) is { } line; )
            {
                Lines.Add(line);
                if (isData && line != ".")
                {
                    continue;
                }

                isData = line == "DATA";
                await writer.WriteLineAsync(_reply(line) ?? DefaultReply(line));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or SocketException)
        {
            // The client disconnected, or the test has ended.
        }
    }

    private static string DefaultReply(string line) =>
        line switch
        {
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
}
