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

/// <summary>From exec to the first whole page, and the memory then: the published handler (Native AOT), and the same program under the JIT beside it.</summary>
internal static class StartCommand
{
    private const double TimeLimit = 100;
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

        await PublishedHandler.PublishedAsync();
        var connection = await PrepareAsync();
        LimitReport.Say(
            $"From exec to the first whole post page, its blob in storage: Native AOT against the JIT, {times} starts each, in turn."
        );
        await StartAsync(PublishedHandler.Executable, connection); // each build has pages of its own: these two render them
        await StartAsync(jit, connection);

        var (native, compiled) = (new List<Start>(), new List<Start>());
        for (var time = 1; time <= times; time++)
        {
            native.Add(await StartAsync(PublishedHandler.Executable, connection));
            compiled.Add(await StartAsync(jit, connection));
            LimitReport.Say(
                $"  {time}: Native AOT {native[^1].Milliseconds:0.0} ms, {native[^1].Megabytes:0.0} MB; JIT {compiled[^1].Milliseconds:0.0} ms, {compiled[^1].Megabytes:0.0} MB"
            );
        }

        var (milliseconds, megabytes) = (
            Figures.Median(native.Select(start => start.Milliseconds)),
            Figures.Median(native.Select(start => start.Megabytes))
        );
        LimitReport.Say(
            $"JIT, medians: {Figures.Median(compiled.Select(start => start.Milliseconds)):0.0} ms, {Figures.Median(compiled.Select(start => start.Megabytes)):0.0} MB"
        );
        var limitReport = new LimitReport();
        limitReport.AtMost("Native AOT: from exec to the first page, median", milliseconds, TimeLimit, " ms");
        limitReport.AtMost("Native AOT: resident memory then, median", megabytes, MemoryLimit, " MB");
        return limitReport.Close();
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
        var began = Stopwatch.GetTimestamp();
        await using var run = ProgramRun.Start(
            executable,
            [],
            PublishedHandler.Environment(connection, port).Append(new("DOTNET_ROOT", dotnet))
        );
        var page = ReadPage(port, run, began);
        var elapsed = Stopwatch.GetElapsedTime(began);
        return
            page.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal)
            && page.Contains("</html>", StringComparison.Ordinal)
            ? new Start(elapsed.TotalMilliseconds, await ResidentAsync(run.Id))
            : throw new InvalidOperationException($"The first page was: {page}");
    }

    /// <summary>Knocks every millisecond until the program listens, then asks for the page and reads all of the answer.</summary>
    /// <remarks>On sockets and without awaiting: the thread pool's own start would be part of the figure.</remarks>
    private static string ReadPage(int port, ProgramRun run, long began)
    {
        while (Stopwatch.GetElapsedTime(began) < Deadline && ProgramRun.IsRunning(run.Id))
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
                    $"GET /posts/{Slug} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-Host: blog.test\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n"
                )
            );
            using var answer = new MemoryStream();
            using var stream = new NetworkStream(socket);
            stream.CopyTo(answer);
            return Encoding.UTF8.GetString(answer.GetBuffer(), 0, (int)answer.Length);
        }

        throw new InvalidOperationException($"It did not listen: {run.Output} {run.Errors}");
    }

    /// <summary>Megabytes of 1,000,000 bytes; proc(5) says kB and means 1,024 bytes.</summary>
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
