namespace ServerlessBlog.Web.Caching;

/// <summary>What was rendered.</summary>
/// <param name="Bytes">In UTF-8.</param>
/// <param name="Policy">The Content-Security-Policy it goes out with; null for what is no HTML.</param>
public sealed record RenderedPage(byte[] Bytes, string? Policy);
