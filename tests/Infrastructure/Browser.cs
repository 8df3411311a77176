using System.Diagnostics;
using Microsoft.Playwright;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// One headless Chromium for all tests of this process: Debian's, or the one CHROMIUM_PATH names, installed when there is
/// none. Started by the first test that asks; it ends with the process.
/// </summary>
public static class Browser
{
    private const string HowToGetOne =
        "Chromium is needed for the browser tests: sudo apt-get install chromium, or set CHROMIUM_PATH";

    // As root there is no sandbox to be had; the rest keeps it from talking to anyone but the blog.
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

    /// <summary>A window with cookies and storage of its own. The test closes it.</summary>
    /// <exception cref="InvalidOperationException">There is no Chromium, and it could not be installed.</exception>
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

        string[] usual = ["/usr/bin/chromium", playwright.Chromium.ExecutablePath];
        return usual.FirstOrDefault(File.Exists);
    }

    // apt-get refuses to run twice at once, so the test processes queue up.
    private static async Task<string> InstallAsync(IPlaywright playwright)
    {
        await using var installing = await LockAsync();
        if (Find(playwright) is { } byAnother)
        {
            return byAnother;
        }

        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await AptGetAsync("update"))
        {
            await AptGetAsync("install", "-y", "--no-install-recommends", "chromium");
        }

        if (Find(playwright) is null)
        {
            await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"])); // Playwright's own build, into its cache
        }

        return Find(playwright) ?? throw new InvalidOperationException(HowToGetOne);
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
            return false; // not a Debian
        }
    }
}
