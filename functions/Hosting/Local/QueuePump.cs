using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Local;

/// <summary>Plays the Functions host for queues: same envelope, five tries, then the poison queue.</summary>
internal sealed partial class QueuePump(
    FunctionTable functions,
    InvokeFunction invoke,
    BlogStorage storage,
    QueueSendPolicy sends,
    LocalHostOptions options,
    ILogger<QueuePump> logger
) : BackgroundService
{
    /// <summary>host.json's maxDequeueCount.</summary>
    public const int MaxTries = 5;

    /// <summary>The Functions host's defaults: batches of 16, and a new one when 8 are left.</summary>
    private const int Batch = 16;
    private const int MaxAtOnce = 24;

    /// <summary>Left alone, a message is gone after 7 days: too soon for one that somebody is to look at.</summary>
    private static readonly TimeSpan ForEver = TimeSpan.FromSeconds(-1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            functions
                .With<QueueTriggerAttribute>()
                .Select(queue => PumpAsync(queue.Function, queue.Trigger.QueueName, stoppingToken))
        );

    private async Task PumpAsync(FunctionDeclaration function, string queueName, CancellationToken stoppingToken)
    {
        var queue = storage.Queue(queueName);
        using var free = new SemaphoreSlim(MaxAtOnce);
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var message in await ReceiveAsync(queue, stoppingToken))
            {
                await free.WaitAsync(CancellationToken.None);
                _ = HandleAsync(function, queue, message).ContinueWith(_ => free.Release(), TaskScheduler.Default);
            }
        }

        // What is under way is finished before the host stops.
        for (var slot = 0; slot < MaxAtOnce; slot++)
        {
            await free.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>The next messages; after an empty look, none and a pause.</summary>
    private async Task<QueueMessage[]> ReceiveAsync(QueueClient queue, CancellationToken stoppingToken)
    {
        try
        {
            var messages = (await queue.ReceiveMessagesAsync(Batch, options.Lease, stoppingToken)).Value;
            if (messages.Length == 0)
            {
                await (
                    options.IsListening
                        ? sends.WaitAsync(queue.Name, options.Poll, stoppingToken)
                        : Task.Delay(options.Poll, stoppingToken)
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
            LogUnreachable(queue.Name, problem.Message);
            await Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None);
            return [];
        }
    }

    private async Task HandleAsync(FunctionDeclaration function, QueueClient queue, QueueMessage message)
    {
        try
        {
            if (await TryInvokeAsync(function, message))
            {
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            }
            else if (message.DequeueCount < MaxTries)
            {
                await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: options.Retry);
                _ = Task.Delay(options.Retry).ContinueWith(_ => sends.Ring(queue.Name), TaskScheduler.Default); // it can be seen again then
            }
            else
            {
                await storage
                    .Queue(StorageNames.PoisonOf(queue.Name))
                    .SendMessageAsync(message.MessageText, timeToLive: ForEver);
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                LogPoison(function.Name, queue.Name);
            }
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            // Its lease ends, and it comes again.
            LogUnreachable(queue.Name, problem.Message);
        }
    }

    private async Task<bool> TryInvokeAsync(FunctionDeclaration function, QueueMessage message)
    {
        try
        {
            using var limit = new CancellationTokenSource(options.Lease);
            await invoke(
                function.Name,
                InvocationPayload.Write(function.Parameter, message.MessageText, message.DequeueCount),
                limit.Token
            );
            return true;
        }
#pragma warning disable CA1031 // Whatever it was: the message comes again.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            LogFailed(function.Name, message.DequeueCount, MaxTries, problem);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} failed (try {Try} of {Tries}).")]
    private partial void LogFailed(string function, long @try, int tries, Exception problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Function} gave a message up: it is in {Queue}-poison.")]
    private partial void LogPoison(string function, string queue);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The queue {Queue} does not answer: {Problem}")]
    private partial void LogUnreachable(string queue, string problem);
}
