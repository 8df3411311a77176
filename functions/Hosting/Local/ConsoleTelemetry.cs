using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Prints the blog's spans and metrics, one line each: <c>--telemetry</c>. A span is printed when it ends, its children
/// before it; the number that they share is the beginning of the trace's id.
/// </summary>
internal static class ConsoleTelemetry
{
    /// <summary>Adds the printers to the exporters that the settings ask for.</summary>
    public static void AddConsoleTelemetry(this IServiceCollection services) =>
        services.AddProviders(
            spans => spans.AddProcessor(new SimpleActivityExportProcessor(new SpanPrinter())),
            metrics =>
                metrics.AddReader(
                    new PeriodicExportingMetricReader(new MetricPrinter())
                    {
                        // Only what was measured since the last time.
                        TemporalityPreference = MetricReaderTemporalityPreference.Delta,
                    }
                )
        );

    private static string Format(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(", ", tags.Select(tag => $"{tag.Key} {tag.Value}"));

    private sealed class SpanPrinter : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
            {
                Console.WriteLine(
                    $"span {span.TraceId.ToHexString()[..4]} {span.Duration.TotalMilliseconds, 8:0.0} ms "
                        + $"{span.DisplayName} ({Format(span.TagObjects)})"
                );
            }

            return ExportResult.Success;
        }
    }

    private sealed class MetricPrinter : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    Console.WriteLine($"metric {metric.Name} {ValueOf(metric, point)} ({Format(TagsOf(point))})");
                }
            }

            return ExportResult.Success;
        }

        private static string ValueOf(Metric metric, in MetricPoint point) =>
            metric.MetricType switch
            {
                MetricType.Histogram =>
                    $"{point.GetHistogramCount()} x {point.GetHistogramSum() / point.GetHistogramCount():0.0000} s",
                MetricType.LongGauge => $"{point.GetGaugeLastValueLong()}",
                _ => $"{point.GetSumLong()}",
            };

        private static List<KeyValuePair<string, object?>> TagsOf(in MetricPoint point)
        {
            var tags = new List<KeyValuePair<string, object?>>();
            foreach (var tag in point.Tags)
            {
                tags.Add(tag);
            }

            return tags;
        }
    }
}
