namespace ServerlessBlog.Hosting.Storage;

/// <summary>A value as it was read from storage, with the version that a conditional write names.</summary>
/// <param name="Value">The value.</param>
/// <param name="Version">The row's ETag.</param>
public sealed record Versioned<T>(T Value, string Version);
