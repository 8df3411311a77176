namespace ServerlessBlog.Posts.Markdown;

/// <summary>An address in the text of a post, as it was written.</summary>
/// <param name="Address">The address, not resolved.</param>
/// <param name="Line">The line in the body, from 1.</param>
/// <param name="Column">The column in characters, from 1.</param>
/// <param name="IsPicture">Whether it is the address of a picture.</param>
public sealed record PostReference(string Address, int Line, int Column, bool IsPicture);
