namespace ServerlessBlog.Hosting.Failures;

/// <summary>Records why queue messages fail, in every host, and deletes the record when a retry succeeds.</summary>
public sealed partial class FailureRecorder(FailureTable failures, ILogger<FailureRecorder> logger)
{
    /// <summary>
    /// Invokes a queue function on a message. Its exception is recorded and rethrown, so that the host retries the
    /// message.
    /// </summary>
    /// <param name="queue">The queue of the message.</param>
    /// <param name="message">The text of the message.</param>
    /// <param name="attempt">The number of this attempt, from 1.</param>
    /// <param name="call">Invokes the function.</param>
    public async Task InvokeAsync(string queue, string message, int attempt, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception problem)
        {
            await TryWriteAsync(queue, () =>
                failures.AddAsync(queue, message, $"Try {attempt}: {Describe(problem)}", CancellationToken.None)
            );
            throw;
        }

        if (attempt > 1)
        {
            await TryWriteAsync(queue, () => failures.DeleteAsync(queue, message, CancellationToken.None));
        }
    }

    /// <summary>
    /// Writes to the failure table. A storage failure is logged only: the record is for people and must not affect the
    /// message.
    /// </summary>
    private async Task TryWriteAsync(string queue, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception problem) when (StorageErrors.IsStorageError(problem))
        {
            LogNotRecorded(queue, problem.Message);
        }
    }

    /// <summary>The type and message of an exception on one line.</summary>
    private static string Describe(Exception problem)
    {
        var lines = problem.Message.Split(
            (char[])['\r', '\n'],
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        return $"{problem.GetType().Name}: {string.Join(' ', lines)}";
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "What became of a message of {Queue} could not be noted: {Problem}"
    )]
    private partial void LogNotRecorded(string queue, string problem);
}
