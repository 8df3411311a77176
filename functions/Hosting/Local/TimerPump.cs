using Cronos;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Emulates the timer triggers of the Functions host: the same payload, one invocation of each function at a time,
/// schedules in UTC.
/// </summary>
internal sealed partial class TimerPump(
    FunctionTable functions,
    TriggerInvoker triggers,
    TimeProvider clock,
    ILogger<TimerPump> logger
) : BackgroundService
{
    private const string TimerJson = """{"IsPastDue":false}""";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            functions
                .With<TimerTriggerAttribute>()
                .Select(timer =>
                    PumpAsync(
                        timer.Function,
                        CronExpression.Parse(timer.Trigger.Schedule, CronFormat.IncludeSeconds),
                        stoppingToken
                    )
                )
        );

    private async Task PumpAsync(FunctionDeclaration function, CronExpression schedule, CancellationToken stoppingToken)
    {
        var last = clock.GetUtcNow();
        while (schedule.GetNextOccurrence(last, TimeZoneInfo.Utc) is { } next)
        {
            try
            {
                var now = clock.GetUtcNow();
                await Task.Delay(next > now ? next - now : TimeSpan.Zero, clock, stoppingToken);
                await triggers.InvokeAsync(
                    function.Name,
                    InvocationPayload.Write(function.Parameter, TimerJson),
                    stoppingToken
                );
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // After every failure, the function runs again at its next time.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                LogFailed(function.Name, problem);
            }

            // A delay may end slightly early; the same occurrence must not run twice. Occurrences missed meanwhile are
            // skipped.
            last = clock.GetUtcNow() is var after && after > next ? after : next;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; it runs again at its next time.")]
    private partial void LogFailed(string function, Exception problem);
}
