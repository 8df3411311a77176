using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace ServerlessBlog.Hosting.Local;

/// <summary>What one Azurite is started with.</summary>
/// <param name="Directory">Where it keeps its data; made when missing. Null: in memory, gone when it ends.</param>
/// <param name="Accounts">The names of its storage accounts: 3 to 24 of a-z and 0-9.</param>
/// <param name="LogFile">Where its output is appended. Null: nowhere.</param>
public sealed record AzuriteOptions(string? Directory, IReadOnlyList<string> Accounts, string? LogFile)
{
    /// <summary>Told in one line each that Azurite is installed (once) and started. Null: nobody is told.</summary>
    public Action<string>? Say { get; init; }
}

/// <summary>
/// Azurite, the storage emulator, as a child process on ports the kernel chose. It ends with this object and with this
/// process, however that ends, and keeps what it acknowledged.
/// </summary>
/// <remarks>May be used by any number of threads.</remarks>
public sealed partial class Azurite : IAsyncDisposable
{
    private const string Installing =
        "Installing the local storage (Azurite) with npm, once. This can take a few minutes...";

    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2); // generous: a busy machine starts it all the same
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(10); // storage.js needs 5 s at most

    // No secret: whoever may read our memory is us, and the ports are on the loopback only.
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly Dictionary<string, string> _addresses = []; // Blob, Queue, Table -> http://127.0.0.1:port
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly TextWriter _log;
    private readonly Task _reading;
    private string _lastLine = "it said nothing.";

    private Azurite(string folder, AzuriteOptions options)
    {
        _log = OpenLog(options.LogFile);
        _process = new Process { StartInfo = Command(folder, options) };
        _process.Start();
        ProcessId = _process.Id;
        _reading = Task.WhenAll(ReadAsync(_process.StandardOutput), ReadAsync(_process.StandardError));
        Ended = EndAsync();
    }

    /// <summary>The id of the node process that is Azurite.</summary>
    public int ProcessId { get; }

    /// <summary>Completes with the exit code when Azurite has ended, for whatever reason. Never fails.</summary>
    public Task<int> Ended { get; }

    /// <summary>Installs Azurite if need be, starts it, and answers when blobs, queues and tables all listen.</summary>
    /// <exception cref="StartException">Node.js is missing, or Azurite ended or did not listen within 2 minutes. Nothing is left running.</exception>
    /// <exception cref="OperationCanceledException">Nothing is left running.</exception>
    public static async Task<Azurite> StartAsync(AzuriteOptions options, CancellationToken ct)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "infra", "local");
        await NodePackages.EnsureInstalledAsync(folder, _ => options.Say?.Invoke(Installing), ct);

        options.Say?.Invoke("Starting the local storage (Azurite)...");
        var azurite = new Azurite(folder, options);
        try
        {
            await azurite.ListeningAsync(ct);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>What an Azure storage client is built from, for one of the accounts that Azurite was started with.</summary>
    public string ConnectionString(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={_key};"
        + $"BlobEndpoint={_addresses["Blob"]}/{account};"
        + $"QueueEndpoint={_addresses["Queue"]}/{account};"
        + $"TableEndpoint={_addresses["Table"]}/{account};";

    /// <summary>Has Azurite save and end, and waits for that: 10 s at most, then it is killed. May be called again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Ended.IsCompleted)
        {
            _process.StandardInput.Close();
            if (await Task.WhenAny(Ended, Task.Delay(EndLimit)) != Ended)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await Ended;
        await _reading;
        await _log.DisposeAsync();
        _process.Dispose();
    }

    private ProcessStartInfo Command(string folder, AzuriteOptions options)
    {
        string[] persistence = options.Directory is { } directory
            ? ["--location", Path.GetFullPath(directory)]
            : ["--inMemoryPersistence"];
        string[] arguments =
        [
            "storage.js",
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--blobPort",
            "0",
            "--queuePort",
            "0",
            "--tablePort",
            "0",
            .. persistence,
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true, // its closing is what ends storage.js
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(
            ';',
            options.Accounts.Select(account => $"{account}:{_key}")
        );
        start.Environment.Remove("AZURITE_DB"); // it would put the blobs into an SQL server
        return start;
    }

    private static TextWriter OpenLog(string? file)
    {
        if (file is null)
        {
            return TextWriter.Null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        return TextWriter.Synchronized(new StreamWriter(stream) { AutoFlush = true });
    }

    // Also without a log: a pipe that nobody reads fills up and stops Azurite.
    private async Task ReadAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            await _log.WriteLineAsync(line);
            Heed(line);
        }
    }

    private void Heed(string line)
    {
        lock (_addresses)
        {
            _lastLine = string.IsNullOrWhiteSpace(line) ? _lastLine : line;
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                _addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }

            if (_addresses.Count == 3)
            {
                _listening.TrySetResult();
            }
        }
    }

    private async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private async Task ListeningAsync(CancellationToken ct)
    {
        var limit = Task.Delay(StartLimit, ct);
        await Task.WhenAny(_listening.Task, Ended, limit);
        ct.ThrowIfCancellationRequested();
        if (_listening.Task.IsCompleted && !Ended.IsCompleted)
        {
            return;
        }

        var what = "did not start within 2 minutes";
        if (Ended.IsCompleted)
        {
            await _reading; // the reason may still be in the pipe
            what = "ended instead of starting";
        }

        throw new StartException($"The local storage (Azurite) {what}; mend this and start again: {_lastLine}");
    }

    [GeneratedRegex(
        "^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://.+)$"
    )]
    private static partial Regex ListeningLine();
}
