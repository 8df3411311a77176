using ServerlessBlog.Hosting.Storage;

namespace ServerlessBlog.Hosting.Failures;

/// <summary>Notes why messages fail, whichever host calls their functions, and forgets it of those that go well after all.</summary>
public sealed partial class FailureRecorder(FailureTable failures, ILogger<FailureRecorder> logger)
{
    /// <summary>Calls a queue function on a message. Its exception is noted and goes on: the host will try again.</summary>
    /// <param name="queue">The message's queue.</param>
    /// <param name="message">Its text.</param>
    /// <param name="try">Which try of it this is, from 1.</param>
    /// <param name="call">The function.</param>
    public async Task CallAsync(string queue, string message, int @try, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception problem)
        {
            await KeepAsync(queue, () =>
                failures.NoteAsync(queue, message, $"Try {@try}: {Words(problem)}", CancellationToken.None)
            );
            throw;
        }

        if (@try > 1)
        {
            await KeepAsync(queue, () => failures.ForgetAsync(queue, message, CancellationToken.None));
        }
    }

    /// <summary>Notes are for people: that they cannot be written changes nothing for the message.</summary>
    private async Task KeepAsync(string queue, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            LogUnnoted(queue, problem.Message);
        }
    }

    private static string Words(Exception problem) =>
        $"{problem.GetType().Name}: {string.Join(' ', problem.Message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))}";

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What became of a message of {Queue} could not be noted: {Problem}"
    )]
    private partial void LogUnnoted(string queue, string problem);
}
