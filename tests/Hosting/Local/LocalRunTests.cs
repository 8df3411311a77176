using System.Diagnostics;
using System.Net;
using Azure.Storage.Blobs;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>The local blog as a real process: the first start, later starts, and every way to end.</summary>
[Trait("Category", "Slow")]
public sealed class LocalRunTests : IAsyncLifetime
{
    private const string SamplePath = "posts/welcome";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly LocalRun _local = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _local.DeleteAsync();

    [Fact]
    public async Task The_first_run_publishes_samples_and_later_runs_keep_the_authors_changes()
    {
        await using (var first = _local.Start())
        {
            var address = await first.LineAsync("Read:");
            Assert.Equal($"{address}/moderate", await first.LineAsync("Moderate:"));
            Assert.Equal($"{Command} upload --data {_local.Data} FILE-OR-FOLDER...", await first.LineAsync("Write:"));
            Assert.Equal($"{Command} delete --data {_local.Data} NAME...", await first.LineAsync("Delete:"));
            Assert.StartsWith(
                $"is written to {Path.Combine(_local.Data, "mail")}",
                await first.LineAsync("Mail:"),
                StringComparison.Ordinal
            );
            Assert.Equal("Ctrl+C", await first.LineAsync("End:"));
            Assert.Equal(OwnerOnly, new FileInfo(_local.ConnectionFile).UnixFileMode);
            var page = await ReadUntilAsync(address, SamplePath, HttpStatusCode.OK);
            // Absolute links name the real port.
            Assert.Contains($"{address}/{SamplePath}", page, StringComparison.Ordinal);
            await ReadUntilAsync(address, "posts/every-markdown-feature", HttpStatusCode.OK);

            await new BlobContainerClient(
                (await File.ReadAllTextAsync(_local.ConnectionFile)).Trim(),
                StorageNames.Posts
            ).DeleteBlobAsync("welcome.md");
            await ReadUntilAsync(address, SamplePath, HttpStatusCode.Gone);
            // As Ctrl+C does it: the signal goes to every process of the terminal.
            await ProgramRun.SignalAsync("INT", first.Id, _local.AzuriteId);

            Assert.Equal(0, await first.EndAsync());
            AssertNothingIsLeft();
            Assert.Equal("", first.Errors);
            Assert.Equal(
                ["Starting the local storage (Azurite)...", "Publishing the sample posts..."],
                first
                    .Output.Split("Read:")[0]
                    .Split('\n')
                    .Where(line => line.Length > 0 && !line.StartsWith("Installing", StringComparison.Ordinal))
            );
            Assert.Equal(
                9,
                first.Output[first.Output.IndexOf("Read:", StringComparison.Ordinal)..].TrimEnd().Split('\n').Length
            ); // nothing else is printed
        }

        await using (var second = _local.Start())
        {
            var address = await second.LineAsync("Read:");
            await ReadUntilAsync(address, "posts/every-markdown-feature", HttpStatusCode.OK);
            await ReadUntilAsync(address, SamplePath, HttpStatusCode.Gone);
            await second.SignalAsync("TERM");

            Assert.Equal(0, await second.EndAsync());
            AssertNothingIsLeft();
        }

        await using var quietRun = _local.Start("--quiet");
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(File.Exists(_local.ConnectionFile)),
            isThere => isThere,
            "a running blog"
        );
        await quietRun.SignalAsync("TERM");

