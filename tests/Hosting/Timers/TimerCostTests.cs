using System.Text.Json;
using Cronos;
using ServerlessBlog.Hosting.CustomHandler;
using Xunit.Abstractions;

namespace ServerlessBlog.Tests.Hosting.Timers;

/// <summary>Every execution of a timer is billed, whether there is something to do or not.</summary>
public sealed class TimerCostTests(ITestOutputHelper output)
{
    private const int MaxExecutions = 800;

    [Fact]
    public void Timers_run_at_most_800_times_a_month()
    {
        var folder = Directory.CreateTempSubdirectory("blog-functions-");
        try
        {
            FunctionJsonFiles.Write(Program.Functions, folder.FullName);
            var timers = Schedules(folder.FullName).ToList();

            var executions = timers.Sum(timer => CountIn31Days(timer.Schedule));

            output.WriteLine(
                $"{executions} executions of timers in 31 days: "
                    + string.Join(", ", timers.Select(timer => $"{timer.Function} {CountIn31Days(timer.Schedule)}"))
            );
            Assert.NotEmpty(timers);
            Assert.InRange(executions, 1, MaxExecutions);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The schedules in the function.json files of a published app.</summary>
    private static IEnumerable<(string Function, string Schedule)> Schedules(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "function.json", SearchOption.AllDirectories))
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            foreach (var binding in json.RootElement.GetProperty("bindings").EnumerateArray())
            {
                if (binding.GetProperty("type").GetString() == "timerTrigger")
                {
                    yield return (
                        Path.GetFileName(Path.GetDirectoryName(file))!,
                        binding.GetProperty("schedule").GetString()!
                    );
                }
            }
        }
    }

    private static int CountIn31Days(string schedule)
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        return CronExpression
            .Parse(schedule, CronFormat.IncludeSeconds)
            .GetOccurrences(start, start.AddDays(31), TimeZoneInfo.Utc)
            .Count();
    }
}
