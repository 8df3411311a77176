using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// A program that is only Kestrel (Native AOT, the project BareKestrel), serving one page from memory with the same
/// headers as the blog.
/// </summary>
internal sealed class BareKestrel : IAsyncDisposable
{
    /// <summary>Headers that Kestrel or the program writes for each response itself.</summary>
    private static readonly string[] OwnHeaders = ["Content-Length", "Content-Encoding", "Date"];

    private readonly ProgramRun _run;
    private readonly DirectoryInfo _folder;

    private BareKestrel(ProgramRun run, DirectoryInfo folder, int port) =>
        (_run, _folder, Address) = (run, folder, new Uri($"http://127.0.0.1:{port}"));

    /// <summary>The address on which it listens.</summary>
    public Uri Address { get; }

    /// <summary>Publishes the program, starts it and waits until it responds.</summary>
    /// <param name="identity">The page, not compressed.</param>
    /// <param name="gzip">The page, already compressed with gzip.</param>
    /// <param name="headers">The response headers of the blog for this page.</param>
    public static async Task<BareKestrel> StartAsync(
        byte[] identity,
        byte[] gzip,
        IReadOnlyDictionary<string, string> headers
    )
    {
        var folder = Directory.CreateTempSubdirectory("blog-kestrel-");
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "identity"), identity);
        await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "gzip"), gzip);
        await File.WriteAllLinesAsync(
            Path.Combine(folder.FullName, "headers"),
            headers.Where(header => !OwnHeaders.Contains(header.Key)).Select(header => $"{header.Key}: {header.Value}")
        );
        var port = PublishedHandler.FreePort();
        var kestrel = new BareKestrel(
            ProgramRun.Start(await PublishAsync(), [$"{port}", folder.FullName]),
            folder,
            port
        );
        await HttpWait.UntilRespondingAsync(kestrel.Address, kestrel._run);
        return kestrel;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _run.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Returns the path of the executable.</summary>
    private static async Task<string> PublishAsync()
    {
        var repository = RepositoryRoot.Find();
        var output = Path.Combine(repository, "artifacts", "benchmarks", "kestrel");
        var (exitCode, log) = await ProgramRun.DotnetAsync(
            "publish",
            Path.Combine(repository, "tests", "Benchmarks", "BareKestrel"),
            "-c",
            "Release",
            "-o",
            output
        );
        return exitCode == 0
            ? Path.Combine(output, "BareKestrel")
            : throw new InvalidOperationException($"The program to compare with was not published: {log}");
    }
}