        Assert.Equal(0, await quietRun.EndAsync());
        Assert.Equal("", quietRun.Output + quietRun.Errors);
    }

    [Fact]
    public async Task A_killed_blog_takes_its_storage_with_it_and_starts_again()
    {
        int azurite;
        await using (var killed = _local.Start())
        {
            await killed.LineAsync("End:");
            azurite = _local.AzuriteId;

            await killed.SignalAsync("KILL");

            Assert.Equal(128 + 9, await killed.EndAsync());
            await AssertEndsAsync(azurite);
        }

        await using var next = _local.Start();
        await ReadUntilAsync(await next.LineAsync("Read:"), SamplePath, HttpStatusCode.OK);
    }

    [Fact]
    public async Task When_its_storage_ends_the_blog_ends_with_a_sentence()
    {
        await using var blog = _local.Start();
        await ReadUntilAsync(await blog.LineAsync("Read:"), SamplePath, HttpStatusCode.OK);

        await ProgramRun.SignalAsync("KILL", _local.AzuriteId);

        Assert.Equal(1, await blog.EndAsync());
        Assert.Equal(
            $"The local storage has ended, so the blog ends too: start it again. "
                + $"Its last words are in {Path.Combine(_local.Data, "storage.log")}.\n",
            blog.Errors
        );
        Assert.False(File.Exists(_local.ConnectionFile));
    }

    [Fact]
    public async Task A_killed_dotnet_run_takes_the_blog_and_its_storage_with_it()
    {
        string[] run =
        [
            "run",
            "--no-build",
            "--project",
            "functions",
            "-c",
            Configuration,
            "--",
            "--data",
            _local.Data,
            "--port",
            "0",
        ];
        await using var dotnet = ProgramRun.Start("dotnet", run, folder: RepositoryRoot.Find());
        await dotnet.LineAsync("End:");
        var azurite = _local.AzuriteId;

        await dotnet.SignalAsync("KILL");

        await dotnet.EndAsync(); // the blog has ended too, since it kept the output pipe open
        await AssertEndsAsync(azurite);
        Assert.False(File.Exists(_local.ConnectionFile));
    }

    [Fact]
    public async Task A_data_folder_that_was_deleted_meanwhile_does_not_disturb_the_shutdown()
    {
        await using var blog = _local.Start();
        await blog.LineAsync("End:");

        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(TryDelete(_local.Data)),
            isDeleted => isDeleted,
            "the deletion of a folder that storage still writes to"
        );
        await blog.SignalAsync("TERM");

        Assert.Equal(0, await blog.EndAsync());
        Assert.Equal("", blog.Errors);
    }

    [Fact]
    public async Task Without_samples_a_new_blog_is_empty_and_stays_so()
    {
        foreach (string[] options in new[] { new[] { "--no-samples" }, [] })
        {
            await using var blog = _local.Start(options);
            var address = await blog.LineAsync("Read:");
            await blog.LineAsync("End:");

            await ReadUntilAsync(address, SamplePath, HttpStatusCode.NotFound);
            Assert.DoesNotContain("sample", blog.Output, StringComparison.Ordinal);

            await blog.SignalAsync("TERM");
            Assert.Equal(0, await blog.EndAsync());
        }
    }

    private static string Command => $"dotnet run --project {Path.Combine(RepositoryRoot.Find(), "functions")} --";

    private static string Configuration =>
        Path.GetFileName(Path.GetDirectoryName(AppContext.BaseDirectory.TrimEnd('/')))!;

    private static async Task<string> ReadUntilAsync(string address, string path, HttpStatusCode status)
    {
        using var http = new HttpClient();
        var page = "";
        await TestBlog.WaitUntilAsync(
            async () =>
            {
                using var response = await http.GetAsync(new Uri($"{address}/{path}"));
                page = await response.Content.ReadAsStringAsync();
                return response.StatusCode;
            },
            response => response == status,
            $"{status} for {path}"
        );
        return page;
    }

    private static async Task AssertEndsAsync(int process)
    {
        var waiting = Stopwatch.StartNew();
        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(ProgramRun.IsRunning(process)),
            isRunning => !isRunning,
            "the end of the process"
        );
        Assert.InRange(waiting.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private void AssertNothingIsLeft()
    {
        Assert.False(_local.IsAzuriteRunning);
        Assert.False(File.Exists(_local.ConnectionFile));
    }

    private static bool TryDelete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A file appeared meanwhile.
        }

        return !Directory.Exists(folder);
    }
}
