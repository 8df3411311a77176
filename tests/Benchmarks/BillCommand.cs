using System.CommandLine;
using System.Diagnostics;
using ServerlessBlog.Tests.Cost;

namespace ServerlessBlog.Benchmarks;

/// <summary>
/// Counts what each journey uses of what Azure bills, stores the counts, and writes docs/cost.md, the bills that follow
/// from them.
/// </summary>
internal static class BillCommand
{
    public static Command Create()
    {
        var command = new Command("bill", "Counts what is billed, and writes docs/cost.md.");
        command.SetAction(async (_, _) => await RunAsync());
        return command;
    }

    private static async Task<int> RunAsync()
    {
        await Journeys.CountAsync(); // compiles what the second run measures
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var counts = await Journeys.CountAsync();
        process.Refresh();
        var executions = counts.Values.Sum(journey => journey.Requests + journey.Executions.Values.Sum());
        var milliseconds = (process.TotalProcessorTime - before).TotalMilliseconds / executions;
        Console.WriteLine($"{milliseconds:0.0} ms of processor time an execution, with the driver's own.");

        CostFiles.Write(counts);
        Console.WriteLine($"{CostFiles.Counts} and {CostFiles.Document} are written.");
        return 0;
    }
}
