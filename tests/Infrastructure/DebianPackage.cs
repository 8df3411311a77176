using System.Diagnostics;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>Installs what tests need from Debian packages, as root on a Debian system.</summary>
public static class DebianPackage
{
    /// <summary>
    /// Installs packages unless <paramref name="isThere"/>. Does nothing without root or apt-get. Processes take turns,
    /// because apt-get refuses to run twice at once.
    /// </summary>
    public static async Task InstallAsync(Func<bool> isThere, params string[] packages)
    {
        if (isThere() || !OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            return;
        }

        await using var installing = await LockAsync();
        if (!isThere() && await AptGetAsync("update"))
        {
            await AptGetAsync(["install", "-y", "--no-install-recommends", .. packages]);
        }
    }

    private static async Task<FileStream> LockAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), "serverlessblog-apt-get.lock");
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waiting.Elapsed < TimeSpan.FromMinutes(10))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    private static async Task<bool> AptGetAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("apt-get", arguments);
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            using var aptGet = Process.Start(start)!;
            await aptGet.WaitForExitAsync();
            return aptGet.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false; // there is no apt-get: not a Debian system
        }
    }
}
