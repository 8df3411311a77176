using System.Collections;
using System.Diagnostics;
using System.Text;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>A program under test as a real process. Only what a test sets of the blog's settings reaches it. Killed when the test is over.</summary>
/// <remarks>May be used by any number of threads.</remarks>
public sealed class ProgramRun : IAsyncDisposable
{
    /// <summary>Generous: only a failing test waits it out.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(180);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _reading;

    private ProgramRun(ProcessStartInfo start)
    {
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        Id = _process.Id;
        _reading = Task.WhenAll(
            ReadAsync(_process.StandardOutput, _output),
            ReadAsync(_process.StandardError, _errors)
        );
    }

    /// <summary>The process's id.</summary>
    public int Id { get; }

    /// <summary>What it has written so far.</summary>
    public string Output => Text(_output);

    /// <summary>What it has written to the error stream so far.</summary>
    public string Errors => Text(_errors);

    /// <summary>Starts a program.</summary>
    /// <param name="file">Its path, or its name in PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Set over the tests' own environment, which is cleared of everything that begins with Blog.</param>
    /// <param name="folder">Where it is started; null: in a folder that has nothing to do with the repository.</param>
    public static ProgramRun Start(
        string file,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>>? environment = null,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder ?? Path.GetTempPath(),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var name in Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => (string)variable.Key)
        )
        {
            if (name.StartsWith("Blog", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new ProgramRun(start);
    }

    /// <summary>Runs <c>dotnet</c> in the repository to its end, with less of the processor than the tests that run beside it.</summary>
    public static async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        string[] alone = ["-nodeReuse:false", "-p:UseSharedCompilation=false"]; // a server would outlive it, and hold our pipes
        await using var dotnet = Start(
            "nice",
            ["-n", "5", "dotnet", .. arguments, .. alone],
            folder: RepositoryRoot.Find()
        );
        var exitCode = await dotnet.EndAsync(TimeSpan.FromMinutes(20));
        return (exitCode, dotnet.Output + dotnet.Errors);
    }

    /// <summary>Starts the local command as <c>dotnet test</c> has just built it; Ctrl+C ends it even where the tests run in the background, where shells have it ignored.</summary>
    public static ProgramRun Blog(
        IEnumerable<string> arguments,
        params IEnumerable<KeyValuePair<string, string>> environment
    )
    {
        var dotnet = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")
        );
        return Start(
            "env",
            ["--default-signal=INT", Path.Combine(AppContext.BaseDirectory, "ServerlessBlog"), .. arguments],
            environment.Prepend(new("DOTNET_ROOT", dotnet))
        );
    }

    /// <summary>The rest of the first line of output that begins so, once it is there.</summary>
    /// <exception cref="InvalidOperationException">The program ended without it.</exception>
    public async Task<string> LineAsync(string beginning)
    {
        var isOver = false;
        while (true)
        {
            var lines = Output.Split('\n')[..^1]; // the last has not ended
            if (lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
            {
                return line[beginning.Length..].Trim();
            }

            if (isOver)
            {
                throw new InvalidOperationException(
                    $"It ended without a line '{beginning}...'. Output: {Output} Errors: {Errors}"
                );
            }

            isOver = await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromMilliseconds(25))) == _reading;
        }
    }

    /// <summary>Sends a signal, such as INT, TERM or KILL.</summary>
    public Task SignalAsync(string signal) => SignalAsync(signal, Id);

    /// <summary>Sends a signal to processes.</summary>
    public static async Task SignalAsync(string signal, params int[] ids)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {string.Join(' ', ids)}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Kills it at once, as kill -9 does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Ends when it has ended, however long that takes.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>The exit code, once it has ended and all its output is read.</summary>
    /// <exception cref="TimeoutException">It does not end.</exception>
    public async Task<int> EndAsync(TimeSpan? within = null)
    {
        using var deadline = new CancellationTokenSource(within ?? Deadline);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
            await _reading.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"It has not ended in time. Output: {Output} Errors: {Errors}");
        }

        return _process.ExitCode;
    }

    /// <summary>Whether a process of this id runs; one that is dead but not yet buried does not.</summary>
    public static bool IsRunning(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat"); // proc(5): pid (name) state ...
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(); // alone: what it started must notice by itself
        }

        await EndAsync();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader from, StringBuilder into)
    {
        var buffer = new char[1024];
        while (await from.ReadAsync(buffer) is > 0 and var count)
        {
            lock (into)
            {
                into.Append(buffer, 0, count);
            }
        }
    }

    private static string Text(StringBuilder of)
    {
        lock (of)
        {
            return of.ToString();
        }
    }
}
