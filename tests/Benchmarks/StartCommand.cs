using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ServerlessBlog.Benchmarks.Conversations;
using ServerlessBlog.Hosting.Local;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Measures the time from exec to the first whole page and the resident memory at that moment: for the published
/// handler (Native AOT), and for the same program under the JIT.
/// </summary>
internal static class StartCommand
{
    /// <summary>Milliseconds.</summary>
    private const double TimeLimit = 100;

    /// <summary>Megabytes of 1,000,000 bytes.</summary>
    private const double MemoryLimit = 64;

    private const string Slug = "measured";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private sealed record Start(double Milliseconds, double Megabytes);

    public static Command Create()
    {
        var times = new Option<int>("--times")
        {
            Description = "How often each is started.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("start", "From exec to the first page, and the memory then.") { times };
        command.SetAction((line, _) => RunAsync(line.GetValue(times)));
        return command;
    }

    private static async Task<int> RunAsync(int times)
    {
        var jit = Path.Combine(RepositoryRoot.Find(), "functions", "bin", "Release", "net10.0", "ServerlessBlog");
        if (!File.Exists(jit))
        {
            throw new InvalidOperationException(
                "The build to compare with is missing: dotnet build functions -c Release"
            );
        }

        await PublishedHandler.EnsurePublishedAsync();
        var connection = await PrepareAsync();
        LimitReport.Print(
            $"From exec to the first whole post page, its blob in storage: Native AOT against the JIT, ",
            $"{times} starts each, in turn."
        );
        // Each build has cache keys of its own: the first start of each renders the page and stores its blob.
        await StartAsync(PublishedHandler.Executable, connection);
        await StartAsync(jit, connection);

        var (nativeStarts, jitStarts) = (new List<Start>(), new List<Start>());
        for (var time = 1; time <= times; time++)
        {
            nativeStarts.Add(await StartAsync(PublishedHandler.Executable, connection));
            jitStarts.Add(await StartAsync(jit, connection));
            LimitReport.Print(
                $"  {time}: Native AOT {nativeStarts[^1].Milliseconds:0.0} ms, {nativeStarts[^1].Megabytes:0.0} MB; ",
                $"JIT {jitStarts[^1].Milliseconds:0.0} ms, {jitStarts[^1].Megabytes:0.0} MB"
            );
        }

        var (milliseconds, megabytes) = (
            Statistics.Median(nativeStarts.Select(start => start.Milliseconds)),
            Statistics.Median(nativeStarts.Select(start => start.Megabytes))
        );
        LimitReport.Print(
            $"JIT, medians: {Statistics.Median(jitStarts.Select(start => start.Milliseconds)):0.0} ms, ",
            $"{Statistics.Median(jitStarts.Select(start => start.Megabytes)):0.0} MB"
        );
        var report = new LimitReport();
        report.AtMost("Native AOT: from exec to the first page, median", milliseconds, TimeLimit, " ms");
        report.AtMost("Native AOT: resident memory then, median", megabytes, MemoryLimit, " MB");
        return report.Close();
    }

    private static async Task<string> PrepareAsync()
    {
        await using var blog = await TestBlog.StartAsync();
        await ConversationBuilder.AddAsync(
            blog,
            await blog.PublishAsync(Slug, "A page is made once", ConversationBuilder.Body),
            20
        );
        return blog.Connection;
    }

    private static async Task<Start> StartAsync(string executable, string connection)
    {
        var port = PublishedHandler.FreePort();
        var dotnet = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")
        );
        var started = Stopwatch.GetTimestamp();
        await using var run = ProgramRun.Start(
            executable,
            [],
            PublishedHandler.Environment(connection, port).Append(new("DOTNET_ROOT", dotnet))
        );
        var page = ReadPage(port, run, started);
        var elapsed = Stopwatch.GetElapsedTime(started);
        return
            page.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)
            && page.Contains("</html>", StringComparison.Ordinal)
            ? new Start(elapsed.TotalMilliseconds, await ResidentAsync(run.Id))
            : throw new InvalidOperationException($"The first page was: {page}");
    }

    /// <summary>Tries to connect every millisecond until the program listens, then reads the whole response.</summary>
    /// <remarks>
    /// Synchronous, on a socket: the start-up of the thread pool would otherwise be part of the figure.
    /// </remarks>
    private static string ReadPage(int port, ProgramRun run, long started)
    {
        while (Stopwatch.GetElapsedTime(started) < Deadline && ProgramRun.IsRunning(run.Id))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                NoDelay = true,
                ReceiveTimeout = (int)Deadline.TotalMilliseconds,
            };
            try
            {
                socket.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException problem) when (problem.SocketErrorCode == SocketError.ConnectionRefused)
            {
                Thread.Sleep(1);
                continue;
            }

            socket.Send(
                Encoding.ASCII.GetBytes(
                    $"GET /posts/{Slug} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Host: blog.test\r\n"
                        + "X-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
                )
            );
            using var response = new MemoryStream();
            using var stream = new NetworkStream(socket);
            stream.CopyTo(response);
            return Encoding.UTF8.GetString(response.GetBuffer(), 0, (int)response.Length);
        }

        throw new InvalidOperationException($"It did not listen: {run.Output} {run.Errors}");
    }

    /// <summary>
    /// Resident memory in megabytes of 1,000,000 bytes. VmRSS is in units of 1,024 bytes, although proc(5) labels it
    /// kB.
    /// </summary>
    private static async Task<double> ResidentAsync(int process)
    {
        var line = (await File.ReadAllLinesAsync($"/proc/{process}/status")).Single(line =>
            line.StartsWith("VmRSS:", StringComparison.Ordinal)
        );
        return double.Parse(
                line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture
            )
            * 1024
            / 1e6;
    }
}
