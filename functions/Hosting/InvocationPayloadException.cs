namespace ServerlessBlog.Hosting;

/// <summary>What came is no envelope of the Functions host; no function was called.</summary>
#pragma warning disable CA1032 // Only ever made with its sentence.
public sealed class InvocationPayloadException(string sentence) : Exception(sentence);
#pragma warning restore CA1032
