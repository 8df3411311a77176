namespace ServerlessBlog.Posts.Markdown;

/// <summary>The attributes of an img element for a picture in the blog's media.</summary>
/// <param name="Address">The URL; contains a hash, so it changes with the picture.</param>
/// <param name="Width">The width in pixels.</param>
/// <param name="Height">The height in pixels.</param>
/// <param name="Sources">The <c>srcset</c> attribute with the variants in other widths; null for none.</param>
/// <param name="Sizes">The <c>sizes</c> attribute; null when <paramref name="Sources"/> is null.</param>
public sealed record ResponsiveImage(string Address, int Width, int Height, string? Sources, string? Sizes);
