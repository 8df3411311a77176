using Cronos;
using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Plays the Functions host for timers: same envelope, one call at a time.</summary>
internal sealed partial class TimerPump(FunctionTable functions, Triggers triggers, TimeProvider clock, ILogger<TimerPump> logger) : BackgroundService
{
    private const string TimerJson = """{"IsPastDue":false}""";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(functions.With<TimerTriggerAttribute>().Select(timer =>
            PumpAsync(timer.Function, CronExpression.Parse(timer.Trigger.Schedule, CronFormat.IncludeSeconds), stoppingToken)));

    private async Task PumpAsync(FunctionDeclaration function, CronExpression schedule, CancellationToken stoppingToken)
    {
        while (schedule.GetNextOccurrence(clock.GetUtcNow().UtcDateTime) is { } next)
        {
            try
            {
                await Task.Delay(next - clock.GetUtcNow().UtcDateTime, clock, stoppingToken);
                await triggers.InvokeAsync(function.Name, Envelope.Write(function.Parameter, TimerJson), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever it was: the timer's next time comes.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                LogFailed(function.Name, problem);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed; it runs again at its next time.")]
    private partial void LogFailed(string function, Exception problem);
}
