using System.Diagnostics;
using Microsoft.Playwright;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// One headless Chromium for all tests of this process: the one that CHROMIUM_PATH names, Debian's, or Playwright's
/// own; installed when there is none. Started by the first test that needs it; ends with the process.
/// </summary>
public static class Browser
{
    private const string InstallHint =
        "Chromium is needed for the browser tests: sudo apt-get install chromium, or set CHROMIUM_PATH";

    // Chromium has no sandbox when it runs as root; the other switches stop requests to anything but the blog.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private static readonly Lazy<Task<IBrowser>> Chromium = new(StartAsync);

    /// <summary>Creates a browser context with its own cookies and storage. The test has to close it.</summary>
    /// <exception cref="InvalidOperationException">There is no Chromium and it could not be installed, or CHROMIUM_PATH
    /// names a missing file.</exception>
    public static async Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions? options = null) =>
        await (await Chromium.Value).NewContextAsync(options);

    private static async Task<IBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var path = Find(playwright) ?? await InstallAsync(playwright);
        return await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Arguments });
    }

    private static string? Find(IPlaywright playwright)
    {
        if (Environment.GetEnvironmentVariable("CHROMIUM_PATH") is { Length: > 0 } chosen)
        {
            return File.Exists(chosen)
                ? chosen
                : throw new InvalidOperationException($"CHROMIUM_PATH names {chosen}, which is not there.");
        }

        string[] candidates = ["/usr/bin/chromium", playwright.Chromium.ExecutablePath];
        return candidates.FirstOrDefault(File.Exists);
    }

    // apt-get refuses to run twice at once, so the test processes take turns.
    private static async Task<string> InstallAsync(IPlaywright playwright)
    {
        await using var installing = await LockAsync();
        if (Find(playwright) is { } installedMeanwhile)
        {
            return installedMeanwhile;
        }

        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await AptGetAsync("update"))
        {
            await AptGetAsync("install", "-y", "--no-install-recommends", "chromium");
        }

        if (Find(playwright) is null)
        {
            // Playwright's own build, into its cache.
            await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"]));
        }

        return Find(playwright) ?? throw new InvalidOperationException(InstallHint);
    }

    private static async Task<FileStream> LockAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), "serverlessblog-chromium.lock");
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
