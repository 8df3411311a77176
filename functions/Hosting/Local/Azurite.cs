using System.Diagnostics;

namespace ServerlessBlog.Hosting.Local;

/// <summary>The options of an Azurite process.</summary>
/// <param name="Directory">The folder of its data, created when missing. Null: in memory, lost when it exits.</param>
/// <param name="Accounts">The names of its storage accounts: 3 to 24 characters of a-z and 0-9.</param>
/// <param name="LogFile">The file to which its output is appended; null for none.</param>
public sealed record AzuriteOptions(string? Directory, IReadOnlyList<string> Accounts, string? LogFile)
{
    /// <summary>Receives one line when Azurite is installed (once) and one when it is started; null for none.</summary>
    public Action<string>? OnProgress { get; init; }
}

/// <summary>
/// Azurite, the storage emulator, as a child process on ports chosen by the kernel. It exits when this object is
/// disposed or this process ends for any reason, and keeps all data whose writes it acknowledged.
/// </summary>
/// <remarks>Safe for any number of threads.</remarks>
public sealed partial class Azurite : IAsyncDisposable
{
    private const string Installing =
        "Installing the local storage (Azurite) with npm, once. This can take a few minutes...";

    /// <summary>The maximum time for a start; long, for busy machines.</summary>
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The maximum time for an exit, after which the process is killed; storage.js takes 5 s at most.
    /// </summary>
    private static readonly TimeSpan ExitTimeout = TimeSpan.FromSeconds(10);

    // Needs no protection: it is readable by this user only, and the ports listen on the loopback interface only.
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly Dictionary<string, string> _endpoints = []; // Blob, Queue, Table -> http://127.0.0.1:port
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;
    private readonly TextWriter _log;
    private readonly Task _outputRead;
    private string _lastLine = "it said nothing.";

    private Azurite(string folder, AzuriteOptions options)
    {
        _log = OpenLog(options.LogFile);
        _process = new Process { StartInfo = CreateStartInfo(folder, options) };
        _process.Start();
        ProcessId = _process.Id;
        _outputRead = Task.WhenAll(ReadOutputAsync(_process.StandardOutput), ReadOutputAsync(_process.StandardError));
        Exited = WaitForExitAsync();
    }

    /// <summary>The process id of the node process that runs Azurite.</summary>
    public int ProcessId { get; }

    /// <summary>Completes with the exit code when the process has ended, for any reason. Never faults.</summary>
    public Task<int> Exited { get; }

    /// <summary>
    /// Installs Azurite if necessary, starts it, and returns when its blob, queue and table services listen.
    /// </summary>
    /// <exception cref="StartException">
    /// Node.js is missing, or Azurite exited or did not listen within 2 minutes. No process is left running.
    /// </exception>
    /// <exception cref="OperationCanceledException">The start was cancelled. No process is left running.</exception>
    public static async Task<Azurite> StartAsync(AzuriteOptions options, CancellationToken ct)
    {
        var folder = Path.Combine(RepositoryRoot.Find(), "infra", "local");
        await NodePackages.EnsureInstalledAsync(folder, _ => options.OnProgress?.Invoke(Installing), ct);

        options.OnProgress?.Invoke("Starting the local storage (Azurite)...");
        var azurite = new Azurite(folder, options);
        try
        {
            await azurite.WaitUntilListeningAsync(ct);
            return azurite;
        }
        catch
        {
            await azurite.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of one of the accounts that Azurite was started with.</summary>
    public string ConnectionString(string account) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={_key};"
        + $"BlobEndpoint={_endpoints["Blob"]}/{account};"
        + $"QueueEndpoint={_endpoints["Queue"]}/{account};"
        + $"TableEndpoint={_endpoints["Table"]}/{account};";

    /// <summary>Stops Azurite after it has saved its data; after 10 s it is killed. May be called repeatedly.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            _process.StandardInput.Close();
            if (await Task.WhenAny(Exited, Task.Delay(ExitTimeout)) != Exited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        await Exited;
        await _outputRead;
        await _log.DisposeAsync();
        _process.Dispose();
    }

    private static string[] Arguments(AzuriteOptions options) =>
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
            .. options.Directory is { } directory
                ? (string[])["--location", Path.GetFullPath(directory)]
                : ["--inMemoryPersistence"],
        ];

    private ProcessStartInfo CreateStartInfo(string folder, AzuriteOptions options)
    {
        var start = new ProcessStartInfo("node", Arguments(options))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true, // closing it makes storage.js exit
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = string.Join(
            ';',
            options.Accounts.Select(account => $"{account}:{_key}")
        );
        start.Environment.Remove("AZURITE_DB"); // would make Azurite store its data in an SQL server
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

    // Reads without a log file too: when nobody reads the pipe, it fills up and blocks Azurite.
    private async Task ReadOutputAsync(StreamReader output)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            await _log.WriteLineAsync(line);
            ProcessLine(line);
        }
    }

    private void ProcessLine(string line)
    {
        lock (_endpoints)
        {
            _lastLine = string.IsNullOrWhiteSpace(line) ? _lastLine : line;
            if (ListeningLine().Match(line) is { Success: true } match)
            {
                _endpoints[match.Groups["service"].Value] = match.Groups["address"].Value;
            }

            if (_endpoints.Count == 3)
            {
                _listening.TrySetResult();
            }
        }
    }

    private async Task<int> WaitForExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    private async Task WaitUntilListeningAsync(CancellationToken ct)
    {
        var timeout = Task.Delay(StartTimeout, ct);
        await Task.WhenAny(_listening.Task, Exited, timeout);
        ct.ThrowIfCancellationRequested();
        if (_listening.Task.IsCompleted && !Exited.IsCompleted)
        {
            return;
        }

        var failure = "did not start within 2 minutes";
        if (Exited.IsCompleted)
        {
            await _outputRead; // the pipe may still hold the reason
            failure = "ended instead of starting";
        }

        throw new StartException($"The local storage (Azurite) {failure}; mend this and start again: {_lastLine}");
    }

    [GeneratedRegex(
        "^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://.+)$"
    )]
    private static partial Regex ListeningLine();
}
