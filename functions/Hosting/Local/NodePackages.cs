using System.ComponentModel;
using System.Diagnostics;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Installs the npm packages of a lock file in this repository.</summary>
public static class NodePackages
{
    private const string NodeIsNeeded =
        "Node.js 20 or newer is needed for the local storage (Azurite): "
        + "install it (Debian: apt-get install nodejs npm) and start again.";

    /// <summary>
    /// Runs <c>npm ci</c> in a folder, unless the packages of its package-lock.json are installed already. Any number
    /// of processes may call this at once: one installs, the others wait for it.
    /// </summary>
    /// <param name="folder">The folder with package.json and package-lock.json.</param>
    /// <param name="say">
    /// Receives one line when an installation starts, because that takes a while; null for none.
    /// </param>
    /// <param name="ct">Kills a running npm; the next call then installs again.</param>
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
                $"npm could not install the packages of {folder}; mend this and start again: {FailureReason(npm.Error)}"
            );
        }

        // Without any package, npm creates no such folder.
        Directory.CreateDirectory(Path.Combine(folder, "node_modules"));
        await File.WriteAllTextAsync(StampFile(folder), HashLockFile(folder), ct);
    }

    /// <summary>Checks that Node.js is installed in version 20 or newer.</summary>
    /// <exception cref="StartException">The command does not exist, or its version is below 20.</exception>
    internal static async Task RequireNodeAsync(string node, CancellationToken ct)
    {
        var result = await RunAsync(node, ["--version"], Environment.CurrentDirectory, ct); // prints v20.19.2
        var major = result?.Output.Trim().TrimStart('v').Split('.')[0];
        if (!int.TryParse(major, CultureInfo.InvariantCulture, out var version) || version < 20)
        {
            throw new StartException(NodeIsNeeded);
        }
    }

    // npm ci first removes node_modules with this file, so its presence means that npm has completed.
    private static string StampFile(string folder) => Path.Combine(folder, "node_modules", ".installed.sha256");

    private static string HashLockFile(string folder) =>
        Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "package-lock.json"))));

    private static bool IsInstalled(string folder)
    {
        try
        {
            return File.ReadAllText(StampFile(folder)) == HashLockFile(folder);
        }
        catch (IOException)
        {
            return false; // never installed, or another process is installing
        }
    }

    private static async Task<FileStream> LockAsync(string path, CancellationToken ct)
    {
        var stopwatch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (stopwatch.Elapsed < TimeSpan.FromMinutes(10))
            {
                // 10 minutes for a slow network connection. A process that died holds no lock.
                await Task.Delay(TimeSpan.FromMilliseconds(200), ct);
            }
        }
    }

    // The last line of npm only names its log file; the line before has the reason.
    private static string FailureReason(string error) =>
        error
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .LastOrDefault(line => !line.Contains("complete log", StringComparison.OrdinalIgnoreCase))
        ?? "it said nothing.";

    /// <summary>Runs a command to its end, without input. Null when there is no such command.</summary>
    private static async Task<ProcessResult?> RunAsync(
        string command,
        string[] arguments,
        string folder,
        CancellationToken ct
    )
    {
        using var process = new Process { StartInfo = CreateStartInfo(command, arguments, folder) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close(); // no prompt can be answered
        // Both are read at once, because a full pipe would block the process.
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None); // before the lock is released
            throw;
        }

        return new ProcessResult(process.ExitCode, await output, await error);
    }

    private static ProcessStartInfo CreateStartInfo(string command, string[] arguments, string folder) =>
        new(command, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private sealed record ProcessResult(int ExitCode, string Output, string Error);
}
