namespace ServerlessBlog.Hosting.Local;

/// <summary>
/// A command failed for a reason that the user can fix. The message is one sentence that says how; it is printed alone,
/// without a stack trace.
/// </summary>
/// <param name="message">The sentence.</param>
public sealed class StartException(string message) : Exception(message);
