using Microsoft.Azure.Functions.Worker;

namespace ServerlessBlog.Hosting;

/// <summary>Calls queue and timer functions from the host's envelope: the same way for the custom handler and the local host. Why a message failed is noted.</summary>
public sealed partial class Triggers
{
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, CancellationToken, Task>> _calls;
    private readonly FailureTable _failures;
    private readonly ILogger<Triggers> _logger;

    /// <summary>Makes every function of the table that is called so.</summary>
    public Triggers(FunctionTable table, IServiceProvider services, FailureTable failures, ILogger<Triggers> logger)
    {
        (_failures, _logger) = (failures, logger);
        _calls = table.All.Where(function => function.Trigger is not HttpTriggerAttribute).ToDictionary(function => function.Name, function => Call(function, services));
    }

    /// <summary>The names that <see cref="InvokeAsync"/> knows.</summary>
    public IEnumerable<string> Names => _calls.Keys;

    /// <summary>Calls one function. Ends when the function has.</summary>
    /// <exception cref="EnvelopeException">The envelope cannot be read; the function was not called.</exception>
    /// <exception cref="KeyNotFoundException">No queue or timer function has this name.</exception>
    public Task InvokeAsync(string name, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken) =>
        _calls[name](envelope, cancellationToken);

    private Func<ReadOnlyMemory<byte>, CancellationToken, Task> Call(FunctionDeclaration function, IServiceProvider services)
    {
        if (function.Trigger is not QueueTriggerAttribute { QueueName: var queue })
        {
            var onTime = function.Bind<Func<TimerInfo, CancellationToken, Task>>(services);
            return (envelope, cancellationToken) =>
            {
                _ = Envelope.Read(envelope.Span, function.Parameter);
                return onTime(new TimerInfo(), cancellationToken);
            };
        }

        var onMessage = function.Bind<Func<string, CancellationToken, Task>>(services);
        return (envelope, cancellationToken) => CallAsync(onMessage, queue, Envelope.Read(envelope.Span, function.Parameter), Envelope.TryOf(envelope.Span), cancellationToken);
    }

    private async Task CallAsync(Func<string, CancellationToken, Task> onMessage, string queue, string message, int @try, CancellationToken cancellationToken)
    {
        try
        {
            await onMessage(message, cancellationToken);
        }
        catch (Exception problem)
        {
            await KeepBooksAsync(queue, () => _failures.NoteAsync(queue, message, $"Try {@try}: {Words(problem)}", CancellationToken.None));
            throw;
        }

        if (@try > 1)
        {
            await KeepBooksAsync(queue, () => _failures.ForgetAsync(queue, message, CancellationToken.None));
        }
    }

    /// <summary>The books are for people: that they cannot be written changes nothing for the message.</summary>
    private async Task KeepBooksAsync(string queue, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception problem) when (Outage.Is(problem))
        {
            LogUnnoted(queue, problem.Message);
        }
    }

    private static string Words(Exception problem) =>
        $"{problem.GetType().Name}: {string.Join(' ', problem.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}";

    [LoggerMessage(Level = LogLevel.Warning, Message = "What became of a message of {Queue} could not be noted: {Problem}")]
    private partial void LogUnnoted(string queue, string problem);
}
