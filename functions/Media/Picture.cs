namespace ServerlessBlog.Media;

/// <summary>A picture that readers can have.</summary>
/// <param name="Hash">Of its bytes: changes with them. 16 characters that need no escaping.</param>
/// <param name="Width">In pixels, the right way up.</param>
/// <param name="Height">In pixels, the right way up.</param>
/// <param name="Widths">The other widths that there are of it, smallest first; none for a small one.</param>
public sealed record Picture(string Hash, int Width, int Height, IReadOnlyList<int> Widths);
