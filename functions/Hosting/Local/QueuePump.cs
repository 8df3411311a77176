using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// Emulates the queue triggers of the Functions host: the same payload, five attempts, then the poison queue.
/// </summary>
internal sealed partial class QueuePump(
    FunctionTable functions,
    InvokeFunction invoke,
    BlogStorage storage,
    StorageCircuit circuit,
    QueueSendPolicy sends,
    AnnouncedUploads announced,
    LocalHostOptions options,
    ILogger<QueuePump> logger
) : BackgroundService
{
    /// <summary>The maximum number of attempts: maxDequeueCount in host.json.</summary>
    public const int MaxDequeueCount = 5;

    /// <summary>The number of messages received at once: the default batchSize of the Functions host.</summary>
    private const int BatchSize = 16;

    /// <summary>
    /// The maximum number of concurrent invocations per queue: the host's batchSize of 16 and newBatchThreshold of 8
    /// (https://learn.microsoft.com/azure/azure-functions/functions-bindings-storage-queue#host-json).
    /// </summary>
    private const int MaxConcurrency = 24;

    /// <summary>The wait for more messages after the last ones: 25 ms.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);

    /// <summary>
    /// A time to live without end. The default of 7 days is too short for a message that a person must handle.
    /// </summary>
    private static readonly TimeSpan NoExpiry = TimeSpan.FromSeconds(-1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            functions
                .With<QueueTriggerAttribute>()
                .Select(queue => PumpAsync(queue.Function, queue.Trigger.QueueName, stoppingToken))
        );

    private async Task PumpAsync(FunctionDeclaration function, string queueName, CancellationToken stoppingToken)
    {
        var queue = storage.Queue(queueName);
        using var slots = new SemaphoreSlim(MaxConcurrency);
        var pause = options.PollingInterval;
        while (!stoppingToken.IsCancellationRequested)
        {
            var messages = await ReceiveAsync(queue, pause, stoppingToken);
            pause = NextPause(messages.Length > 0 ? TimeSpan.Zero : pause);
            foreach (var message in messages)
            {
                await slots.WaitAsync(CancellationToken.None);
                _ = HandleAsync(function, queue, message).ContinueWith(_ => slots.Release(), TaskScheduler.Default);
            }
        }

        // Waits for the invocations in progress before the host stops.
        for (var slot = 0; slot < MaxConcurrency; slot++)
        {
            await slots.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>
    /// The wait for the next messages of an empty queue: short after messages, as more may come from another program,
    /// and longer with each time that none has come.
    /// </summary>
    private TimeSpan NextPause(TimeSpan last)
    {
        var next = last == TimeSpan.Zero ? ShortestPause : last * 2;
        return next < options.PollingInterval ? next : options.PollingInterval;
    }

    /// <summary>
    /// Receives the next messages. Returns none after waiting, when the queue is empty or does not respond.
    /// </summary>
    private async Task<QueueMessage[]> ReceiveAsync(QueueClient queue, TimeSpan pause, CancellationToken stoppingToken)
    {
        try
        {
            var messages = (
                await queue.ReceiveMessagesAsync(BatchSize, options.VisibilityTimeout, stoppingToken)
            ).Value;
            if (messages.Length == 0)
            {
                await (
                    options.PollsOnSend
                        ? sends.WaitAsync(queue.Name, pause, stoppingToken)
                        : Task.Delay(pause, stoppingToken)
                );
            }

            return messages;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return [];
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            circuit.Report(problem);
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            return [];
        }
    }

    private async Task HandleAsync(FunctionDeclaration function, QueueClient queue, QueueMessage message)
    {
        if (queue.Name == StorageNames.UploadQueue && UploadEvent.TryParse(message.MessageText) is { } upload)
        {
            announced.Note(upload); // announced by another program, so that it is not announced again
        }

        try
        {
            if (await TryInvokeAsync(function, message))
            {
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
            else if (message.DequeueCount < MaxDequeueCount)
            {
                await queue.UpdateMessageAsync(
                    message.MessageId,
                    message.PopReceipt,
                    visibilityTimeout: options.RetryDelay
                );
                // Polls again when the message becomes visible.
                _ = Task.Delay(options.RetryDelay).ContinueWith(_ => sends.Signal(queue.Name), TaskScheduler.Default);
            }
            else
            {
                await storage
                    .Queue(StorageNames.PoisonQueueOf(queue.Name))
                    .SendMessageAsync(message.MessageText, timeToLive: NoExpiry);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                LogPoison(function.Name, queue.Name);
            }
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            // The message becomes visible again after its visibility timeout.
            circuit.Report(problem);
        }
    }

    private async Task<bool> TryInvokeAsync(FunctionDeclaration function, QueueMessage message)
    {
        try
        {
            using var timeLimit = new CancellationTokenSource(options.VisibilityTimeout);
            await invoke(
                function.Name,
                InvocationPayload.Write(
                    function.Parameter,
                    message.MessageText,
                    message.DequeueCount,
                    message.InsertedOn
                ),
                timeLimit.Token
            );
            return true;
        }
#pragma warning disable CA1031 // After every failure, the message is retried.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            LogFailed(function.Name, message.DequeueCount, MaxDequeueCount, problem);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed (try {Try} of {Tries}).")]
    private partial void LogFailed(string function, long @try, int tries, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} gave a message up: it is in {Queue}-poison.")]
    private partial void LogPoison(string function, string queue);
}

/// <summary>
/// Invokes a queue or timer function with a payload of the host: in this process or, in tests, in the published
/// handler.
/// </summary>
/// <param name="name">The name of the function.</param>
/// <param name="payload">The payload; see <see cref="InvocationPayload"/>.</param>
/// <param name="cancellationToken">Cancelled when the time limit of the function is over.</param>
internal delegate Task InvokeFunction(string name, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
