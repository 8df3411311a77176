using System.Collections;
using System.Diagnostics;
using System.Text;
using ServerlessBlog.Hosting.Local;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// A program under test as a real process. Of the blog's settings it sees only those that the test sets. Killed when
/// disposed.
/// </summary>
/// <remarks>Safe for use by several threads at once.</remarks>
public sealed class ProgramRun : IAsyncDisposable
{
    /// <summary>
    /// Default time for the process to end: 180 s. Generous, since only a failing test waits so long.
    /// </summary>
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

    /// <summary>The executable of the program from the build that <c>dotnet test</c> made.</summary>
    public static string BuiltProgram { get; } = Path.Combine(AppContext.BaseDirectory, "ServerlessBlog");

    /// <summary>The value of DOTNET_ROOT with which <see cref="BuiltProgram"/> finds the runtime.</summary>
    public static string DotnetRoot { get; } =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Everything the process has written to standard output so far.</summary>
    public string Output => Text(_output);

    /// <summary>Everything the process has written to standard error so far.</summary>
    public string Errors => Text(_errors);

    /// <summary>Starts a program.</summary>
    /// <param name="file">The program's path, or its name in PATH.</param>
    /// <param name="arguments">The command-line arguments.</param>
    /// <param name="environment">Environment variables in addition to those of the test process, of which the ones that
    /// begin with Blog are left out.</param>
    /// <param name="folder">The working directory; null for the temporary folder, outside the repository.</param>
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

    /// <summary>
    /// Runs <c>dotnet</c> in the repository to its end, at a slightly lower CPU priority (nice 1) than the tests that
    /// run meanwhile, the longest of which wait for it.
    /// </summary>
    public static async Task<(int ExitCode, string Output)> DotnetAsync(params string[] arguments)
    {
        // A build server would outlive the command and keep the redirected pipes open.
        string[] noServers = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];
        await using var dotnet = Start(
            "nice",
            ["-n", "1", "dotnet", .. arguments, .. noServers],
            folder: RepositoryRoot.Find()
        );
        var exitCode = await dotnet.EndAsync(TimeSpan.FromMinutes(40));
        return (exitCode, dotnet.Output + dotnet.Errors);
    }

    /// <summary>
    /// Starts the local commands from the build that <c>dotnet test</c> made. SIGINT is reset to its default, since
    /// shells ignore it for processes that they start in the background.
    /// </summary>
    public static ProgramRun Blog(
        IEnumerable<string> arguments,
        params IEnumerable<KeyValuePair<string, string>> environment
    )
    {
        return Start(
            "env",
            ["--default-signal=INT", BuiltProgram, .. arguments],
            environment.Prepend(new("DOTNET_ROOT", DotnetRoot))
        );
    }

    /// <summary>
    /// Waits for the first complete line of output with this beginning and returns the rest of the line, trimmed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The program ended without such a line.</exception>
    public async Task<string> LineAsync(string beginning)
    {
        var hasEnded = false;
        while (true)
        {
            var lines = Output.Split('\n')[..^1]; // the last line is incomplete
            if (lines.FirstOrDefault(line => line.StartsWith(beginning, StringComparison.Ordinal)) is { } line)
            {
                return line[beginning.Length..].Trim();
            }

            if (hasEnded)
            {
                throw new InvalidOperationException(
                    $"It ended without a line '{beginning}...'. Output: {Output} Errors: {Errors}"
                );
            }

            hasEnded = await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromMilliseconds(25))) == _reading;
        }
    }

    /// <summary>Sends a signal to the process, such as INT, TERM or KILL.</summary>
    public Task SignalAsync(string signal) => SignalAsync(signal, Id);

    /// <summary>Sends a signal to processes.</summary>
    public static async Task SignalAsync(string signal, params int[] ids)
    {
        using var kill = Process.Start("sh", ["-c", $"kill -{signal} {string.Join(' ', ids)}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Kills the process with SIGKILL.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits without a time limit until the process has ended.</summary>
    public Task ExitAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>
    /// Waits until the process has ended and all its output is read, and returns the exit code. The default limit is
    /// 180 s.
    /// </summary>
    /// <exception cref="TimeoutException">The process did not end in time; it still runs.</exception>
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

    /// <summary>Determines whether a process of this id runs; a zombie (ended, not yet waited for) does not.</summary>
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
            _process.Kill(); // not the process tree: its children have to notice by themselves
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
