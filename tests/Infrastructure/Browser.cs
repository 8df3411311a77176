using Microsoft.Playwright;

namespace ServerlessBlog.Tests.Infrastructure;

/// <summary>
/// One headless Chromium for all tests of this process: the one that CHROMIUM_PATH names, Debian's (the headless shell,
/// which takes a fifth less time, before the whole browser), or Playwright's own; installed when there is none.
/// Started by the first test that needs it; ends with the process.
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

        string[] candidates =
        [
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            playwright.Chromium.ExecutablePath,
        ];
        return candidates.FirstOrDefault(File.Exists);
    }

    private static async Task<string> InstallAsync(IPlaywright playwright)
    {
        await DebianPackage.InstallAsync(() => Find(playwright) is not null, "chromium-headless-shell");
        if (Find(playwright) is null)
        {
            // Playwright's own build, into its cache.
            await Task.Run(() => Microsoft.Playwright.Program.Main(["install", "chromium"]));
        }

        return Find(playwright) ?? throw new InvalidOperationException(InstallHint);
    }
}
