namespace ServerlessBlog.Hosting;

/// <summary>
/// Invokes queue and timer functions from payloads of the host, in the same way for the custom handler and the local
/// host. Measures them and records why messages fail.
/// </summary>
public sealed class TriggerInvoker(
    FunctionTable table,
    IServiceProvider services,
    FailureRecorder failures,
    InvocationTelemetry telemetry
)
{
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, CancellationToken, Task>> _invokers = table
        .All.Where(function => function.Trigger is not HttpTriggerAttribute)
        .ToDictionary(function => function.Name, function => CreateInvoker(function, services, failures, telemetry));

    /// <summary>The names of all queue and timer functions.</summary>
    public IEnumerable<string> Names => _invokers.Keys;

    /// <summary>Invokes one function and waits for its end. The function's own exception propagates.</summary>
    /// <exception cref="InvocationPayloadException">
    /// The payload cannot be read; the function was not called.
    /// </exception>
    /// <exception cref="KeyNotFoundException">No queue or timer function has this name.</exception>
    public Task InvokeAsync(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        _invokers[name](payload, cancellationToken);

    private static Func<ReadOnlyMemory<byte>, CancellationToken, Task> CreateInvoker(
        FunctionDeclaration function,
        IServiceProvider services,
        FailureRecorder failures,
        InvocationTelemetry telemetry
    )
    {
        if (function.Trigger is not QueueTriggerAttribute { QueueName: var queue })
        {
            var runTimer = function.Bind<Func<TimerInfo, CancellationToken, Task>>(services);
            return (payload, cancellationToken) =>
            {
                _ = InvocationPayload.Read(payload.Span, function.Parameter);
                return telemetry.InvokeAsync(function.Name, sent: null, attempt: 1, () =>
                    runTimer(new TimerInfo(), cancellationToken)
                );
            };
        }

        var runQueue = function.Bind<Func<string, CancellationToken, Task>>(services);
        return (payload, cancellationToken) =>
        {
            var message = InvocationPayload.Read(payload.Span, function.Parameter);
            var (attempt, sent) = InvocationPayload.ReadMetadata(payload.Span);
            return telemetry.InvokeAsync(function.Name, sent, attempt, () =>
                failures.InvokeAsync(queue, message, attempt, () => runQueue(message, cancellationToken))
            );
        };
    }
}
