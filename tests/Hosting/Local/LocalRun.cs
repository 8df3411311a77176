using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>Starts of the local command on one data folder.</summary>
internal sealed class LocalRun
{
    /// <summary>The folder; gone after the test.</summary>
    public string Data { get; } = Directory.CreateTempSubdirectory("blog-local-").FullName;

    /// <summary>Where the running blog writes its storage's connection string.</summary>
    public string ConnectionFile => Path.Combine(Data, "storage.txt");

    /// <summary>The id of the Azurite that runs, or last ran without ending in order.</summary>
    public int AzuriteId => int.Parse(File.ReadAllText(AzuriteLock), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether an Azurite has the folder; one that was killed has left its lock behind.</summary>
    public bool IsAzuriteThere => File.Exists(AzuriteLock) && ProgramRun.IsRunning(AzuriteId);

    private string AzuriteLock => Path.Combine(Data, "storage", "storage.lock");

    /// <summary>Starts a blog on the folder, on a port that the kernel chooses.</summary>
    public ProgramRun Start(params IEnumerable<string> more) =>
        ProgramRun.Blog(["--data", Data, "--port", "0", .. more]);

    /// <summary>Starts a blog on the folder with one setting.</summary>
    public ProgramRun StartWith(string name, string value) =>
        ProgramRun.Blog(["--data", Data, "--port", "0"], new KeyValuePair<string, string>(name, value));

    /// <summary>Deletes the folder, once the Azurite of a blog that the test killed has left it.</summary>
    public async Task DeleteAsync()
    {
        await TestBlog.UntilAsync(() => Task.FromResult(IsAzuriteThere), isThere => !isThere, "Azurite's end");
        if (Directory.Exists(Data))
        {
            Directory.Delete(Data, recursive: true);
        }
    }
}
