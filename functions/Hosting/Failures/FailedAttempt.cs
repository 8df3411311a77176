namespace ServerlessBlog.Hosting.Failures;

/// <summary>One time a queue function failed on a message, or somebody had it tried again.</summary>
/// <param name="Time">When.</param>
/// <param name="Reason">What went wrong, 1 to 1,000 characters.</param>
public sealed record FailedAttempt(DateTimeOffset Time, string Reason);
