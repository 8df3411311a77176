using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Installs the npm packages that a lock file in this repository names.</summary>
public static class NodePackages
{
    private const string NodeIsNeeded =
        "Node.js 20 or newer is needed for the local storage (Azurite): install it (Debian: apt-get install nodejs npm) and start again.";

    /// <summary>
    /// Runs <c>npm ci</c> in the folder unless what its package-lock.json names is installed already.
    /// Any number of processes may ask at once: one installs, the others wait for it.
    /// </summary>
    /// <param name="folder">Holds package.json and package-lock.json.</param>
    /// <param name="say">Told once, in one line, when something is installed, for that takes a while. Null: nobody is told.</param>
    /// <param name="ct">Ends a running npm; the next call then installs anew.</param>
    /// <exception cref="StartException">Node.js is missing or too old, or npm failed.</exception>
    public static async Task EnsureInstalledAsync(string folder, Action<string>? say, CancellationToken ct)
    {
        await RequireNodeAsync("node", ct);
        if (IsInstalled(folder))
        {
            return;
        }

        await using var installing = await LockAsync(Path.Combine(folder, ".install.lock"), ct);
        if (IsInstalled(folder))
        {
            return;
        }

        say?.Invoke($"Installing the npm packages of {folder} (once)...");
        var npm = await RunAsync(
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            ["ci", "--no-audit", "--no-fund"],
            folder,
            ct
        ) ?? throw new StartException(NodeIsNeeded);
        if (npm.ExitCode != 0)
        {
            throw new StartException(
                $"npm could not install the packages of {folder}; mend this and start again: {LastWord(npm.Error)}"
            );
        }

        Directory.CreateDirectory(Path.Combine(folder, "node_modules")); // npm makes none for no packages
        await File.WriteAllTextAsync(StampOf(folder), HashOf(folder), ct);
    }

    /// <exception cref="StartException">The command is not there, or its version is below 20.</exception>
    internal static async Task RequireNodeAsync(string node, CancellationToken ct)
    {
        var answer = await RunAsync(node, ["--version"], Environment.CurrentDirectory, ct); // v20.19.2
        var major = answer?.Output.Trim().TrimStart('v').Split('.')[0];
        if (!int.TryParse(major, CultureInfo.InvariantCulture, out var version) || version < 20)
        {
            throw new StartException(NodeIsNeeded);
        }
    }

    // npm ci begins by removing node_modules, and the stamp with it: a stamp means that npm got to the end.
    private static string StampOf(string folder) => Path.Combine(folder, "node_modules", ".installed.sha256");

    private static string HashOf(string folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private static bool IsInstalled(string folder)
    {
        try
        {
            return File.ReadAllText(StampOf(folder)) == HashOf(folder);
        }
        catch (IOException)
        {
            return false; // never installed, or another process installs right now
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken ct)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waiting.Elapsed < TimeSpan.FromMinutes(10)) // a slow line; a dead process holds no lock
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }

    // npm's last line only names its log; the one before says what went wrong.
    private static string LastWord(string error) =>
        error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => !line.Contains("complete log", StringComparison.OrdinalIgnoreCase))
        ?? "it said nothing.";

    // Null: there is no such command.
    private static async Task<Ending?> RunAsync(string command, string[] arguments, string folder, CancellationToken ct)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close(); // nobody answers questions here
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // both at once, or a full pipe stops it
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // before the lock is let go
            throw;
        }

        return new Ending(process.ExitCode, await output, await error);
    }

    private sealed record Ending(int ExitCode, string Output, string Error);
}
