using ServerlessBlog.Tests.Infrastructure;

namespace ServerlessBlog.Tests.Hosting.Local;

public sealed class ConsoleTelemetryTests
{
    [Fact]
    public async Task With_telemetry_spans_and_metrics_are_printed_one_line_each()
    {
        var local = new LocalRun();
        await using (var run = local.Start("--no-samples", "--telemetry"))
        {
            var address = new Uri(await run.LineAsync("Read:"));
            using var http = new HttpClient();
            await http.GetStringAsync(new Uri(address, "/feed.xml"));

            var output = await TestBlog.WaitUntilAsync(
                () => Task.FromResult(run.Output),
                output =>
                    output.Contains("GET feed (", StringComparison.Ordinal)
                    && output.Contains("metric blog.render.duration 1 x ", StringComparison.Ordinal)
                    && output.Contains("metric blog.storage.duration ", StringComparison.Ordinal),
                "the span and the metric"
            );
            Assert.Matches(@"(?m)^span [0-9a-f]{4} +\d+\.\d ms GET feed \(.*blog\.cache\.layer rendered\)$", output);
            Assert.Matches(@"(?m)^metric blog\.storage\.duration \d+ x \d+\.\d{4} s \(.*\)$", output);
            await run.SignalAsync("INT");
            Assert.Equal(0, await run.EndAsync());
        }

        await local.DeleteAsync();
    }
}
