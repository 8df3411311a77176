using System.Globalization;
using System.Text.RegularExpressions;
using ServerlessBlog.Tests.House;

namespace ServerlessBlog.Benchmarks;

/// <summary>The load generator wrk: one thread, 16 connections.</summary>
internal static partial class Wrk
{
    /// <summary>What one run measured.</summary>
    /// <param name="Rate">Requests a second.</param>
    /// <param name="P99">99 of 100 requests were answered within this many milliseconds.</param>
    public sealed record Result(double Rate, double P99);

    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static void Require() => Tool.Find("wrk");

    /// <summary>Asks for a page as often as it can.</summary>
    /// <exception cref="InvalidOperationException">Not every answer was good.</exception>
    public static async Task<Result> RunAsync(Uri page, string encoding, int seconds)
    {
        string[] arguments =
        [
            "-t1", "-c16", $"-d{seconds}s", "--latency", "-H", $"Accept-Encoding: {encoding}", "-H", "X-Forwarded-Host: blog.test", page.ToString(),
        ];
        await using var run = ProgramRun.Start(Tool.Find("wrk"), arguments);
        if (await run.EndAsync() != 0 || run.Output.Contains("Non-2xx", StringComparison.Ordinal) || run.Output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"wrk at {page}: {run.Output} {run.Errors}");
        }

        var latency = Latency().Match(run.Output);
        var unit = latency.Groups["unit"].Value switch { "us" => 0.001, "ms" => 1, "s" => 1000, var other => throw new InvalidOperationException($"wrk measures in '{other}'.") };
        return new Result(Number(Rate().Match(run.Output).Groups["value"]), Number(latency.Groups["value"]) * unit);
    }

    private static double Number(Group text) => double.Parse(text.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Requests/sec:\s+(?<value>[\d.]+)")]
    private static partial Regex Rate();

    [GeneratedRegex(@"\b99%\s+(?<value>[\d.]+)(?<unit>\w+)")]
    private static partial Regex Latency();
}
