using System.CommandLine;
using System.Diagnostics;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Hosting.Storage;
using ServerlessBlog.Posts;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Starts a hundred instances at once on one storage, each with ten concurrent readers of the same page: first without
/// the cached page blob, then with it.
/// </summary>
internal static class HerdCommand
{
    private const string Slug = "measured";

    public static Command Create()
    {
        var instances = new Option<int>("--instances")
        {
            Description = "How many start.",
            HelpName = "N",
            DefaultValueFactory = _ => 100,
        };
        var readers = new Option<int>("--readers")
        {
            Description = "How many readers each has at once.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("herd", "What a hundred cold instances ask of storage for one page.")
        {
            instances,
            readers,
        };
        command.SetAction((line, _) => RunAsync(line.GetValue(instances), line.GetValue(readers)));
        return command;
    }

    private static async Task<int> RunAsync(int instances, int readers)
    {
        LimitReport.Print(
            $"{instances} cold instances on one storage, {readers} readers each, all at once, one post page."
        );
        var (connection, post) = await PrepareAsync();
        var pages = new BlobContainerClient(connection, StorageNames.Pages).GetBlobsAsync(
            BlobTraits.None,
            BlobStates.None,
            $"posts/{post}/",
            CancellationToken.None
        );
        if (await pages.AnyAsync())
        {
            throw new InvalidOperationException("The page has been rendered already.");
        }

        var report = new LimitReport();
        await StartAsync("without its blob", connection, instances, readers, mostRenders: 1, report);
        report.Exactly("without its blob: blobs afterwards", await pages.CountAsync(), 1);
        await StartAsync("with its blob", connection, instances, readers, mostRenders: 0, report);
        report.Exactly("with its blob: blobs afterwards", await pages.CountAsync(), 1);
        return report.Close();
    }

    private static async Task StartAsync(
        string what,
        string connection,
        int count,
        int readers,
        int mostRenders,
        LimitReport report
    )
    {
        var instances = Enumerable.Range(0, count).Select(_ => new ColdInstance(connection)).ToList();
        var watch = Stopwatch.StartNew();
        var bodies = await Task.WhenAll(
            instances.SelectMany(instance =>
                Enumerable.Range(0, readers).Select(_ => Task.Run(() => instance.ReadPostAsync(Slug)))
            )
        );
        var elapsed = watch.Elapsed;

        var all = instances.SelectMany(instance => instance.Calls).ToList();
        var first = all.Where(call => call.Try == 0).ToList();
        var puts = all.Where(IsPut).ToList();
        LimitReport.Print(
            $"{what}: {bodies.Length:N0} readers served in {elapsed.TotalSeconds:0.0} s, ",
            $"{bodies.Select(Convert.ToHexString).Distinct().Count()} different page(s)"
        );
        LimitReport.Print(
            $"  storage calls {first.Count:N0}, tried again {all.Count - first.Count:N0}; ",
            $"without an answer, or 5xx, {all.Count(call => call.Status is 0 or >= 500):N0}"
        );
        LimitReport.Print(
            $"  renders {first.Count(IsRender):N0}; PUTs of the blob {puts.Count:N0}, ",
            $"of which {puts.Count(put => put.Status is 409 or 412):N0} found it there already, ",
            $"{puts.Count(put => put.Status == 201):N0} made it"
        );

        report.AtMost(
            $"{what}: address reads",
            first.Count(call =>
                call is { Method: "GET" } && call.Path.StartsWith("/addresses(", StringComparison.Ordinal)
            ),
            count
        );
        report.AtMost($"{what}: page-blob GETs", first.Count(call => call is { Method: "GET" } && IsPage(call)), count);
        report.AtMost(
            $"{what}: renders, of the instance with the most",
            instances.Max(instance => instance.Calls.Count(call => call.Try == 0 && IsRender(call))),
            mostRenders
        );
        report.AtMost(
            $"{what}: PUTs of the blob, of the instance with the most",
            instances.Max(instance => instance.Calls.Count(call => call.Try == 0 && IsPut(call))),
            mostRenders
        );
        foreach (var instance in instances)
        {
            await instance.DisposeAsync();
        }
    }

    /// <summary>Only rendering a page reads the accepted copy of a post.</summary>
    private static bool IsRender(ColdInstance.Call call) =>
        call.Method == "GET" && call.Path.StartsWith("/accepted/", StringComparison.Ordinal);

    private static bool IsPut(ColdInstance.Call call) => call.Method == "PUT" && IsPage(call);

    private static bool IsPage(ColdInstance.Call call) =>
        call.Path.StartsWith("/pages/posts/", StringComparison.Ordinal);

    private static async Task<(string Connection, PostId Post)> PrepareAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        var post = await blog.PublishAsync(Slug, "A page is made once", ConversationBuilder.Body);
        await ConversationBuilder.AddAsync(blog, post, 20);
        return (blog.Connection, post);
    }
}
