using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>Starts the local blog as a process, any number of times on one data folder.</summary>
internal sealed class LocalRun
{
    /// <summary>The data folder.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("blog-local-").FullName;

    /// <summary>The file that the running blog writes its storage's connection string to.</summary>
    public string ConnectionFile => Path.Combine(Data, "storage.txt");

    /// <summary>The process id of the running Azurite, or of the last one that did not shut down cleanly.</summary>
    public int AzuriteId => int.Parse(File.ReadAllText(AzuriteLock), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether an Azurite runs on the folder. A lock file that a killed one left behind does not count.
    /// </summary>
    public bool IsAzuriteRunning => File.Exists(AzuriteLock) && ProgramRun.IsRunning(AzuriteId);

    private string AzuriteLock => Path.Combine(Data, "storage", "storage.lock");

    /// <summary>Starts a blog on the folder, on a port that the kernel chooses.</summary>
    public ProgramRun Start(params IEnumerable<string> arguments) =>
        ProgramRun.Blog(["--data", Data, "--port", "0", .. arguments]);

    /// <summary>Starts a blog on the folder with one environment variable.</summary>
    public ProgramRun StartWith(string name, string value) =>
        ProgramRun.Blog(["--data", Data, "--port", "0"], new KeyValuePair<string, string>(name, value));

    /// <summary>Deletes the folder after waiting for the end of an Azurite whose blog the test has killed.</summary>
    public async Task DeleteAsync()
    {
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(IsAzuriteRunning),
            isRunning => !isRunning,
            "Azurite's end"
        );
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}
