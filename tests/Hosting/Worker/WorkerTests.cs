using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.CustomHandler;
using ServerlessBlog.Hosting.Failures;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Worker;

/// <summary>
/// The same functions as a .NET isolated worker, built with Microsoft's packages and invoked by a stand-in for
/// Microsoft's host.
/// </summary>
[Trait("Category", "Slow")]
public sealed class WorkerTests
{
    [Fact]
    public async Task Microsofts_packages_read_the_same_function_metadata_as_our_code()
    {
        await WorkerBuild.EnsureBuiltAsync();

        var written = JsonNode
            .Parse(await File.ReadAllTextAsync(Path.Combine(WorkerBuild.Folder, "functions.metadata")))!
            .AsArray();
        Assert.Equal(
            Program
                .Functions.All.Select(function => $"{function.Name} {function.Type.FullName}.{function.Method.Name}")
                .Order(StringComparer.Ordinal),
            written.Select(function => $"{function!["name"]} {function["entryPoint"]}").Order(StringComparer.Ordinal)
        );
        foreach (var function in Program.Functions.All)
        {
            var theirs = written.Single(other => (string?)other!["name"] == function.Name)!["bindings"]![0]!;
            foreach (var (name, value) in FunctionJsonFiles.Describe(function)["bindings"]![0]!.AsObject())
            {
                Assert.Equal(
                    $"{function.Name} {name} {value?.ToJsonString()}",
                    $"{function.Name} {name} {theirs[name]?.ToJsonString()}",
                    ignoreCase: true
                );
            }
        }
    }

    [Fact]
    public async Task A_post_is_served_a_comment_is_moderated_and_every_timer_can_be_invoked()
    {
        var connection = await StandInHost.CreateStorageAsync();
        await using var host = await WorkerHost.StartAsync(connection, ("Blog__Comments__PreviouslyApproved", "false"));
        Assert.Equal(Program.Functions.All.Select(function => function.Name).Order(), host.Functions.Order());

        await new BlobContainerClient(connection, StorageNames.Posts).UploadBlobAsync(
            "hello.md",
            BinaryData.FromString("---\ntitle: Hello\n---\nSome *emphasis*, and $\\frac{a}{b}$.\n")
        );
        Assert.Null(await host.CallAsync("PublishPost", BlobEvent.Create(StorageNames.Posts, "hello.md")));
        Assert.Contains(""" href="/posts/hello">""", await ReadAsync(host, "ReadHome", "/"), StringComparison.Ordinal);
        var before = await ReadAsync(host, "WelcomeReader", "/posts/hello");
        Assert.Contains("Some <em>emphasis</em>, and <math>", before, StringComparison.Ordinal);

        using var sent = await host.ProxyAsync(
            "PostComment",
            HttpMethod.Post,
            ContentBuilder.CommentFormPath(before),
            new FormUrlEncodedContent([
                new("name", "Grace"),
                new("email", "grace@example.com"),
                new("website", ""),
                new("comment", "Well **said**"),
            ])
        );
        Assert.Equal(
            (HttpStatusCode.SeeOther, "blog.test"),
            (sent.StatusCode, new Uri(new Uri("http://blog.test"), sent.Headers.Location!).Host)
        );
        Assert.Null(
            await host.CallAsync(
                "ModerateComment",
                await StorageAccounts.ReceiveAsync(connection, StorageNames.ModerationQueue)
            )
        );
        await TestBlog.WaitUntilAsync(
            () => ReadAsync(host, "WelcomeReader", "/posts/hello"),
            page => page.Contains("Well <strong>said</strong>", StringComparison.Ordinal),
            "the comment"
        );

        foreach (var (timer, _) in Program.Functions.With<TimerTriggerAttribute>())
        {
            Assert.Null(await host.CallAsync(timer.Name, """{"Schedule":{"AdjustForDST":true},"IsPastDue":false}"""));
        }
    }

    [Fact]
    public async Task Only_requests_with_the_origin_secret_get_in_and_messages_need_none()
    {
        await using var host = await WorkerHost.StartAsync(
            StorageAccounts.Unreachable,
            ("Blog__OriginSecret", "only-the-cdn-knows-this")
        );

        using var refused = await host.ProxyAsync("ReadHome", HttpMethod.Get, "/");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("not a blob event", await host.CallAsync("PublishPost", "no event"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failures_are_reported_to_the_host_and_to_the_reader()
    {
        await using var host = await WorkerHost.StartAsync(StorageAccounts.Unreachable);

        using var read = await host.ProxyAsync("ReadHome", HttpMethod.Get, "/");
        using var nowhere = await host.ProxyAsync(
            "PostComment",
            HttpMethod.Post,
            "/posts/none/comments",
            new FormUrlEncodedContent([])
        );

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "text/html"),
            (read.StatusCode, read.Content.Headers.ContentType!.MediaType)
        );
        Assert.DoesNotContain(" at ServerlessBlog.", await read.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, nowhere.StatusCode);
        Assert.Contains("not a blob event", await host.CallAsync("PublishPost", "no event"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reasons_of_a_failing_message_are_recorded_until_it_succeeds()
    {
        await using var blog = await TestBlog.StartAsync();
        await using var host = await WorkerHost.StartAsync(blog.Connection);
        var upload = BlobEvent.Create(StorageNames.Posts, "late.md");

        Assert.NotNull(await host.CallAsync("PublishPost", "no event", 3));
        Assert.NotNull(await host.CallAsync("PublishPost", "no event", 4));
        await blog.Get<FailureTable>()
            .AddAsync(StorageNames.UploadQueue, upload, "Try 1: it was too early", CancellationToken.None);
        Assert.Null(await host.CallAsync("PublishPost", upload, 2));

        var history = await blog.Get<FailureTable>()
            .GetHistoryAsync(StorageNames.UploadQueue, "no event", CancellationToken.None);
        Assert.Equal(["Try 3", "Try 4"], history.Select(attempt => attempt.Reason.Split(':')[0]));
        Assert.All(history, attempt => Assert.Contains("not a blob event", attempt.Reason, StringComparison.Ordinal));
        Assert.Empty(
            await blog.Get<FailureTable>().GetHistoryAsync(StorageNames.UploadQueue, upload, CancellationToken.None)
        );
    }

    [Fact]
    public async Task It_ends_soon_after_its_host_was_killed()
    {
        await using var host = await WorkerHost.StartAsync(StorageAccounts.Unreachable);
        var worker = int.Parse(await host.Parent.LineAsync("Worker:"), CultureInfo.InvariantCulture);
        Assert.True(ProgramRun.IsRunning(worker));

        await host.Parent.SignalAsync("KILL");

        await TestBlog.WaitUntilAsync(
            () => Task.FromResult(ProgramRun.IsRunning(worker)),
            isRunning => !isRunning,
            "the end of the process"
        );
    }

    [Fact]
    public async Task Without_its_settings_it_prints_which_one_to_set()
    {
        await WorkerBuild.EnsureBuiltAsync();

        await using var run = ProgramRun.Start(
            "dotnet",
            [Path.Combine(WorkerBuild.Folder, "ServerlessBlog.dll"), "--functions-uri", "http://127.0.0.1:1"],
            [new("Blog__BaseUrl", "no address")]
        );

        Assert.Equal(1, await run.EndAsync());
        Assert.Contains("Blog__BaseUrl", run.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> ReadAsync(WorkerHost host, string function, string path)
    {
        using var response = await host.ProxyAsync(function, HttpMethod.Get, path);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }
}
