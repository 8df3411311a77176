namespace ServerlessBlog.Import;

/// <summary>An import cannot begin. The message says why and what to do.</summary>
internal sealed class ImportException(string message) : Exception(message);
