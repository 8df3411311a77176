using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>Azurite as the local host and the tests run it.</summary>
[Trait("Category", "Slow")]
public sealed class AzuriteTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private readonly string _folder = Directory.CreateTempSubdirectory("blog-azurite-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Data_survives_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await WriteToAllServicesAsync(before.ConnectionString("blog"), "a post");
        }

        await using var after = await StartAsync();

        await AssertIsInAllServicesAsync(after.ConnectionString("blog"), "a post");
    }

    [Fact]
    public async Task The_last_write_is_kept_when_the_parent_is_killed()
    {
        using var parent = await StartKillableParentAsync();
        await WriteToAllServicesAsync(parent.ConnectionString, "written just before");

        parent.Process.Kill(); // SIGKILL, not to its children

        await using var after = await StartAsync(); // at once: it waits until the previous one has ended
        await AssertIsInAllServicesAsync(after.ConnectionString("blog"), "written just before");
        // Azurite keeps the other end of the pipe open until it has ended.
        await parent.Process.StandardOutput.ReadToEndAsync().WaitAsync(Timeout);
    }

    [Fact]
    public async Task Two_emulators_do_not_keep_each_other_alive()
    {
        var first = await StartAsync("first");
        var second = await StartAsync("second");

        await first.DisposeAsync();
        var secondStillRuns = IsRunning(second.ProcessId);
        await second.DisposeAsync();

        Assert.Equal(0, await first.Exited);
        Assert.True(secondStillRuns);
        Assert.Equal(0, await second.Exited);
    }

    [Fact]
    public async Task A_second_emulator_in_the_same_folder_is_refused_with_a_sentence()
    {
        await using var first = await StartAsync();

        var failure = await Assert.ThrowsAsync<StartException>(() => StartAsync());

        Assert.Contains("end that one first", failure.Message, StringComparison.Ordinal);
        Assert.Contains($"process {first.ProcessId} ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_reports_that_it_was_killed()
    {
        await using var azurite = await StartAsync();

        using var process = Process.GetProcessById(azurite.ProcessId);
        process.Kill();

        Assert.Equal(128 + 9, await azurite.Exited.WaitAsync(Timeout));
    }

    [Fact]
    public async Task Accounts_are_isolated()
    {
        var one = await StorageAccounts.NewAccountAsync();
        var other = await StorageAccounts.NewAccountAsync();

        await WriteToAllServicesAsync(one, "of one");
        await WriteToAllServicesAsync(other, "of the other");

        await AssertIsInAllServicesAsync(one, "of one");
        await AssertIsInAllServicesAsync(other, "of the other");
    }

    [Fact]
    public async Task A_new_account_is_empty()
    {
        await WriteToAllServicesAsync(await StorageAccounts.NewAccountAsync(), "of another");
        var fresh = await StorageAccounts.NewAccountAsync();

        Assert.Empty(new BlobServiceClient(fresh).GetBlobContainers());
        Assert.Empty(new QueueServiceClient(fresh).GetQueues());
        Assert.Empty(new TableServiceClient(fresh).Query());
    }

    [Fact]
    public async Task The_log_is_appended_to()
    {
        var log = Path.Combine(_folder, "logs", "azurite.log");
        for (var start = 0; start < 2; start++)
        {
            await using var azurite = await Azurite.StartAsync(
                new AzuriteOptions(null, ["blog"], log),
                CancellationToken.None
            );
        }

        var lines = await File.ReadAllLinesAsync(log);

        Assert.Equal(
            2,
            lines.Count(line =>
                line.StartsWith("Azurite Table service is successfully listening", StringComparison.Ordinal)
            )
        );
        Assert.Equal(2, lines.Count(line => line == "Azurite Table service successfully closed"));
    }

    [Fact]
    public async Task Without_node_one_sentence_says_what_to_install()
    {
        var failure = await Assert.ThrowsAsync<StartException>(() =>
            NodePackages.RequireNodeAsync(Path.Combine(_folder, "node"), CancellationToken.None)
        );

        Assert.Equal(
            "Node.js 20 or newer is needed for the local storage (Azurite): "
                + "install it (Debian: apt-get install nodejs npm) and start again.",
            failure.Message
        );
    }

    [Fact]
    public async Task A_failure_of_npm_is_reported_in_its_words()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "package.json"),
            """{ "dependencies": { "left": "1.0.0" } }"""
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "package-lock.json"),
            """{ "lockfileVersion": 3, "packages": {} }"""
        );

        var failure = await Assert.ThrowsAsync<StartException>(() =>
            NodePackages.EnsureInstalledAsync(_folder, say: null, CancellationToken.None)
        );

        Assert.Contains("npm error", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packages_are_installed_once_for_any_number_of_callers()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "package.json"),
            """{ "name": "nothing", "version": "1.0.0" }"""
        );
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "package-lock.json"),
            """{ "name": "nothing", "version": "1.0.0", "lockfileVersion": 3, """
                + "\"packages\": { \"\": { \"name\": \"nothing\", \"version\": \"1.0.0\" } } }"
        );
        var messages = 0;

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    NodePackages.EnsureInstalledAsync(
                        _folder,
                        _ => Interlocked.Increment(ref messages),
                        CancellationToken.None
                    )
                )
        );

        Assert.Equal(1, messages);
    }

    private Task<Azurite> StartAsync(string folder = "storage") =>
        Azurite.StartAsync(
            new AzuriteOptions(Path.Combine(_folder, folder), ["blog"], LogFile: null),
            CancellationToken.None
        );

    private static async Task WriteToAllServicesAsync(string storage, string text)
    {
        await new BlobContainerClient(storage, "posts").CreateIfNotExistsAsync();
        await new BlobClient(storage, "posts", "post.md").UploadAsync(BinaryData.FromString(text));
        var queue = new QueueClient(storage, "inbox");
        await queue.CreateIfNotExistsAsync();
        await queue.SendMessageAsync(text);
        var table = new TableClient(storage, "comments");
        await table.CreateIfNotExistsAsync();
        await table.AddEntityAsync(new TableEntity("post", "comment") { ["Text"] = text });
    }

    private static async Task AssertIsInAllServicesAsync(string storage, string text)
    {
        var blob = await new BlobClient(storage, "posts", "post.md").DownloadContentAsync();
        var messages = await new QueueClient(storage, "inbox").PeekMessagesAsync(maxMessages: 10);
        var row = await new TableClient(storage, "comments").GetEntityAsync<TableEntity>("post", "comment");
        Assert.Equal(text, blob.Value.Content.ToString());
        Assert.Equal(text, Assert.Single(messages.Value).MessageText);
        Assert.Equal(text, row.Value["Text"]);
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    // Starts a separate parent process of Azurite that can be killed, unlike the test process.
    private async Task<KillableParent> StartKillableParentAsync()
    {
        const string Script =
            "require('child_process').spawn(process.execPath, process.argv.slice(1), "
            + "{ stdio: ['pipe', 'inherit', 'inherit'] })";
        string[] arguments =
        [
            "-e",
            Script,
            "--",
            "storage.js",
            "--silent",
            "--disableTelemetry",
            "--skipApiVersionCheck",
            "--blobPort",
            "0",
            "--queuePort",
            "0",
            "--tablePort",
            "0",
            "--location",
            Path.Combine(_folder, "storage"),
        ];
        var start = new ProcessStartInfo("node", arguments)
        {
            WorkingDirectory = Path.Combine(RepositoryRoot.Find(), "infra", "local"),
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = "blog:c2VjcmV0";
        var process = Process.Start(start)!;

        var connection = "DefaultEndpointsProtocol=http;AccountName=blog;AccountKey=c2VjcmV0;";
        for (var services = 0; services < 3; )
        {
            var words = (await process.StandardOutput.ReadLineAsync())!.Split(' ');
            if (words is ["Azurite", var service, .., "listening", "at", var address])
            {
                connection += $"{service}Endpoint={address}/blog;";
                services++;
            }
        }

        return new KillableParent(process, connection);
    }

    private sealed record KillableParent(Process Process, string ConnectionString) : IDisposable
    {
        public void Dispose() => Process.Dispose();
    }
}
