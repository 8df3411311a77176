using System.Diagnostics;

namespace ServerlessBlog.Hosting.Telemetry;

/// <summary>Measures each invocation of a queue or timer function and exports at its end, in every host.</summary>
public sealed class InvocationTelemetry(TelemetryFlush flush, TimeProvider clock)
{
    /// <summary>Invokes a function. Its exception propagates after it was measured.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="sent">When the message was sent; null for a timer, or when the host does not say.</param>
    /// <param name="attempt">The number of this attempt, from 1.</param>
    /// <param name="call">Invokes the function.</param>
    public Task InvokeAsync(string function, DateTimeOffset? sent, int attempt, Func<Task> call) =>
        BlogTelemetry.IsEnabled ? MeasureAsync(function, sent, attempt, call) : call();

    private async Task MeasureAsync(string function, DateTimeOffset? sent, int attempt, Func<Task> call)
    {
        var tags = new TagList { { "blog.function", function }, { "blog.attempt", attempt } };
        if (sent is { } time)
        {
            BlogTelemetry.MessageReceived(clock.GetUtcNow() - time, tags);
        }

        var started = Stopwatch.GetTimestamp();
        var span = BlogTelemetry.StartTrace(function, ActivityKind.Consumer);
        var outcome = "failed";
        try
        {
            await call();
            outcome = "ok";
        }
        finally
        {
            tags.Add(BlogTelemetry.OutcomeTag, outcome);
            BlogTelemetry.InvocationEnded(started, tags);
            foreach (var (name, value) in tags)
            {
                span?.SetTag(name, value);
            }

            span?.SetStatus(outcome == "ok" ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
            span?.Dispose();
            await flush.FlushAsync();
        }
    }
}
