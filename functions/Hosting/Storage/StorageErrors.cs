using Azure;

namespace ServerlessBlog.Hosting.Storage;

/// <summary>Recognises exceptions of a storage outage: storage refused a call or did not respond.</summary>
public static class StorageErrors
{
    /// <summary>
    /// Returns true for the exceptions that the clients of Azure Storage throw: for the response to the last attempt,
    /// for the failures of all attempts, for an attempt that timed out, and for a call that was not made.
    /// </summary>
    /// <remarks>
    /// A cancelled token of the caller causes a <see cref="TaskCanceledException"/> too: where the difference matters,
    /// check the token.
    /// </remarks>
    public static bool IsStorageError(Exception problem) =>
        problem is RequestFailedException or AggregateException or TaskCanceledException or StorageOutageException;

    /// <summary>Returns true when storage says that what was asked for does not exist.</summary>
    public static bool IsNotFound(Exception problem) => problem is RequestFailedException { Status: 404 };

    /// <summary>Returns true when storage did not respond at all; false when it refused a call.</summary>
    public static bool IsOutage(Exception problem) =>
        problem switch
        {
            AggregateException attempts => attempts.InnerExceptions.All(IsOutage),
            RequestFailedException refused => refused.Status == 0,
            _ => problem is TaskCanceledException or StorageOutageException,
        };
}
