namespace ServerlessBlog.Notifications;

/// <summary>People could not be told. The message says why, is fit for a log and holds no secret.</summary>
#pragma warning disable CA1032 // Only ever made with its problem.
public sealed class NotifierException(string problem, Exception? inner = null) : Exception(problem, inner);
#pragma warning restore CA1032
