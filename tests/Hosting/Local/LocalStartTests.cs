using System.Net;
using System.Net.Sockets;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

/// <summary>
/// Starts that fail: the program prints one sentence that says what to do, exits with 1 and leaves nothing running.
/// </summary>
[Trait("Category", "Slow")]
public sealed class LocalStartTests : IAsyncLifetime
{
    /// <summary>
    /// A connection string that is valid but never used, so that the start need not wait for Azurite.
    /// </summary>
    private const string UnusedStorage = "UseDevelopmentStorage=true";

    private readonly LocalRun _local = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _local.DeleteAsync();

    [Theory]
    [InlineData(
        "Blog__TimeZone",
        "Mars/Olympus",
        "The setting Blog__TimeZone is 'Mars/Olympus': write an IANA time zone such as Europe/Berlin."
    )]
    [InlineData("Blog__Authors", "Ada", "The setting Blog__Authors is 'Ada': write \"Name <mail>; Name <mail>\".")]
    [InlineData(
        "Blog__Smtp",
        "user:hunter2",
        "The setting Blog__Smtp is not such an address: write one like smtp://user:password@mail.example.com:587."
    )]
    [InlineData(
        "Blog__Comments__MaxLinks",
        "many",
        "The setting Blog__Comments__MaxLinks is 'many': write a number from 0 to 100."
    )]
    [InlineData(
        "Blog__BaseUrl",
        "here",
        "The setting Blog__BaseUrl is not such an address: write one like https://blog.example.com."
    )]
    [InlineData(
        "Blog__Secret",
        "short",
        "The setting Blog__Secret is '(5 characters)': write at least 32 random characters."
    )]
    [InlineData(
        "Blog__PreviousSecret",
        "short",
        "The setting Blog__PreviousSecret is '(5 characters)': "
            + "write what Blog__Secret was before, at least 32 characters."
    )]
    [InlineData(
        "BlogStorage",
        "nonsense",
        "The setting BlogStorage cannot be read: write a storage account's connection string."
    )]
    public async Task A_setting_that_cannot_be_used_is_named(string name, string value, string sentence)
    {
        await using var blog = ProgramRun.Blog(
            ["--data", _local.Data, "--port", "0"],
            new("BlogStorage", UnusedStorage),
            new(name, value)
        );

        await AssertRefusedAsync(blog, sentence);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_is_named_with_the_local_storage_too()
    {
        await using var blog = _local.StartWith("Blog__TimeZone", "Mars/Olympus");

        await AssertRefusedAsync(
            blog,
            "The setting Blog__TimeZone is 'Mars/Olympus': write an IANA time zone such as Europe/Berlin."
        );
    }

    [Theory]
    [InlineData("Blog__Titel", "The blog has no setting Blog__Titel: did you mean Blog__Title?")]
    [InlineData("Blog__MaxLinks", "The blog has no setting Blog__MaxLinks: did you mean Blog__Comments__MaxLinks?")]
    [InlineData(
        "Blog__Comments__Xyzxyz",
        "The blog has no setting Blog__Comments__Xyzxyz: remove it, or check its name."
    )]
    public async Task A_setting_that_does_not_exist_is_reported_before_anything_is_started(string name, string sentence)
    {
        await using var blog = _local.StartWith(name, "1");

        await AssertRefusedAsync(blog, sentence);
    }

    [Theory]
    [InlineData("--prot", "8080", "Unrecognized command or argument '--prot': --help shows what there is.")]
    [InlineData(
        "--port",
        "many",
        "--port takes a number from 0 to 65535 (0: any free one): --help shows what there is."
    )]
    [InlineData(
        "--port",
        "70000",
        "--port takes a number from 0 to 65535 (0: any free one): --help shows what there is."
    )]
    [InlineData("--data", "", "--data takes a folder: --help shows what there is.")]
    [InlineData("--quiet", "--data", "Required argument missing for option: '--data': --help shows what there is.")]
    [InlineData(
        "--quiet",
        "upload",
        "Required argument 'FILE-OR-FOLDER' missing for command: 'upload': --help shows what there is."
    )]
    public async Task An_invalid_command_line_is_reported(string first, string second, string sentence)
    {
        await using var blog = ProgramRun.Blog([first, second]);

        await AssertRefusedAsync(blog, sentence);
    }

    [Fact]
    public async Task A_port_in_use_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        await using var blog = ProgramRun.Blog(["--data", _local.Data, "--port", $"{port}"]);

        await AssertRefusedAsync(
            blog,
            $"The port {port} cannot be used (Address already in use): "
                + "choose another with --port N, or end the program that has it."
        );
    }

    [Fact]
    public async Task Two_blogs_do_not_share_a_folder()
    {
        await using var first = _local.Start();
        await first.LineAsync("End:");

        await using var second = _local.Start();

        await AssertRefusedAsync(
            second,
            $"A blog is already running on {_local.Data}: end it, or choose another folder with --data DIR.",
            isAnotherRunning: true
        );
        Assert.True(File.Exists(_local.ConnectionFile));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_created_is_named()
    {
        var file = Path.Combine(_local.Data, "file");
        await File.WriteAllTextAsync(file, "");

        await using var blog = ProgramRun.Blog(["--data", file]);

        await AssertRefusedAsync(blog, $"The folder {file} cannot be written: choose another with --data DIR.");
    }

    [Fact]
    public async Task Without_node_it_says_what_to_install()
    {
        await using var blog = _local.StartWith("PATH", _local.Data);

        await AssertRefusedAsync(
            blog,
            "Node.js 20 or newer is needed for the local storage (Azurite): "
                + "install it (Debian: apt-get install nodejs npm) and start again."
        );
    }

    [Fact]
    public async Task An_unreachable_storage_is_reported()
    {
        var port = PublishedHandler.FreePort();
        var connection =
            $"DefaultEndpointsProtocol=http;AccountName=blog;AccountKey=c2VjcmV0;"
            + $"BlobEndpoint=http://127.0.0.1:{port}/blog;"
            + $"QueueEndpoint=http://127.0.0.1:{port}/blog;TableEndpoint=http://127.0.0.1:{port}/blog;";

        await using var blog = _local.StartWith("BlogStorage", connection);

        await AssertRefusedAsync(
            blog,
            "The storage in BlogStorage cannot be used (Connection refused): "
                + "check the setting, or unset it to use the local storage."
        );
    }

    private async Task AssertRefusedAsync(ProgramRun blog, string sentence, bool isAnotherRunning = false)
    {
        var exitCode = await blog.EndAsync();

        Assert.Equal(sentence + "\n", blog.Errors);
        Assert.Equal(1, exitCode);
        Assert.Equal("", blog.Output);
        Assert.Equal(isAnotherRunning, _local.IsAzuriteRunning);
    }
}
