using Azure;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>Storage refused a call, or was not reached.</summary>
public static class StorageErrors
{
    /// <summary>Whether this is what storage's clients throw then: the last try's answer, all tries' problems, or a try that took too long.</summary>
    /// <remarks>A caller that gave up by its own token throws the third too: where that must be told apart, ask the token.</remarks>
    public static bool IsStorageError(Exception problem) =>
        problem is RequestFailedException or AggregateException or TaskCanceledException;
}
