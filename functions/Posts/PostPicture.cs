namespace ServerlessBlog.Posts;

/// <summary>The picture under a post's title: the front matter's <c>image</c> fields.</summary>
/// <param name="Address">An http(s) URL, a path on this blog, or a name relative to the Markdown file.</param>
/// <param name="Alt">The alternative text; empty for a decorative picture.</param>
/// <param name="CreditText">The name of the picture's creator; null when none is given.</param>
/// <param name="CreditAddress">An http(s) URL for the credit; null when none is given.</param>
public sealed record PostPicture(string Address, string Alt, string? CreditText, string? CreditAddress);
