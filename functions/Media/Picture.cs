namespace ServerlessBlog.Media;

/// <summary>An encoded photo that readers can get.</summary>
/// <param name="Hash">
/// The hash of its full-size file, for cache busting: 16 characters of A-Z, a-z, 0-9, - and _.
/// </param>
/// <param name="Width">The width in pixels, in upright orientation.</param>
/// <param name="Height">The height in pixels, in upright orientation.</param>
/// <param name="Widths">The available smaller widths in pixels, ascending; empty for a small picture.</param>
public sealed record Picture(string Hash, int Width, int Height, IReadOnlyList<int> Widths);
