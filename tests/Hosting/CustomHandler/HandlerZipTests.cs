using System.IO.Compression;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.CustomHandler;

/// <summary>The zip of a release, made from the published handler as .ci/release makes it.</summary>
[Trait("Category", "Slow")]
public sealed class HandlerZipTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("blog-zip-");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_holds_the_published_folder_and_runs_where_it_is_unzipped()
    {
        await PublishedHandler.EnsurePublishedAsync();
        var zip = Path.Combine(_folder.FullName, "handler.zip");
        var unzipped = Path.Combine(_folder.FullName, "handler");

        var (exitCode, output) = await ProgramRun.DotnetAsync(
            "msbuild",
            "functions",
            "-t:ZipHandler",
            $"-p:PublishDir={PublishedHandler.Folder}/",
            $"-p:HandlerZip={zip}"
        );

        Assert.True(exitCode == 0, output);
        await ZipFile.ExtractToDirectoryAsync(zip, unzipped);
        Assert.Equal(FilesOf(PublishedHandler.Folder), FilesOf(unzipped));
        var storage = await StandInHost.CreateStorageAsync();
        await using var handler = await PublishedHandler.StartFromAsync(
            Path.Combine(unzipped, "ServerlessBlog"),
            storage
        );
        Assert.Contains("Published blog", await handler.ReadAsync("/"), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, long Bytes)> FilesOf(string folder) =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file.FullName), file.Length))
            .Order();
}
