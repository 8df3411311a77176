using System.Net;
using System.Net.Sockets;

namespace ServerlessBlog.Tests.Notifications;

/// <summary>An SMTP server that says what the test has it say, which a real one does only when it is in trouble. On a port the kernel chose.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, string?> _answer;
    private readonly Task _serving;

    /// <param name="answer">The answer to a command, the greeting for an empty one; null: the usual one.</param>
    /// <param name="address">Where it listens. Null: on the loopback.</param>
    public ScriptedServer(Func<string, string?> answer, IPAddress? address = null)
    {
        _listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What was sent, line by line, with the mail's own lines.</summary>
    public List<string> Lines { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync(_answer("") ?? "220 here");
            for (var isData = false; await reader.ReadLineAsync(_end.Token) is { } line; )
            {
                Lines.Add(line);
                if (isData && line != ".")
                {
                    continue;
                }

                isData = line == "DATA";
                await writer.WriteLineAsync(_answer(line) ?? Usual(line));
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException or SocketException)
        {
            // The client left, or the test is over.
        }
    }

    private static string Usual(string line) =>
        line switch
        {
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
}
