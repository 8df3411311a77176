namespace ServerlessBlog.Posts.Markdown;

/// <summary>A picture of the blog's own as pages show it.</summary>
/// <param name="Address">Where it is; the address changes with the picture.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Sources">The same in other widths, as <c>srcset</c> has it; null for none.</param>
/// <param name="Sizes">As <c>sizes</c> has it; null without <paramref name="Sources"/>.</param>
public sealed record ResponsiveImage(string Address, int Width, int Height, string? Sources, string? Sizes);
