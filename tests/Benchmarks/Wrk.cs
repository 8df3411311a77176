using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Benchmarks;

/// <summary>Runs the load generator wrk with one thread, in a process of its own.</summary>
internal static partial class Wrk
{
    /// <summary>The result of one run.</summary>
    /// <param name="Rate">The number of requests per second.</param>
    /// <param name="P99">The 99th percentile of the response times, in milliseconds.</param>
    public sealed record Result(double Rate, double P99);

    /// <summary>Checks that wrk is installed.</summary>
    /// <exception cref="InvalidOperationException">wrk is not installed.</exception>
    public static void Require() => Tool.Find("wrk");

    /// <summary>Requests a page as often as possible over 16 connections.</summary>
    /// <exception cref="InvalidOperationException">A response was not 2xx or 3xx, or a socket failed.</exception>
    public static Task<Result> RunAsync(Uri page, string encoding, int seconds) =>
        RunAsync("-c16", $"-d{seconds}s", "-H", $"Accept-Encoding: {encoding}", page.ToString());

    /// <summary>
    /// Reads posts as 20 readers, 200 requests/s in all (readers.lua): their first pages and their last pages of
    /// comments.
    /// </summary>
    /// <exception cref="InvalidOperationException">A response was not 2xx or 3xx, or a socket failed.</exception>
    public static Task<Result> ReadAsync(Uri server, IEnumerable<string> posts, int seconds) =>
        RunAsync([
            "-c20",
            $"-d{seconds}s",
            "-s",
            Path.Combine(AppContext.BaseDirectory, "readers.lua"),
            server.ToString(),
            "--",
            .. posts,
        ]);

    private static async Task<Result> RunAsync(params string[] arguments)
    {
        await using var run = ProgramRun.Start(
            Tool.Find("wrk"),
            ["-t1", "--latency", "-H", "X-Forwarded-Host: blog.test", .. arguments]
        );
        if (
            await run.EndAsync() != 0
            || run.Output.Contains("Non-2xx", StringComparison.Ordinal)
            || run.Output.Contains("Socket errors", StringComparison.Ordinal)
        )
        {
            throw new InvalidOperationException($"wrk {string.Join(' ', arguments)}: {run.Output} {run.Errors}");
        }

        var latency = Latency().Match(run.Output);
        var unit = latency.Groups["unit"].Value switch
        {
            "us" => 0.001,
            "ms" => 1,
            "s" => 1000,
            var other => throw new InvalidOperationException($"wrk measures in '{other}'."),
        };
        return new Result(Number(Rate().Match(run.Output).Groups["value"]), Number(latency.Groups["value"]) * unit);
    }

    private static double Number(Group text) => double.Parse(text.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"\b99%\s+(?<value>[\d.]+)(?<unit>\w+)")]
    private static partial Regex Latency();
}
