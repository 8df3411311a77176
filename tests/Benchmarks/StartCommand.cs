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
/// Measures the processor time from exec to the first whole page, and the resident memory at that moment: for the
/// published handler (Native AOT) without telemetry and with both exporters, and for the same program under the JIT.
/// </summary>
internal static class StartCommand
{
    /// <summary>Milliseconds of processor time: what a quarter of a core pays for.</summary>
    private const double TimeLimit = 100;

    /// <summary>Megabytes of 1,000,000 bytes.</summary>
    private const double MemoryLimit = 72;

    /// <summary>The memory limit with both exporters.</summary>
    private const double TelemetryMemoryLimit = 84;

    private const string Slug = "measured";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    /// <summary>A program to start, and its starts so far.</summary>
    private sealed record Variant(string Name, string Executable, (string Name, string Value)[] Settings)
    {
        public List<Start> Starts { get; } = [];

        public Start Median =>
            new(
                Statistics.Median(Starts.Select(start => start.Processor)),
                Statistics.Median(Starts.Select(start => start.Elapsed)),
                Statistics.Median(Starts.Select(start => start.Megabytes))
            );
    }

    /// <summary>One start: milliseconds of processor time and of elapsed time, and resident memory.</summary>
    private sealed record Start(double Processor, double Elapsed, double Megabytes)
    {
        public FormattableString Line =>
            $"{Processor:0.0} ms of processor time ({Elapsed:0.0} ms elapsed), {Megabytes:0.0} MB";
    }

    public static Command Create()
    {
        var times = new Option<int>("--times")
        {
            Description = "How often each is started.",
            HelpName = "N",
            DefaultValueFactory = _ => 10,
        };
        var command = new Command("start", "Processor time from exec to the first page, and the memory then.")
        {
            times,
        };
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
        await using var collector = await OtlpReceiver.StartAsync();
        var (off, on, underJit) = (
            new Variant("Native AOT", PublishedHandler.Executable, []),
            new Variant("Native AOT with both exporters", PublishedHandler.Executable, ExportersFor(collector)),
            new Variant("JIT", jit, [])
        );
        LimitReport.Print(
            $"From exec to the first whole post page, its blob in storage: {times} starts each, in turn."
        );
        LimitReport.Print($"The executable has {new FileInfo(PublishedHandler.Executable).Length / 1e6:0.0} MB.");
        // Each build has cache keys of its own: the first start of each renders the page and stores its blob.
        await StartAsync(off, connection);
        await StartAsync(underJit, connection);

        for (var time = 1; time <= times; time++)
        {
            foreach (var variant in (Variant[])[off, on, underJit])
            {
                variant.Starts.Add(await StartAsync(variant, connection));
                LimitReport.Print($"  {time}: {variant.Name}: ", variant.Starts[^1].Line);
            }
        }

        LimitReport.Print($"JIT, medians: ", underJit.Median.Line);
        await PrintQuarterAsync(connection, times);
        var report = new LimitReport();
        report.AtMost("Processor time to the first page, median", off.Median.Processor, TimeLimit, " ms");
        report.AtMost("The same with both exporters", on.Median.Processor, TimeLimit, " ms");
        report.AtMost("Resident memory then, median", off.Median.Megabytes, MemoryLimit, " MB");
        report.AtMost("The same with both exporters", on.Median.Megabytes, TelemetryMemoryLimit, " MB");
        return report.Close();
    }

    /// <summary>Prints the wall time of starts at a quarter of a core, which has no limit.</summary>
    private static async Task PrintQuarterAsync(string connection, int times)
    {
        if (QuarterCore.FindProblem() is { } problem)
        {
            LimitReport.Print($"{problem}");
            return;
        }

        using var quarter = QuarterCore.Create(PublishedHandler.Executable);
        var variant = new Variant("Native AOT at a quarter of a core", quarter.Executable, []);
        for (var time = 0; time < times; time++)
        {
            variant.Starts.Add(await StartAsync(variant, connection));
        }

        LimitReport.Print($"{variant.Name}, medians: ", variant.Median.Line);
    }

    private static (string Name, string Value)[] ExportersFor(OtlpReceiver collector) =>
        [
            .. collector.Settings,
            (
                "APPLICATIONINSIGHTS_CONNECTION_STRING",
                $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={collector.Address}/"
            ),
        ];

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

    private static async Task<Start> StartAsync(Variant variant, string connection)
    {
        var port = PublishedHandler.FreePort();
        var dotnet = Path.GetFullPath(
            Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..")
        );
        var started = Stopwatch.GetTimestamp();
        await using var run = ProgramRun.Start(
            variant.Executable,
            [],
            PublishedHandler.Environment(connection, port, variant.Settings).Append(new("DOTNET_ROOT", dotnet))
        );
        var page = ReadPage(port, run, started);
        var (processor, elapsed) = (ProcessorTime.OfThreads(run.Id), Stopwatch.GetElapsedTime(started));
        return
            page.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)
            && page.Contains("</html>", StringComparison.Ordinal)
            ? new Start(processor, elapsed.TotalMilliseconds, await ResidentAsync(run.Id))
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
