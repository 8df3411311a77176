using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Failures;

namespace ServerlessBlog.Hosting;

/// <summary>Calls queue and timer functions from the host's envelope: the same way for the custom handler and the local host. Why a message failed is noted.</summary>
public sealed class TriggerInvoker(FunctionTable table, IServiceProvider services, FailureRecorder failures)
{
    private readonly Dictionary<string, Func<ReadOnlyMemory<byte>, CancellationToken, Task>> _calls = table
        .All.Where(function => function.Trigger is not HttpTriggerAttribute)
        .ToDictionary(function => function.Name, function => Call(function, services, failures));

    /// <summary>The names that <see cref="InvokeAsync"/> knows.</summary>
    public IEnumerable<string> Names => _calls.Keys;

    /// <summary>Calls one function. Ends when the function has.</summary>
    /// <exception cref="InvocationPayloadException">The envelope cannot be read; the function was not called.</exception>
    /// <exception cref="KeyNotFoundException">No queue or timer function has this name.</exception>
    public Task InvokeAsync(string name, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken) =>
        _calls[name](envelope, cancellationToken);

    private static Func<ReadOnlyMemory<byte>, CancellationToken, Task> Call(
        FunctionDeclaration function,
        IServiceProvider services,
        FailureRecorder failures
    )
    {
        if (function.Trigger is not QueueTriggerAttribute { QueueName: var queue })
        {
            var onTime = function.Bind<Func<TimerInfo, CancellationToken, Task>>(services);
            return (envelope, cancellationToken) =>
            {
                _ = InvocationPayload.Read(envelope.Span, function.Parameter);
                return onTime(new TimerInfo(), cancellationToken);
            };
        }

        var onMessage = function.Bind<Func<string, CancellationToken, Task>>(services);
        return (envelope, cancellationToken) =>
        {
            var message = InvocationPayload.Read(envelope.Span, function.Parameter);
            return failures.CallAsync(queue, message, InvocationPayload.TryOf(envelope.Span), () =>
                onMessage(message, cancellationToken)
            );
        };
    }
}
