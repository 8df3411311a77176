namespace ServerlessBlog.Posts.Markdown;

/// <summary>A heading of a post's text.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="Text">As text.</param>
/// <param name="Anchor">Its id in the page.</param>
public sealed record PostHeading(int Level, string Text, string Anchor);
